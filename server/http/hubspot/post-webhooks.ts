// POST /webhooks/hubspot: what changed in HubSpot. Stored, then answered; worked on later (docs/decisions/0009-webhooks.md).
import type { RequestHandler } from 'express';
import type { Context } from '../../flows/context.ts';
import { receiveWebhooks } from '../../flows/webhooks/receive-webhooks.ts';
import { webhookBodySchema } from '../../hubspot/webhook-event.ts';
import { parseInput } from '../middleware/json-body.ts';
import { signedJson } from './signed.ts';

export function postWebhooks(context: Context): RequestHandler {
  return async (req, res) => {
    await receiveWebhooks(context, parseInput(webhookBodySchema, signedJson(req)));
    res.status(204).end();
  };
}
