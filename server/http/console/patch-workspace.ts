// PATCH /v1/workspace: changes what is sent, keeps the rest.
import type { RequestHandler } from 'express';
import { workspaceChangeSchema } from '../../contract/workspace.ts';
import { changeWorkspace } from '../../flows/console/workspace-settings.ts';
import type { Context } from '../../flows/context.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { parseBody } from '../middleware/json-body.ts';
import { workspaceReply } from './workspace-reply.ts';

export function patchWorkspace(context: Context): RequestHandler {
  return async (req, res) => {
    const change = parseBody(workspaceChangeSchema, req);
    res.json(workspaceReply(context, await changeWorkspace(context, callerOf(res).workspaceId, change)));
  };
}
