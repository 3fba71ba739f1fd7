// GET /v1/workspace: the settings.
import type { RequestHandler } from 'express';
import { readWorkspace } from '../../flows/console/workspace-settings.ts';
import type { Context } from '../../flows/context.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { workspaceReply } from './workspace-reply.ts';

export function getWorkspace(context: Context): RequestHandler {
  return async (req, res) => {
    res.json(workspaceReply(context, await readWorkspace(context, callerOf(res).workspaceId)));
  };
}
