// POST /v1/api-keys: a new key, shown this once.
import type { RequestHandler } from 'express';
import { newApiKeySchema } from '../../contract/api-key.ts';
import { createKey } from '../../flows/console/api-keys.ts';
import type { Context } from '../../flows/context.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { parseBody } from '../middleware/json-body.ts';
import { apiKeyReply } from './api-key-reply.ts';

export function postApiKeys(context: Context): RequestHandler {
  return async (req, res) => {
    const wanted = parseBody(newApiKeySchema, req);
    const { key, secret } = await createKey(context, callerOf(res), wanted);
    res.setHeader('Cache-Control', 'no-store');
    res.status(201).json({ api_key: apiKeyReply(key), key: secret });
  };
}
