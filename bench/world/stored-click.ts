// Deliveries that are put into a store as they are, for benchmarks that begin with many of them: queued, or delivered long ago.
import { makeDelivery, type Delivery } from '../../server/domain/delivery.ts';

export interface StoredClick {
  id: string;
  contactId: string;
  /** When it was clicked and came, in milliseconds since 1970. */
  at: number;
  workspaceId: string;
  connection: { _id: string; portalId: number };
  /** Left out: a link of its own. */
  slug?: string;
}

/** Due since it came. */
export function queuedClick({
  id,
  contactId,
  at,
  workspaceId,
  connection,
  slug = 'q2-pricing',
}: StoredClick): Delivery {
  const click = {
    clickId: id,
    workspaceId,
    digest: id,
    link: {
      id: `lnk_${slug}`,
      slug,
      title: 'Q2 pricing PDF',
      shortUrl: `s.example.com/r/${slug}`,
      destination: 'https://www.example.com/q2-pricing.pdf',
      tags: ['sales-collateral'],
    },
    at,
    receivedAt: at,
    via: 'api' as const,
    method: 'GET' as const,
    eid: contactId,
    eidInvalid: false,
    gclid: null,
    fbclid: null,
    utm: { source: 'webinar', campaign: 'q2-pricing', medium: 'email' },
    country: 'DE',
    device: 'desktop',
    referrer: '',
    userAgent: '',
    headers: null,
    network: null,
  };
  return makeDelivery({ event: { kind: 'click', click }, holdMs: 0, connection, audience: 1 });
}

/** On its timeline, judged and counted. */
export function deliveredClick(stored: StoredClick): Delivery {
  const { contactId, at } = stored;
  const done = { state: 'delivered', dueAt: null, counted: true, deliveredAt: new Date(at + 2_000) } as const;
  return {
    ...queuedClick(stored),
    ...done,
    contactId,
    verdict: { verdict: 'human', confidence: 0.6, reasons: [], words: '' },
    dealIds: [],
  };
}
