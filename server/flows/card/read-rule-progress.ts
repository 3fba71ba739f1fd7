// "3 more clicks by Jane Doe move this deal to Qualified": how far each rule is, by the contact who is nearest.
import type { z } from 'zod';
import type { cardRuleSchema, ruleProgressSchema } from '../../contract/card-parts.ts';
import { ruleProgress, type RuleProgress } from '../../domain/card/rule-progress.ts';
import type { DealFacts } from '../../domain/deals.ts';
import { isTakenBack } from '../../domain/rules/is-taken-back.ts';
import type { RuleClick } from '../../domain/rules/rule-click.ts';
import { groupBy } from '../../lib/chunk.ts';
import type { RuleMove } from '../../store/rule-moves.ts';
import type { StoredRule } from '../../store/rules.ts';
import type { Context } from '../context.ts';
import type { CardPortal } from './card-portal.ts';
import { personReply, type Names } from './read-activity.ts';

type ProgressReply = z.infer<typeof ruleProgressSchema>;

/** Of the contacts of a deal the busiest can be the nearest; nobody waits for the clicks of fifty. */
const contactsLookedAt = 5;
const clicksLookedAt = 1_000;
const mostRules = 20;
const dayMs = 24 * 3600_000;

interface Asked {
  deal: DealFacts | null;
  contactIds: readonly string[];
  rules: readonly StoredRule[];
  moves: readonly RuleMove[];
}

/** What is left is to name the contacts. */
export async function readRuleProgress(
  context: Context,
  card: CardPortal,
  { deal, contactIds, rules, moves }: Asked,
): Promise<(names: Names) => ProgressReply[]> {
  const enabled = rules.filter((rule) => rule.enabled).slice(0, mostRules);
  if (enabled.length === 0) return () => [];
  const busiest = contactIds.slice(0, contactsLookedAt);
  const clicks = await clicksOf(context, card, { contactIds: busiest, rules: enabled });
  return (names) =>
    enabled
      .map((stored) => {
        const progress = ruleProgress({
          rule: stored.rule,
          version: stored.version,
          arming: { number: stored.arming.number, since: stored.arming.since?.getTime() ?? null },
          deal,
          contacts: busiest.map((id) => ({
            id,
            name: names.get(id) ?? null,
            clicks: clicks.get(`${stored.connectionId} ${id}`) ?? [],
          })),
          priorMoves: moves
            .filter(({ ruleId }) => ruleId === stored._id)
            .map((move) => ({ dealId: move.dealId, arming: move.arming, undone: isTakenBack(move) })),
          now: context.now(),
          labelOf: card.labelOf,
        });
        return progressReply(stored, progress, { card, names });
      })
      .toSorted((a, b) => order.indexOf(a.decision) - order.indexOf(b.decision) || a.missing - b.missing);
}

const order: ProgressReply['decision'][] = ['move', 'not_yet', 'blocked', 'already_fired', 'exempt'];

/** By connection and contact: a rule counts the clicks of its own workspace. */
async function clicksOf(
  { store, now }: Context,
  { portalId, connectionIds }: CardPortal,
  { contactIds, rules }: { contactIds: readonly string[]; rules: readonly StoredRule[] },
): Promise<Map<string, RuleClick[]>> {
  const since = now() - Math.max(...rules.map(({ rule }) => rule.trigger.windowMs));
  const perContact = await Promise.all(
    contactIds.map((id) =>
      store.deliveries.ruleClicks({ portalId, connectionIds, contactIds: [id], since, newest: clicksLookedAt }),
    ),
  );
  const byOwner = groupBy(perContact.flat(), ({ connectionId, click }) => `${connectionId} ${click.contactId ?? ''}`);
  return new Map([...byOwner].map(([owner, owned]) => [owner, owned.map(({ click }) => click)]));
}

function progressReply(
  stored: StoredRule,
  { contactId, have, missing, decision, blockedBy, words }: RuleProgress,
  { card, names }: { card: CardPortal; names: Names },
): ProgressReply {
  return {
    ...ruleReply(stored, card),
    contact: contactId === null ? null : personReply(contactId, names),
    have,
    need: stored.rule.trigger.threshold,
    missing,
    decision,
    blocked_by: blockedBy as ProgressReply['blocked_by'],
    words,
  };
}

export function ruleReply({ _id, rule }: StoredRule, card: CardPortal): z.infer<typeof cardRuleSchema> {
  const { trigger, action } = rule;
  return {
    id: _id,
    name: rule.name,
    mode: rule.mode,
    by: trigger.by,
    value: trigger.value,
    window_days: trigger.windowMs / dayMs,
    target: card.stageOf(action.pipeline, action.toStage),
  };
}
