// POST /v1/connections/private-app: joins the workspace to the account of the configured private app token.
import type { RequestHandler } from 'express';
import { connectPrivateApp } from '../../flows/connect-private-app.ts';
import type { Context } from '../../flows/context.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { connectionReply } from './connection-reply.ts';

export function postPrivateApp(context: Context): RequestHandler {
  return async (_req, res) => {
    res.status(201).json(connectionReply(await connectPrivateApp(context, callerOf(res).workspaceId)));
  };
}
