// Which rules fire for the clicks of a batch. A firing is written down first, once per rule, arming and deal; moving the deal
// is the next step and may be repeated. Counts come from the ledger, so that late and repeated clicks count once.
// What is cheap to know is asked first: clicks are read only of contacts for whom a rule will fire, as far as counts can tell.
import type { DealFacts } from '../../domain/deals.ts';
import { passesGuards } from '../../domain/rules/guards.ts';
import { isTakenBack } from '../../domain/rules/is-taken-back.ts';
import { matcherOf, matchingClicks, type RuleClick } from '../../domain/rules/rule-click.ts';
import { groupBy } from '../../lib/chunk.ts';
import type { RuleMove } from '../../store/rule-moves.ts';
import type { ActiveRule } from '../../store/rules.ts';
import type { Context } from '../context.ts';
import type { Outcomes, Planned } from '../delivery/batch.ts';
import type { Plan } from '../delivery/plan-batch.ts';
import { enabledRules } from '../delivery/portal-settings.ts';
import type { PortalSession } from '../delivery/session.ts';
import type { RecentCounts } from '../delivery/write-properties.ts';
import { judgeSituation } from './judge-situation.ts';

interface Batch {
  plan: Plan;
  outcomes: Outcomes;
  recent: RecentCounts;
}

/** Returns how many rules fired. */
export async function fireRules(
  context: Context,
  session: PortalSession,
  { plan, outcomes, recent }: Batch,
): Promise<number> {
  const rows = plan.planned.filter(
    ({ delivery, deals }) => delivery.kind === 'click' && deals.length > 0 && outcomes.isOpen(delivery),
  );
  if (rows.length === 0) return 0;
  const rules = await enabledRules(context, session.settings);
  if (rules.length === 0) return 0;
  const { portalId } = session;
  const situations = rules.flatMap((rule) => situationsOf(rule, rows));
  const reachable = await withinReach(context, { portalId, situations, recent });
  const { unsettled, priorMoves } = await notFiredYet(context, portalId, reachable);
  const likely = await withEnoughClicks(context, portalId, unsettled);
  if (likely.length === 0) return 0;

  const clicks = await clicksOf(context, portalId, likely);
  let fired = 0;
  let isExpected = false;
  for (const situation of likely) {
    const move = await judgeSituation(context, {
      portalId,
      situation,
      clicks:
        clicks.get(ownerOf({ connectionId: situation.stored.connectionId, contactId: situation.contactId })) ?? [],
      priorMoves: priorMoves.get(situation.stored._id) ?? [],
    });
    if (!move) continue;
    // The portal says first that there is something to move: should we end right after, the next holder looks.
    if (!isExpected) await expectMoves(context, session);
    isExpected = true;
    if (await context.store.ruleMoves.insertNew(move)) fired += 1;
  }
  return fired;
}

async function expectMoves({ store, now }: Context, { portalId, outlook }: PortalSession): Promise<void> {
  await store.portals.wake({ portalIds: [portalId], at: now(), kind: 'moves' });
  outlook.learn('moves', now());
}

/** One rule, one contact, one of the contact's open deals. */
export interface Situation {
  stored: ActiveRule;
  contactId: string;
  contactName: string;
  deal: DealFacts;
}

/** Only where a click of the batch is one that the rule looks at, and the deal is one that it may move. */
function situationsOf(stored: ActiveRule, rows: Planned[]): Situation[] {
  const found = new Map<string, Situation>();
  for (const { delivery, connection, contactId, contactName, deals } of rows) {
    if (connection._id !== stored.connectionId || delivery.kind !== 'click') continue;
    const { link, at } = delivery.click;
    const click: RuleClick = { clickId: delivery.eventId, at, verdict: 'human', contactId, link };
    if (matchingClicks(stored.rule, [click]).length === 0) continue;
    const contact = { id: contactId, name: contactName };
    for (const deal of deals) {
      const movable = passesGuards({ rule: stored.rule, deal: { ...deal, contactIds: [contactId] }, contact });
      if (movable) found.set(`${contactId} ${deal.id}`, { stored, contactId, contactName, deal });
    }
  }
  return [...found.values()];
}

interface Reach {
  portalId: number;
  situations: readonly Situation[];
  recent: RecentCounts;
}

/** Where all clicks of the contact together are fewer than the threshold, no rule can fire: their clicks are not even read. */
async function withinReach({ store, now }: Context, { portalId, situations, recent }: Reach): Promise<Situation[]> {
  if (situations.length === 0) return [];
  const since = now() - longestWindowOf(situations);
  const contactIds = [...new Set(situations.map(({ contactId }) => contactId))];
  // The counters were counted over a span as long: nothing needs to be asked again.
  const counts =
    since >= recent.since ? recent.clicks : await store.deliveries.countByContact({ portalId, contactIds, since });
  return situations.filter(
    ({ contactId, stored }) => (counts.get(contactId)?.clicks ?? 0) >= stored.rule.trigger.threshold,
  );
}

function longestWindowOf(situations: readonly Situation[]): number {
  return Math.max(...situations.map(({ stored }) => stored.rule.trigger.windowMs));
}

interface NotFired {
  unsettled: Situation[];
  /** By rule. */
  priorMoves: ReadonlyMap<string, RuleMove[]>;
}

/** Once a rule has fired for a deal, or was undone there, no click changes that until it is armed again. */
async function notFiredYet({ store }: Context, portalId: number, situations: Situation[]): Promise<NotFired> {
  if (situations.length === 0) return { unsettled: [], priorMoves: new Map() };
  const dealIds = [...new Set(situations.map(({ deal }) => deal.id))];
  const moves = await store.ruleMoves.listOfDeals({ portalId, dealIds });
  const settled = new Set(moves.map(({ _id }) => _id));
  const exempt = new Set(moves.flatMap((move) => (isTakenBack(move) ? `${move.ruleId} ${move.dealId}` : [])));
  const unsettled = situations.filter(({ stored, deal }) => {
    const key = { ruleId: stored._id, arming: stored.arming.number, dealId: deal.id };
    return !settled.has(store.ruleMoves.moveId(key)) && !exempt.has(`${stored._id} ${deal.id}`);
  });
  return { unsettled, priorMoves: groupBy(moves, ({ ruleId }) => ruleId) };
}

/** Counted by the store, link by link, without regard to a shorter window: what has too few clicks here cannot fire. */
async function withEnoughClicks(context: Context, portalId: number, situations: Situation[]): Promise<Situation[]> {
  if (situations.length === 0) return [];
  const counts = await context.store.deliveries.countByLink(whoseClicks(context, portalId, situations));
  const byOwner = groupBy(counts, ownerOf);
  return situations.filter(({ stored: { rule, connectionId }, contactId }) => {
    const looksAt = matcherOf(rule);
    const own = byOwner.get(ownerOf({ connectionId, contactId })) ?? [];
    const clicks = own.reduce((sum, one) => sum + (looksAt(one) ? one.clicks : 0), 0);
    return clicks >= rule.trigger.threshold;
  });
}

/** The counted clicks of these contacts, by connection and contact: another workspace's clicks are not ours to count. */
async function clicksOf(
  context: Context,
  portalId: number,
  situations: readonly Situation[],
): Promise<Map<string, RuleClick[]>> {
  const rows = await context.store.deliveries.ruleClicks(whoseClicks(context, portalId, situations));
  const byOwner = groupBy(rows, ({ connectionId, click: { contactId } }) => ownerOf({ connectionId, contactId }));
  return new Map([...byOwner].map(([owner, owned]) => [owner, owned.map(({ click }) => click)]));
}

function whoseClicks({ now }: Context, portalId: number, situations: readonly Situation[]) {
  return {
    portalId,
    connectionIds: [...new Set(situations.map(({ stored }) => stored.connectionId))],
    contactIds: [...new Set(situations.map(({ contactId }) => contactId))],
    since: now() - longestWindowOf(situations),
  };
}

function ownerOf({ connectionId, contactId }: { connectionId: string; contactId: string | null }): string {
  return `${connectionId} ${contactId ?? ''}`;
}
