// POST /card/v1/moves/:move_id/undo: takes a move of a rule back while the deal still stands where the rule put it.
import type { RequestHandler } from 'express';
import { safeId } from '../../contract/text.ts';
import { undoCardMove } from '../../flows/card/undo.ts';
import type { Context } from '../../flows/context.ts';
import { parseInput } from '../middleware/json-body.ts';
import { cardUserOf } from './card-user.ts';
import { sendChanged } from './send-card.ts';

const moveIdSchema = safeId(128);

export function postCardMoveUndo(context: Context): RequestHandler {
  return async (req, res) => {
    const moveId = parseInput(moveIdSchema, req.params.move_id, 'move_id');
    sendChanged(res, await undoCardMove(context, { identity: cardUserOf(res), moveId }));
  };
}
