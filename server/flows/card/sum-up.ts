// What the clicks of a scope add up to: days, links, contacts, deals. Exact and of this moment up to `exactClicks`; where there are more, the
// store counts day by day, and the sum is kept: nobody waits for one that was made before.
import { daysIn, type Period } from '../../domain/card/period.ts';
import type { ClickGist } from '../../domain/card/read-click.ts';
import { tallyContacts, tallyDays, tallyDeals, tallyLinks, type Tallied } from '../../domain/card/tally.ts';
import { eachLimit } from '../../lib/each-limit.ts';
import type { ClickScope } from '../../store/click-reading.ts';
import type { Context } from '../context.ts';

export const exactClicks = 1_000;
const mostClicksOfDay = 20_000;
const countedAtOnce = 4;
const mostChoices = 30;
/** Few clicks come later than this after they happened; of such a day a count is kept for longer. */
const settledMs = 24 * 3_600_000;

export interface ClickSum {
  /** Of the period and the one before. */
  byDay: ReadonlyMap<string, number>;
  /** There are more than were counted. */
  more: boolean;
  /** Of the period, among the newest `exactClicks`; most clicks first. */
  links: Tallied<ClickGist['link']>[];
  contacts: Tallied<string>[];
  deals: Tallied<string>[];
}

/** Of a busy scope the sum may be a minute old and more: it is made anew while it is shown once again. */
export async function sumUp(context: Context, scope: ClickScope, period: Period): Promise<ClickSum> {
  const { clickSums, asking } = context.caches;
  const key = JSON.stringify([scope, period.days]);
  const make = () => asking(`sum of clicks ${key}`, () => readSum(context, { scope, period, key }));
  const known = clickSums.get(key);
  if (!known) return make();
  if (!known.fresh) void make().catch(() => undefined);
  return known.value;
}

async function readSum(
  { store, caches }: Context,
  { scope, period, key }: { scope: ClickScope; period: Period; key: string },
): Promise<ClickSum> {
  const { from, beforeFrom, to } = period;
  const newest = await store.deliveries.newestClicks({ ...scope, from: beforeFrom, to, limit: exactClicks });
  const inPeriod = newest.filter(({ at }) => at >= from);
  const lists = {
    links: tallyLinks(inPeriod, mostChoices),
    contacts: tallyContacts(inPeriod, mostChoices),
    deals: tallyDeals(inPeriod, mostChoices),
  };
  if (newest.length < exactClicks) return { ...lists, byDay: tallyDays(newest), more: false };
  const byDay = new Map<string, number>();
  // Day by day, so that no question holds up the store for long.
  await eachLimit(daysIn(period), countedAtOnce, async ({ day, ...span }) => {
    const place = JSON.stringify([scope, day]);
    const known = caches.clicksOfDays.get(place);
    const clicks = known?.fresh
      ? known.value
      : await store.deliveries.countClicks({ ...scope, ...span, limit: mostClicksOfDay });
    if (span.to < to - settledMs) caches.clicksOfDays.set(place, clicks);
    byDay.set(day, clicks);
  });
  const sum = { ...lists, byDay, more: [...byDay.values()].some((clicks) => clicks >= mostClicksOfDay) };
  caches.clickSums.set(key, sum);
  return sum;
}
