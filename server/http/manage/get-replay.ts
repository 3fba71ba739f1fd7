// GET /v1/replays/:replay_id: how far a replay has come.
import type { RequestHandler } from 'express';
import type { Context } from '../../flows/context.ts';
import { readReplay } from '../../flows/log/replay.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { replayReply } from './replay-reply.ts';

export function getReplay(context: Context): RequestHandler {
  return async (req, res) => {
    const { workspaceId } = callerOf(res);
    res.json(replayReply(await readReplay(context, { workspaceId, replayId: String(req.params.replay_id) })));
  };
}
