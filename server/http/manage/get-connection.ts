// GET /v1/connections/:connection_id
import type { RequestHandler } from 'express';
import type { Context } from '../../flows/context.ts';
import { readConnection } from '../../flows/list-connections.ts';
import { connectionReply } from './connection-reply.ts';
import { connectionKeyOf } from './connection-key.ts';

export function getConnection(context: Context): RequestHandler {
  return async (req, res) => {
    res.json(connectionReply(await readConnection(context, connectionKeyOf(req, res))));
  };
}
