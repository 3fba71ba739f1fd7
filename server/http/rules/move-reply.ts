// A move in the words of the wire, with everything that explains it.
import type { z } from 'zod';
import type { moveSchema } from '../../contract/rule.ts';
import type { MoveView } from '../../flows/rules/list-rules.ts';

export function moveReply(move: MoveView): z.infer<typeof moveSchema> {
  return {
    id: move._id,
    rule_id: move.ruleId,
    rule_version: move.ruleVersion,
    connection_id: move.connectionId,
    portal_id: move.portalId,
    deal_id: move.dealId,
    contact_id: move.contactId,
    pipeline: move.pipeline,
    from_stage: move.fromStage,
    to_stage: move.toStage,
    state: move.state,
    words: move.words,
    counted: move.counted,
    excluded: move.excluded.map(({ clickId, reason }) => ({ click_id: clickId, reason })),
    guards: move.guards.map(({ name, ok, words }) => ({ name, ok, words })),
    detail: move.detail,
    planned_at: move.plannedAt.toISOString(),
    settled_at: move.settledAt?.toISOString() ?? null,
  };
}
