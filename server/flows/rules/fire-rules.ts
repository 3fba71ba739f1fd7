// Which rules fire for the clicks of a batch. A firing is written down first, once per rule, arming and deal; moving the deal
// is the next step and may be repeated. Counts come from the ledger, so that late and repeated clicks count once.
import { evaluateRule } from '../../domain/rules/evaluate-rule.ts';
import { matchingClicks, type RuleClick } from '../../domain/rules/rule-click.ts';
import type { DealFacts } from '../../domain/deals.ts';
import { groupBy } from '../../lib/chunk.ts';
import type { RuleMove } from '../../store/rule-moves.ts';
import type { StoredRule } from '../../store/rules.ts';
import type { Context } from '../context.ts';
import type { Outcomes, Planned } from '../delivery/batch.ts';
import type { Plan } from '../delivery/plan-batch.ts';
import type { PortalSession } from '../delivery/session.ts';

interface Batch {
  plan: Plan;
  outcomes: Outcomes;
}

/** Returns how many rules fired. */
export async function fireRules(context: Context, session: PortalSession, { plan, outcomes }: Batch): Promise<number> {
  const rows = plan.planned.filter(
    ({ delivery, deals }) => delivery.kind === 'click' && deals.length > 0 && outcomes.isOpen(delivery),
  );
  if (rows.length === 0) return 0;
  const rules = await context.store.rules.listEnabled([...new Set(rows.map(({ connection }) => connection._id))]);
  if (rules.length === 0) return 0;
  const { portalId } = session;
  const situations = await withinReach(
    context,
    portalId,
    rules.flatMap((rule) => situationsOf(rule, rows)),
  );
  if (situations.length === 0) return 0;

  const dealIds = [...new Set(situations.map(({ deal }) => deal.id))];
  const priorMoves = groupBy(await context.store.ruleMoves.listOfDeals({ portalId, dealIds }), ({ ruleId }) => ruleId);
  const clicks = await clicksOf(context, portalId, situations);
  let fired = 0;
  for (const situation of situations) {
    const move = judge({ context, portalId, situation, clicks, priorMoves });
    if (move && (await context.store.ruleMoves.insertNew(move))) fired += 1;
  }
  return fired;
}

/** One rule, one contact, one of the contact's open deals. */
interface Situation {
  stored: StoredRule;
  contactId: string;
  contactName: string;
  deal: DealFacts;
}

/** Only where a click of the batch is one that the rule looks at. */
function situationsOf(stored: StoredRule, rows: Planned[]): Situation[] {
  const found = new Map<string, Situation>();
  for (const { delivery, connection, contactId, contactName, deals } of rows) {
    if (connection._id !== stored.connectionId || delivery.kind !== 'click') continue;
    const { link, at } = delivery.click;
    const click: RuleClick = { clickId: delivery.eventId, at, verdict: 'human', contactId, link };
    if (matchingClicks(stored.rule, [click]).length === 0) continue;
    for (const deal of deals) found.set(`${contactId} ${deal.id}`, { stored, contactId, contactName, deal });
  }
  return [...found.values()];
}

/** Where all clicks of the contact together are fewer than the threshold, no rule can fire: their clicks are not even read. */
async function withinReach(
  { store, now }: Context,
  portalId: number,
  situations: readonly Situation[],
): Promise<Situation[]> {
  if (situations.length === 0) return [];
  const contactIds = [...new Set(situations.map(({ contactId }) => contactId))];
  const since = now() - longestWindowOf(situations);
  const counts = await store.deliveries.countByContact({ portalId, contactIds, since });
  return situations.filter(
    ({ contactId, stored }) => (counts.get(contactId)?.clicks ?? 0) >= stored.rule.trigger.threshold,
  );
}

function longestWindowOf(situations: readonly Situation[]): number {
  return Math.max(...situations.map(({ stored }) => stored.rule.trigger.windowMs));
}

/** The counted clicks of these contacts, by connection and contact: another workspace's clicks are not ours to count. */
async function clicksOf(
  context: Context,
  portalId: number,
  situations: Situation[],
): Promise<Map<string, RuleClick[]>> {
  const rows = await context.store.deliveries.ruleClicks({
    portalId,
    connectionIds: [...new Set(situations.map(({ stored }) => stored.connectionId))],
    contactIds: [...new Set(situations.map(({ contactId }) => contactId))],
    since: context.now() - longestWindowOf(situations),
  });
  const byOwner = groupBy(rows, ({ connectionId, click }) => `${connectionId} ${click.contactId ?? ''}`);
  return new Map([...byOwner].map(([owner, owned]) => [owner, owned.map(({ click }) => click)]));
}

interface Judged {
  context: Context;
  portalId: number;
  situation: Situation;
  clicks: ReadonlyMap<string, RuleClick[]>;
  priorMoves: ReadonlyMap<string, RuleMove[]>;
}

/** The move to write down, or null when the rule does not fire. */
function judge({ context, portalId, situation, clicks, priorMoves }: Judged): RuleMove | null {
  const { stored, contactId, contactName, deal } = situation;
  const { rule, version, arming } = stored;
  const outcome = evaluateRule({
    rule,
    version,
    clicks: clicks.get(`${stored.connectionId} ${contactId}`) ?? [],
    deal: { ...deal, contactIds: [contactId] },
    contact: { id: contactId, name: contactName },
    now: context.now(),
    priorMoves: (priorMoves.get(stored._id) ?? []).map((move) => {
      return { dealId: move.dealId, arming: move.arming, undone: move.state === 'undone' };
    }),
    arming: { number: arming.number, since: arming.since?.getTime() ?? null },
  });
  if (outcome.decision !== 'move') return null;
  const key = { ruleId: stored._id, arming: arming.number, dealId: deal.id };
  return {
    _id: context.store.ruleMoves.moveId(key),
    ...key,
    workspaceId: stored.workspaceId,
    connectionId: stored.connectionId,
    portalId,
    ruleVersion: version,
    contactId,
    pipeline: rule.action.pipeline,
    fromStage: rule.action.fromStage,
    toStage: rule.action.toStage,
    mode: rule.mode,
    state: rule.mode === 'watch' ? 'watched' : 'planned',
    words: outcome.words,
    counted: outcome.counted,
    excluded: outcome.excluded,
    guards: outcome.guards,
    detail: null,
    plannedAt: new Date(context.now()),
    settledAt: null,
  };
}
