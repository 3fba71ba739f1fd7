// GET /v1/rule-moves: what rules did to deals, newest first.
import type { RequestHandler } from 'express';
import { movesQuerySchema } from '../../contract/rule.ts';
import type { Context } from '../../flows/context.ts';
import { listMoves } from '../../flows/rules/list-rules.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { parseInput } from '../middleware/json-body.ts';
import { moveReply } from './move-reply.ts';

export function getRuleMoves(context: Context): RequestHandler {
  return async (req, res) => {
    const { cursor, limit } = parseInput(movesQuerySchema, req.query);
    const { workspaceId } = callerOf(res);
    const { moves, nextCursor } = await listMoves(context, { workspaceId, cursor, limit });
    res.json({ moves: moves.map(moveReply), next_cursor: nextCursor });
  };
}
