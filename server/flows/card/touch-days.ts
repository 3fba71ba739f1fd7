// Said before clicks of days that are over begin to count, or are forgotten: counts of those days that were kept hold no longer. Most clicks
// are of today, and cost nothing here.
import { dayOf } from '../../domain/card/period.ts';
import type { Delivery } from '../../domain/delivery.ts';
import type { Context } from '../context.ts';

type Dated = Pick<Delivery, 'connectionId' | 'occurredAt' | 'counted'>;

export async function touchDays(
  { store, now }: Pick<Context, 'store' | 'now'>,
  clicks: readonly Dated[],
): Promise<void> {
  const at = now();
  const today = dayOf(at);
  const days = new Map<string, { connectionId: string; day: string }>();
  for (const { connectionId, occurredAt, counted } of clicks) {
    const day = dayOf(occurredAt.getTime());
    if (counted && connectionId !== null && day < today) days.set(`${connectionId} ${day}`, { connectionId, day });
  }
  await store.dayCounts.touch({ days: [...days.values()], now: at });
}
