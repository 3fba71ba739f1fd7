// Rehearses a draft over stored clicks: which deals would have moved, by which click and when, for several thresholds at once.
import { backTest, type PastDeal, type ThresholdResult } from '../../domain/rules/back-test.ts';
import type { Rule } from '../../domain/rules/rule.ts';
import { readDealHistories } from '../../hubspot/deal-history.ts';
import type { Context } from '../context.ts';
import { askPortal } from '../ask-portal.ts';
import { findActiveConnection } from './find-connection.ts';
import { checkedRule, type RuleText } from './save-rule.ts';

export interface Rehearsal {
  rule: Rule;
  clicks: number;
  contacts: number;
  deals: number;
  results: ThresholdResult[];
}

const mostClicks = 100_000;
const mostDeals = 1_000;
const dayMs = 24 * 3600_000;

export interface Draft extends RuleText {
  thresholds: readonly number[];
  /** How far back to look. */
  days: number;
}

/** Changes nothing in HubSpot; reads the stage history of the deals that clicks were written to. */
export async function rehearseRule(context: Context, { thresholds, days, ...text }: Draft): Promise<Rehearsal> {
  const { store, now } = context;
  const { rule } = await checkedRule(context, text);
  const connection = await findActiveConnection(context, text);
  const since = now() - days * dayMs - rule.trigger.windowMs;
  const rows = await store.deliveries.clicksOfConnection({ connection, since, limit: mostClicks });
  const contactsOf = new Map<string, Set<string>>();
  for (const { contactId, dealIds } of rows) {
    for (const dealId of dealIds) contactsOf.set(dealId, (contactsOf.get(dealId) ?? new Set()).add(contactId ?? ''));
  }
  const dealIds = [...contactsOf.keys()].slice(0, mostDeals);
  const histories = await readDealHistories(askPortal(context, connection.portalId), dealIds);
  const deals = dealIds.flatMap((id): PastDeal[] => {
    const deal = histories.get(id);
    return deal ? [{ ...deal, contactIds: [...(contactsOf.get(id) ?? [])] }] : [];
  });
  const contacts = [...new Set(rows.flatMap(({ contactId }) => contactId ?? []))];
  const results = backTest({
    rule,
    thresholds: thresholds.length > 0 ? thresholds : [rule.trigger.threshold],
    clicks: rows.map(({ click }) => click),
    deals,
    contacts: contacts.map((id) => ({ id, name: `Contact ${id}` })),
  });
  return { rule, clicks: rows.length, contacts: contacts.length, deals: deals.length, results };
}
