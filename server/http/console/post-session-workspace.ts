// POST /console/session/workspace: the same session, in another workspace of the person.
import type { RequestHandler } from 'express';
import { switchWorkspaceSchema } from '../../contract/session.ts';
import { describeSession, switchWorkspace } from '../../flows/console/own-sessions.ts';
import type { Context } from '../../flows/context.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { parseBody } from '../middleware/json-body.ts';

export function postSessionWorkspace(context: Context): RequestHandler {
  return async (req, res) => {
    const { workspace_id: workspaceId } = parseBody(switchWorkspaceSchema, req);
    const there = await switchWorkspace(context, callerOf(res), workspaceId);
    res.json(await describeSession(context, there));
  };
}
