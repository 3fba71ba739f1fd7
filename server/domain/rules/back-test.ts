// A draft rule replayed over stored clicks and the stages deals went through: which deals would have moved, when, and at
// which threshold. One pass per contact with a sliding window: n log n in the number of clicks. It changes nothing.
import type { CountPolicy } from '../human-verdict/policy.ts';
import { checkGuards, type RuleContact, type RuleDeal } from './guards.ts';
import { inTimeOrder, matchingClicks, verdictExclusion, type RuleClick } from './rule-click.ts';
import type { Rule } from './rule.ts';
import { countsAtClicks, type CountAtClick } from './sliding-count.ts';
import { reachedAfter, stageAt, type StageStay } from './stage-history.ts';

/** The amount and the contacts are today's: HubSpot's history of them is not replayed. */
export interface PastDeal extends Omit<RuleDeal, 'pipeline' | 'stage'> {
  /** Oldest first. */
  stages: readonly StageStay[];
}

export interface BackTest {
  rule: Rule;
  thresholds: readonly number[];
  clicks: readonly RuleClick[];
  deals: readonly PastDeal[];
  contacts: readonly RuleContact[];
  policy?: CountPolicy | undefined;
}

export interface WouldHaveMoved {
  dealId: string;
  contactId: string;
  /** The click that would have done it. */
  clickId: string;
  at: number;
  count: number;
  /** When the deal really came to the stage after that; null when it has not. */
  reachedAt: number | null;
}

export interface ThresholdResult {
  threshold: number;
  /** In the order of time. */
  moves: WouldHaveMoved[];
}

export function backTest({ rule, thresholds, clicks, deals, contacts, policy }: BackTest): ThresholdResult[] {
  const counting = matchingClicks(rule, clicks).filter((click) => verdictExclusion(click, policy) === null);
  const byContact = clicksByContact(inTimeOrder(counting));
  const anybodys = rule.guard.requireAssociatedContact ? [] : (byContact.get(null) ?? []);
  const ascending = [...new Set(thresholds)].sort((a, b) => a - b);
  const dealsOf = dealsByContact(deals);

  const firsts = ascending.map(() => new Map<string, WouldHaveMoved>());
  for (const contact of contacts) {
    const own = byContact.get(contact.id) ?? [];
    const theirs = dealsOf.get(contact.id) ?? [];
    if (own.length === 0 || theirs.length === 0) continue;
    const counts = countsAtClicks({ own, anybodys, windowMs: rule.trigger.windowMs });
    for (const deal of theirs) replay({ rule, contact, deal, counts, ascending, firsts });
  }
  return ascending.map((threshold, index) => ({ threshold, moves: sorted(firsts[index]) }));
}

interface Replay {
  rule: Rule;
  contact: RuleContact;
  deal: PastDeal;
  counts: readonly CountAtClick[];
  ascending: readonly number[];
  firsts: readonly Map<string, WouldHaveMoved>[];
}

/** A count that reaches one threshold has reached all lower ones, so one index says which are still to come. */
function replay({ rule, contact, deal, counts, ascending, firsts }: Replay): void {
  let next = 0;
  for (const { click, count } of counts) {
    if (next === ascending.length) return;
    if (count < (ascending[next] ?? Number.POSITIVE_INFINITY)) continue;
    const stay = stageAt(deal.stages, click.at);
    if (!stay || !mayMove({ rule, contact, deal: { ...deal, ...stay } })) continue;
    const reachedAt = reachedAfter(deal.stages, { ...rule.action, at: click.at });
    const move = { dealId: deal.id, contactId: contact.id, clickId: click.clickId, at: click.at, count, reachedAt };
    for (; next < ascending.length && count >= (ascending[next] ?? 0); next += 1) keepEarlier(firsts[next], move);
  }
}

/** A draft is tested as if it were on. */
function mayMove({ rule, contact, deal }: { rule: Rule; contact: RuleContact; deal: RuleDeal }): boolean {
  const guards = checkGuards({ rule: { ...rule, enabled: true }, deal, contact, labelOf: (id) => id });
  return guards.every(({ ok }) => ok);
}

/** Two contacts of one deal: whoever came first moved it. */
function keepEarlier(firsts: Map<string, WouldHaveMoved> | undefined, move: WouldHaveMoved): void {
  const known = firsts?.get(move.dealId);
  if (!known || isBefore(move, known)) firsts?.set(move.dealId, move);
}

function isBefore(a: WouldHaveMoved, b: WouldHaveMoved): boolean {
  return a.at !== b.at ? a.at < b.at : a.clickId < b.clickId;
}

function sorted(moves: ReadonlyMap<string, WouldHaveMoved> | undefined): WouldHaveMoved[] {
  return [...(moves?.values() ?? [])].sort((a, b) => a.at - b.at || (a.dealId < b.dealId ? -1 : 1));
}

function clicksByContact(clicks: readonly RuleClick[]): Map<string | null, RuleClick[]> {
  const byContact = new Map<string | null, RuleClick[]>();
  for (const click of clicks) add(byContact, click.contactId, click);
  return byContact;
}

function dealsByContact(deals: readonly PastDeal[]): Map<string, PastDeal[]> {
  const byContact = new Map<string, PastDeal[]>();
  for (const deal of deals) for (const contactId of new Set(deal.contactIds)) add(byContact, contactId, deal);
  return byContact;
}

function add<K, V>(groups: Map<K, V[]>, key: K, value: V): void {
  const group = groups.get(key);
  if (group) group.push(value);
  else groups.set(key, [value]);
}
