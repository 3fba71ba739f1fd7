// Webhook events are stored and nothing else: HubSpot waits at most five seconds, and what it was answered for must not get lost.
import { parseWebhookRow } from '../../hubspot/webhook-event.ts';
import type { WebhookEvent } from '../../domain/webhook-event.ts';
import type { Context } from '../context.ts';
import { storyOf } from './stories.ts';

export interface WebhooksReceived {
  kept: number;
  duplicates: number;
  ignored: number;
  /** Rows that could not be read. */
  malformed: number;
}

/** Throws only when the store does not answer: then HubSpot sends all of it again. */
export async function receiveWebhooks(context: Context, rows: readonly unknown[]): Promise<WebhooksReceived> {
  const parsed = rows.map(parseWebhookRow);
  const problems = parsed.flatMap((row) => ('problem' in row ? row.problem : []));
  if (problems.length > 0) context.log.warn({ fields: [...new Set(problems)] }, 'webhook rows could not be read');
  const events = parsed.flatMap((row) => ('event' in row ? row.event : []));
  const judged = events.map((event) => ({ event, ignoredFor: reasonToIgnore(context, event) }));
  const stored = await context.store.webhookReceipts.insertNew({ events: judged, now: context.now() });
  const received = {
    kept: stored,
    duplicates: events.length - stored,
    ignored: judged.filter(({ ignoredFor }) => ignoredFor !== null).length,
    malformed: problems.length,
  };
  count(context, received);
  await wakePortals(
    context,
    judged.flatMap(({ event, ignoredFor }) => (ignoredFor === null ? event.portalId : [])),
  );
  return received;
}

/** Those that are known here; what is stored for others is found by looking. */
async function wakePortals({ store, now, nudge }: Context, portalIds: readonly number[]): Promise<void> {
  if (portalIds.length === 0) return;
  await store.portals.wake({ portalIds: [...new Set(portalIds)], at: now(), kind: 'receipts' });
  nudge();
}

function count({ metrics }: Context, { kept, duplicates, ignored, malformed }: WebhooksReceived): void {
  for (const [result, rows] of Object.entries({ kept, duplicates, ignored, malformed })) {
    if (rows > 0) metrics.webhookEvents.inc({ result }, rows);
  }
}

function reasonToIgnore({ config }: Context, event: WebhookEvent): string | null {
  if (event.appId !== null && config.hubspot.appId !== undefined && String(event.appId) !== config.hubspot.appId)
    return 'other_app';
  return storyOf(event) === null ? 'no_use' : null;
}
