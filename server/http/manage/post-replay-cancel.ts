// POST /v1/replays/:replay_id/cancel: stops a replay. What it queued until then is still sent.
import type { RequestHandler } from 'express';
import type { Context } from '../../flows/context.ts';
import { cancelReplay } from '../../flows/log/replay.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { replayReply } from './replay-reply.ts';

export function postReplayCancel(context: Context): RequestHandler {
  return async (req, res) => {
    const { workspaceId } = callerOf(res);
    res.json(replayReply(await cancelReplay(context, { workspaceId, replayId: String(req.params.replay_id) })));
  };
}
