// POST /webhooks/hubspot: what changed in HubSpot. Stored, then answered; worked on later (docs/decisions/0009-webhooks.md).
import type { RequestHandler } from 'express';
import { CodedError } from '../../errors.ts';
import type { Context } from '../../flows/context.ts';
import { receiveWebhooks } from '../../flows/webhooks/receive-webhooks.ts';
import { webhookBodySchema } from '../../hubspot/webhook-event.ts';
import { parseInput } from '../middleware/json-body.ts';
import { bytesOf } from './signed.ts';

export function postWebhooks(context: Context): RequestHandler {
  return async (req, res) => {
    await receiveWebhooks(context, parseInput(webhookBodySchema, jsonOf(bytesOf(req))));
    res.status(204).end();
  };
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new CodedError('invalid_request', 'The body is not JSON.');
  }
}
