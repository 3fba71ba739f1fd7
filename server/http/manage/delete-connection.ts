// DELETE /v1/connections/:connection_id: disconnects the portal, and uninstalls the app where nobody else uses it.
import type { RequestHandler } from 'express';
import type { Context } from '../../flows/context.ts';
import { disconnect } from '../../flows/disconnect.ts';
import { connectionKeyOf } from './connection-key.ts';
import { connectionReply } from './connection-reply.ts';

export function deleteConnection(context: Context): RequestHandler {
  return async (req, res) => {
    const { hubspot, ...view } = await disconnect(context, connectionKeyOf(req, res));
    res.json({ connection: connectionReply(view), hubspot });
  };
}
