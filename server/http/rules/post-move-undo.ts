// POST /v1/rule-moves/:move_id/undo: takes a move back while the deal still stands where the rule put it.
import type { RequestHandler } from 'express';
import type { Context } from '../../flows/context.ts';
import { undoMove } from '../../flows/rules/undo-move.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { moveReply } from './move-reply.ts';

export function postMoveUndo(context: Context): RequestHandler {
  return async (req, res) => {
    const { workspaceId } = callerOf(res);
    res.json(moveReply(await undoMove(context, { workspaceId, moveId: String(req.params.move_id) })));
  };
}
