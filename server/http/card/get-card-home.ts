// GET /card/v1/home: the home page of the app inside HubSpot.
import type { RequestHandler } from 'express';
import { cardHomeQuerySchema } from '../../contract/card.ts';
import { readHome } from '../../flows/card/read-home.ts';
import type { Context } from '../../flows/context.ts';
import { parseInput } from '../middleware/json-body.ts';
import { askedBy, cardUserOf } from './card-user.ts';
import { sendRead } from './send-card.ts';

export function getCardHome(context: Context): RequestHandler {
  return async (req, res) => {
    const { days } = parseInput(cardHomeQuerySchema, askedBy(req));
    sendRead(req, res, await readHome(context, { portalId: cardUserOf(res).portalId, days }));
  };
}
