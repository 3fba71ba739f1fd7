// DELETE /v1/api-keys/:key_id: ends a key at once.
import type { RequestHandler } from 'express';
import { revokeKeyOf } from '../../flows/console/api-keys.ts';
import type { Context } from '../../flows/context.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { apiKeyReply } from './api-key-reply.ts';

export function deleteApiKey(context: Context): RequestHandler {
  return async (req, res) => {
    res.json(apiKeyReply(await revokeKeyOf(context, callerOf(res), String(req.params.key_id))));
  };
}
