// Clicks that were closed as a machine's before their landing page spoke are judged once more, with that in sight.
// Called after each of the two writes (the landing, the closing), so that whichever comes second sees the other.
import type { Delivery } from '../domain/delivery.ts';
import { landedInTime } from '../domain/human-verdict/stored.ts';
import { groupBy } from '../lib/chunk.ts';
import type { Context } from './context.ts';

export async function judgeLandedAnew(context: Context, closed: readonly Delivery[]): Promise<void> {
  const { store, now, nudge } = context;
  // Who was judged with the landing in sight is not asked again, or it would never end.
  const unaware = closed.filter(
    ({ kind, verdict }) => kind === 'click' && verdict?.reasons.includes('beacon') === false,
  );
  const due: Delivery[] = [];
  for (const [workspaceId, rows] of groupBy(unaware, (delivery) => delivery.workspaceId)) {
    const landedAt = await store.landings.among({ workspaceId, clickIds: rows.map(({ eventId }) => eventId) });
    due.push(...rows.filter(({ eventId, occurredAt }) => landedInTime(occurredAt.getTime(), landedAt.get(eventId))));
  }
  if (due.length === 0) return;
  await store.deliveries.judgeAnew({ ids: due.map(({ _id }) => _id), now: now() });
  await store.portals.wake({ portalIds: [...new Set(due.flatMap(({ portalId }) => portalId ?? []))], at: now() });
  nudge();
}
