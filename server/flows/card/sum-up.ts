// What the clicks of a scope add up to: days, links, contacts, deals. Exact and of this moment up to `exactClicks`; where there are more, the
// store counts day by day, and the sum is kept: nobody waits for one that was made before.
import type { Period } from '../../domain/card/period.ts';
import type { ClickGist } from '../../domain/card/read-click.ts';
import { tallyContacts, tallyDays, tallyDeals, tallyLinks, type Tallied } from '../../domain/card/tally.ts';
import type { ClickScope } from '../../store/click-reading.ts';
import type { Context } from '../context.ts';
import { countDays, mostClicksOfDay } from './count-days.ts';

export const exactClicks = 1_000;
const mostChoices = 30;

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
  const make = (hurry: boolean) =>
    asking(`sum of clicks ${key}`, () => readSum(context, { scope, period, key, hurry }));
  const known = clickSums.get(key);
  if (!known) {
    const sum = await make(true);
    if (clickSums.get(key)?.fresh === false) void make(false).catch(() => undefined);
    return sum;
  }
  if (!known.fresh) void make(false).catch(() => undefined);
  return known.value;
}

async function readSum(
  context: Context,
  { scope, period, key, hurry }: { scope: ClickScope; period: Period; key: string; hurry: boolean },
): Promise<ClickSum> {
  const { store, caches } = context;
  const { from, beforeFrom, to } = period;
  const newest = await store.deliveries.newestClicks({ ...scope, from: beforeFrom, to, limit: exactClicks });
  const inPeriod = newest.filter(({ at }) => at >= from);
  const lists = {
    links: tallyLinks(inPeriod, mostChoices),
    contacts: tallyContacts(inPeriod, mostChoices),
    deals: tallyDeals(inPeriod, mostChoices),
  };
  if (newest.length < exactClicks) return { ...lists, byDay: tallyDays(newest), more: false };
  const { byDay, isStale } = await countDays(context, { scope, period, hurry });
  const sum = { ...lists, byDay, more: [...byDay.values()].some((clicks) => clicks >= mostClicksOfDay) };
  caches.clickSums.set(key, sum, isStale ? 0 : undefined);
  return sum;
}
