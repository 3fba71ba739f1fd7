// GET /v1/api-keys: the keys of the workspace, without the keys themselves.
import type { RequestHandler } from 'express';
import { listKeys } from '../../flows/console/api-keys.ts';
import type { Context } from '../../flows/context.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { apiKeyReply } from './api-key-reply.ts';

export function getApiKeys(context: Context): RequestHandler {
  return async (req, res) => {
    const keys = await listKeys(context, callerOf(res));
    res.json({ api_keys: keys.map(apiKeyReply) });
  };
}
