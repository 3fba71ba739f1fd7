// The clicks of each day of a scope. Of whole connections the days that are over are kept (keep-day-counts.ts) and only what is open or has
// changed is counted; everything else is counted day by day, so that no question holds up the store for long.
import { keptCount } from '../../domain/card/counted-days.ts';
import { dayOf, daysIn, type Period } from '../../domain/card/period.ts';
import { eachLimit } from '../../lib/each-limit.ts';
import type { ClickScope } from '../../store/click-reading.ts';
import type { Context } from '../context.ts';

export const mostClicksOfDay = 20_000;
const countedAtOnce = 4;
/** Today, yesterday in its first hour, and two that changed: more are not counted while somebody waits, if there is an older count. */
const countedWhileWaiting = 4;
/** Few clicks come later than this after they happened; of such a day a count is kept in memory for longer. */
const settledMs = 24 * 3_600_000;

export interface DayCounts {
  byDay: Map<string, number>;
  /** Some counts are older than a change. */
  isStale: boolean;
}

interface Asked {
  scope: ClickScope;
  period: Period;
  /** Somebody waits: older counts are better than none. */
  hurry: boolean;
}

export async function countDays(context: Context, { scope, period, hurry }: Asked): Promise<DayCounts> {
  const { deliveries } = context.store;
  const days = daysIn(period);
  const { known, older } = await keptOf(context, scope, period);
  const open = days.filter(({ day }) => !known.has(day));
  const isStale = hurry && open.length > countedWhileWaiting && open.some(({ day }) => older.has(day));
  if (isStale) for (const [day, clicks] of older) known.set(day, clicks);
  await eachLimit(
    open.filter(({ day }) => !known.has(day)),
    countedAtOnce,
    async ({ day, ...span }) => {
      const count = () => deliveries.countClicks({ ...scope, ...span, limit: mostClicksOfDay });
      known.set(day, isWhole(scope) ? await count() : await remembered(context, { scope, day, span, period, count }));
    },
  );
  return { byDay: new Map(days.map(({ day }) => [day, Math.min(known.get(day) ?? 0, mostClicksOfDay)])), isStale };
}

/** `known` holds; `older` is a count that a change came after. */
async function keptOf({ store }: Context, scope: ClickScope, period: Period) {
  const known = new Map<string, number>();
  const older = new Map<string, number>();
  if (!isWhole(scope)) return { known, older };
  const { connectionIds } = scope;
  const fromMonth = dayOf(period.beforeFrom).slice(0, 7);
  const months = await store.dayCounts.list({ connectionIds, fromMonth });
  const today = dayOf(period.to);
  for (const { day } of daysIn(period)) {
    const { clicks, touchedAt } = keptCount(months, connectionIds, day);
    if (clicks !== null && day < today) (touchedAt === null ? known : older).set(day, clicks);
  }
  return { known, older };
}

function isWhole({ contactId, dealId, linkSlug }: ClickScope): boolean {
  return contactId === undefined && dealId === undefined && linkSlug === undefined;
}

interface OneDay {
  scope: ClickScope;
  day: string;
  span: { to: number };
  period: Period;
  count: () => Promise<number>;
}

async function remembered({ caches }: Context, { scope, day, span, period, count }: OneDay): Promise<number> {
  const place = JSON.stringify([scope, day]);
  const known = caches.clicksOfDays.get(place);
  const clicks = known?.fresh ? known.value : await count();
  if (span.to < period.to - settledMs) caches.clicksOfDays.set(place, clicks);
  return clicks;
}
