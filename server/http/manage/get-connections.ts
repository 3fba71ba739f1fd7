// GET /v1/connections: the portals of the workspace and how they are doing.
import type { RequestHandler } from 'express';
import type { Context } from '../../flows/context.ts';
import { listConnections } from '../../flows/list-connections.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { connectionReply } from './connection-reply.ts';

export function getConnections(context: Context): RequestHandler {
  return async (_req, res) => {
    const views = await listConnections(context, callerOf(res).workspaceId);
    res.json({ connections: views.map(connectionReply) });
  };
}
