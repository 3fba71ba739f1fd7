// GET /card/v1/settings/properties: contact properties to choose from, by name or label.
import type { RequestHandler } from 'express';
import { cardPropertiesQuerySchema } from '../../contract/card-settings.ts';
import { findProperties } from '../../flows/card/find-properties.ts';
import type { Context } from '../../flows/context.ts';
import { parseInput } from '../middleware/json-body.ts';
import { askedBy, cardUserOf } from './card-user.ts';
import { sendRead } from './send-card.ts';

export function getCardProperties(context: Context): RequestHandler {
  return async (req, res) => {
    const query = parseInput(cardPropertiesQuerySchema, askedBy(req));
    sendRead(req, res, await findProperties(context, { portalId: cardUserOf(res).portalId, ...query }));
  };
}
