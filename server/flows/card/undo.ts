// Taking a move back from a card. Any user of the account may: a move can be made again by hand, and HubSpot shows who did what.
import type { z } from 'zod';
import type { cardMoveSchema } from '../../contract/card-parts.ts';
import type { CardActor } from '../../domain/card/identity.ts';
import { CodedError } from '../../errors.ts';
import type { Context } from '../context.ts';
import { recordAudit } from '../console/audit.ts';
import { undoMove } from '../rules/undo-move.ts';
import { openCardPortal } from './card-portal.ts';
import { actorOf } from './may-change.ts';
import { moveReply } from './move-reply.ts';
import { namesFor } from './read-activity.ts';

/** A second call finds the move undone and changes nothing. A move of another account is not there. */
export async function undoCardMove(
  context: Context,
  { identity, moveId }: { identity: CardActor; moveId: string },
): Promise<z.infer<typeof cardMoveSchema>> {
  const { store } = context;
  const { portalId, userId, requestId } = identity;
  const card = await openCardPortal(context, portalId);
  const found = await Promise.all(
    card.workspaceIds.map((workspaceId) => store.ruleMoves.find({ workspaceId, moveId })),
  );
  const move = found.find((one) => one?.portalId === portalId && card.connectionIds.includes(one.connectionId));
  if (!move) throw new CodedError('not_found', 'This account has no such move.');
  const undone = await undoMove(context, { workspaceId: move.workspaceId, moveId });
  if (move.state !== 'undone') {
    const target = { kind: 'rule_move', id: moveId };
    const { workspaceId } = move;
    await recordAudit(context, {
      workspaceId,
      actor: actorOf(portalId, userId),
      action: 'move.undo',
      target,
      requestId,
    });
  }
  const [names, rules, deals] = await Promise.all([
    namesFor(context, card, [move.contactId]),
    store.rules.listOfConnections([move.connectionId]),
    store.seenRecords.deals({ portalId, dealIds: [move.dealId] }),
  ]);
  return moveReply(undone, {
    card,
    names,
    rules: new Map(rules.map((rule) => [rule._id, rule])),
    deal: { name: deals.get(move.dealId)?.name ?? null, stage: undone.fromStage },
  });
}
