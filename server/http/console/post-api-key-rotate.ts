// POST /v1/api-keys/:key_id/rotate: a new key in place of an old one, which goes on working for a while.
import type { RequestHandler } from 'express';
import { rotateApiKeySchema } from '../../contract/api-key.ts';
import { rotateKey } from '../../flows/console/api-keys.ts';
import type { Context } from '../../flows/context.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { parseBody } from '../middleware/json-body.ts';
import { apiKeyReply } from './api-key-reply.ts';

export function postApiKeyRotate(context: Context): RequestHandler {
  return async (req, res) => {
    const { grace_hours: graceHours } = parseBody(rotateApiKeySchema, req);
    const keyId = String(req.params.key_id);
    const { key, secret, previous } = await rotateKey(context, callerOf(res), { keyId, graceHours });
    res.setHeader('Cache-Control', 'no-store');
    res.status(201).json({ api_key: apiKeyReply(key), key: secret, previous: apiKeyReply(previous) });
  };
}
