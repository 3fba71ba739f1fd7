// A move of a rule as cards show it: what moved, why, and whether it can be taken back.
import type { z } from 'zod';
import type { cardMoveSchema } from '../../contract/card-parts.ts';
import { undoProblem } from '../../domain/card/undo.ts';
import { groupBy } from '../../lib/chunk.ts';
import type { RuleMove } from '../../store/rule-moves.ts';
import type { StoredRule } from '../../store/rules.ts';
import type { CardPortal } from './card-portal.ts';
import { personReply, type Names } from './read-activity.ts';

interface Told {
  card: CardPortal;
  names: Names;
  /** By id; a rule that was archived has no name any more. */
  rules: ReadonlyMap<string, StoredRule>;
  deal: { name: string | null; stage: string | null };
}

export function moveReply(move: RuleMove, { card, names, rules, deal }: Told): z.infer<typeof cardMoveSchema> {
  const reason = undoProblem(move, deal.stage);
  return {
    id: move._id,
    rule: { id: move.ruleId, name: rules.get(move.ruleId)?.rule.name ?? null, version: move.ruleVersion },
    deal_id: move.dealId,
    deal_name: deal.name,
    contact: move.contactId === '' ? null : personReply(move.contactId, names),
    from: card.stageOf(move.pipeline, move.fromStage),
    to: card.stageOf(move.pipeline, move.toStage),
    state: move.state,
    at: (move.settledAt ?? move.plannedAt).toISOString(),
    counted: move.counted.length,
    excluded: [...groupBy(move.excluded, ({ reason: why }) => why)].map(([why, clicks]) => ({
      reason: why,
      clicks: clicks.length,
    })),
    guards: move.guards.map(({ name, ok, words }) => ({ name, ok, words })),
    words: move.words,
    undo: { possible: reason === null, reason },
  };
}
