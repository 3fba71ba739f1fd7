// PATCH /v1/connections/:connection_id: mode, dialect, conversion stage, pause and resume.
import type { RequestHandler } from 'express';
import { connectionChangeSchema } from '../../contract/connection.ts';
import { changeConnection } from '../../flows/change-connection.ts';
import type { Context } from '../../flows/context.ts';
import { parseBody } from '../middleware/json-body.ts';
import { connectionKeyOf } from './connection-key.ts';
import { connectionReply } from './connection-reply.ts';

export function patchConnection(context: Context): RequestHandler {
  return async (req, res) => {
    const change = parseBody(connectionChangeSchema, req);
    res.json(connectionReply(await changeConnection(context, { ...connectionKeyOf(req, res), change })));
  };
}
