// Keeps the hours of the overview counted, at a bounded cost per request: at most so many deliveries are looked at, the newest first;
// what is left is counted by the next request. A million deliveries are counted once, not with every look.
import { countRows, dueSpans, hourMs, type KnownHour } from '../../../domain/hour-plan.ts';
import type { HourCount } from '../../../store/hour-counts.ts';
import type { Context } from '../../context.ts';

const entriesPerRequest = 50_000;
/** An hour with more than this is shown as "at least". */
const entriesPerHour = 250_000;

interface Window {
  workspaceId: string;
  from: number;
}

/** The hours from `from` on, and whether all of them have been counted. */
export async function countHours(
  context: Context,
  { workspaceId, from }: Window,
): Promise<{ hours: HourCount[]; complete: boolean }> {
  const { store, now } = context;
  const at = now();
  const before = await store.hourCounts.list({ workspaceId, from });
  const counted = new Map(before.map((count) => [count.hour.getTime(), count]));
  const known = new Map<number, KnownHour>(
    before.map(({ hour, waiting, countedAt }) => [
      hour.getTime(),
      { hour: hour.getTime(), waiting, countedAt: countedAt.getTime() },
    ]),
  );
  let budget = entriesPerRequest;
  for (const span of dueSpans(known, { from, now: at })) {
    if (budget <= 0) break;
    const fresh = await countSpan(context, { workspaceId, ...span, limit: budget });
    budget -= fresh.looked;
    await store.hourCounts.replace(fresh.counts);
    for (const count of fresh.counts) counted.set(count.hour.getTime(), count);
  }
  const hours = [...counted.values()];
  const expected = Math.floor((at - from) / hourMs) + 1;
  return { hours, complete: hours.length >= expected && !hours.some(({ capped }) => capped) };
}

interface Span {
  workspaceId: string;
  from: number;
  to: number;
  limit: number;
}

/** From the end of the span backwards, as far as the limit goes; an hour that it cut is left out, unless it is the only one. */
async function countSpan(context: Context, span: Span): Promise<{ counts: HourCount[]; looked: number }> {
  const { workspaceId, to } = span;
  const at = new Date(context.now());
  const { rows, edge } = await context.store.deliveries.countHours(span);
  const looked = rows.reduce((sum, { deliveries }) => sum + deliveries, 0);
  const isOneHour = edge !== null && edge === to - hourMs;
  if (isOneHour && span.limit < entriesPerHour) {
    return countSpan(context, { ...span, from: edge, limit: entriesPerHour });
  }
  const first = edge === null ? span.from : isOneHour ? edge : edge + hourMs;
  const counts: HourCount[] = [];
  for (let hour = first; hour < to; hour += hourMs) {
    counts.push({
      _id: `${workspaceId}:${hour}`,
      workspaceId,
      hour: new Date(hour),
      ...countRows(rows.filter((row) => row.hour === hour)),
      capped: isOneHour,
      countedAt: at,
    });
  }
  return { counts, looked };
}
