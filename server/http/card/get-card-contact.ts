// GET /card/v1/contacts/:contact_id: the contact card.
import type { RequestHandler } from 'express';
import { cardReadingQuerySchema } from '../../contract/card.ts';
import { recordId } from '../../contract/card-parts.ts';
import { readContact } from '../../flows/card/read-contact.ts';
import type { Context } from '../../flows/context.ts';
import { parseInput } from '../middleware/json-body.ts';
import { askedBy, cardUserOf } from './card-user.ts';
import { sendRead } from './send-card.ts';

export function getCardContact(context: Context): RequestHandler {
  return async (req, res) => {
    const { portalId } = cardUserOf(res);
    const contactId = parseInput(recordId, req.params.contact_id, 'contact_id');
    const query = parseInput(cardReadingQuerySchema, askedBy(req));
    sendRead(req, res, await readContact(context, { portalId, contactId, query }));
  };
}
