// Asks one rule about one deal, and makes the move to write down: the rule's version, what was counted and what was left out, the guards.
import { evaluateRule } from '../../domain/rules/evaluate-rule.ts';
import { isTakenBack } from '../../domain/rules/is-taken-back.ts';
import { matchingClicks, type ExcludedClick, type RuleClick } from '../../domain/rules/rule-click.ts';
import type { RuleMove } from '../../store/rule-moves.ts';
import type { Context } from '../context.ts';
import type { Situation } from './fire-rules.ts';

/** More clicks of machines than this say nothing that these do not say. */
const mostLeftOut = 500;

interface Question {
  portalId: number;
  situation: Situation;
  /** The contact's, through the connection of the rule. */
  clicks: readonly RuleClick[];
  /** Of the rule. */
  priorMoves: readonly RuleMove[];
}

/** Null when the rule does not fire. */
export async function judgeSituation(context: Context, question: Question): Promise<RuleMove | null> {
  const { portalId, situation, clicks, priorMoves } = question;
  const { stored, contactId, contactName, deal } = situation;
  const { rule, version, arming } = stored;
  const { decision, words, counted, excluded, guards } = evaluateRule({
    rule,
    version,
    clicks,
    deal: { ...deal, contactIds: [contactId] },
    contact: { id: contactId, name: contactName },
    now: context.now(),
    priorMoves: priorMoves.map((move) => {
      return { dealId: move.dealId, arming: move.arming, undone: isTakenBack(move) };
    }),
    arming: { number: arming.number, since: arming.since?.getTime() ?? null },
    labelOf: (id) => stored.labels?.find((one) => one.id === id)?.label ?? id,
    // These clicks were counted by the workspace's policy when they were judged.
    policy: { countMachines: true, countUnsure: true },
  });
  if (decision !== 'move') return null;
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
    words,
    counted,
    excluded: [...excluded, ...(await machinesLeftOut(context, question))],
    guards,
    detail: null,
    plannedAt: new Date(context.now()),
    settledAt: null,
  };
}

/** Clicks in the contact's name that the rule would have counted, had a person made them. */
async function machinesLeftOut(context: Context, { portalId, situation }: Question): Promise<ExcludedClick[]> {
  const { stored, contactId } = situation;
  const found = await context.store.deliveries.machineClicks({
    connectionId: stored.connectionId,
    workspaceId: stored.workspaceId,
    who: [contactId, `${portalId}-${contactId}`],
    since: context.now() - stored.rule.trigger.windowMs,
    limit: mostLeftOut,
  });
  return matchingClicks(stored.rule, found).map(({ clickId, verdict }) => {
    return { clickId, reason: verdict === 'unsure' ? 'unsure' : 'machine' };
  });
}
