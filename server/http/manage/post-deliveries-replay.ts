// POST /v1/deliveries/replay: sends again what was skipped or died, or says how much that would be.
import type { RequestHandler } from 'express';
import { newReplaySchema } from '../../contract/replay.ts';
import type { Context } from '../../flows/context.ts';
import { makeFilter } from '../../flows/log/make-filter.ts';
import { previewFilter, previewIds } from '../../flows/log/preview-replay.ts';
import { replayIds, startReplay } from '../../flows/log/replay.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { parseBody } from '../middleware/json-body.ts';
import { previewReply, replayReply } from './replay-reply.ts';

export function postDeliveriesReplay(context: Context): RequestHandler {
  return async (req, res) => {
    const { ids, filter: asked, preview, key } = parseBody(newReplaySchema, req);
    const { workspaceId } = callerOf(res);
    if (ids) {
      if (preview) res.status(202).json(previewReply(await previewIds(context, { workspaceId, ids })));
      else res.status(202).json(replayReply(await replayIds(context, { workspaceId, ids, key })));
      return;
    }
    const filter = await makeFilter(context, workspaceId, asked ?? {});
    if (preview) res.status(202).json(previewReply(await previewFilter(context, { workspaceId, filter })));
    else res.status(202).json(replayReply(await startReplay(context, { workspaceId, filter, key })));
  };
}
