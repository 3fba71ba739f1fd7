// An event is a click or a conversion. What both have in common is read here, so that nothing else asks which it is without need.
import type { Touch } from './attribution.ts';
import type { Click } from './click.ts';
import type { Conversion } from './conversion.ts';

export type TrackedEvent = { kind: 'click'; click: Click } | { kind: 'conversion'; conversion: Conversion };

export interface EventFacts {
  eventId: string;
  workspaceId: string;
  digest: string;
  at: number;
  receivedAt: number;
}

export function factsOf(event: TrackedEvent): EventFacts {
  if (event.kind === 'click') {
    const { clickId: eventId, workspaceId, digest, at, receivedAt } = event.click;
    return { eventId, workspaceId, digest, at, receivedAt };
  }
  const { conversionId: eventId, workspaceId, digest, at, receivedAt } = event.conversion;
  return { eventId, workspaceId, digest, at, receivedAt };
}

/** The event as a touch of its contact. */
export function touchOf(event: TrackedEvent): Touch {
  if (event.kind === 'click') {
    const { clickId, at, link, utm } = event.click;
    return { clickId, at, slug: link.slug, utm };
  }
  const { conversionId, clickId, at, link, utm } = event.conversion;
  return { clickId: clickId ?? conversionId, at, slug: link?.slug ?? '', utm };
}
