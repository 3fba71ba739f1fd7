// GET /card/v1/deals/:deal_id: the deal card.
import type { RequestHandler } from 'express';
import { cardReadingQuerySchema } from '../../contract/card.ts';
import { recordId } from '../../contract/card-parts.ts';
import { readDeal } from '../../flows/card/read-deal.ts';
import type { Context } from '../../flows/context.ts';
import { parseInput } from '../middleware/json-body.ts';
import { askedBy, cardUserOf } from './card-user.ts';
import { sendRead } from './send-card.ts';

export function getCardDeal(context: Context): RequestHandler {
  return async (req, res) => {
    const { portalId } = cardUserOf(res);
    const dealId = parseInput(recordId, req.params.deal_id, 'deal_id');
    const query = parseInput(cardReadingQuerySchema, askedBy(req));
    sendRead(req, res, await readDeal(context, { portalId, dealId, query }));
  };
}
