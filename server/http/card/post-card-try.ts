// POST /card/v1/settings/field-mapping/try: what a mapping would change on a real contact. Nothing is written.
import type { RequestHandler } from 'express';
import { cardTrySchema } from '../../contract/card-settings.ts';
import { tryCardMapping } from '../../flows/card/change-settings.ts';
import type { Context } from '../../flows/context.ts';
import { signedJson } from '../hubspot/signed.ts';
import { parseInput } from '../middleware/json-body.ts';
import { cardUserOf } from './card-user.ts';
import { sendChanged } from './send-card.ts';

export function postCardTry(context: Context): RequestHandler {
  return async (req, res) => {
    const { contact_id: contactId, connection_id: connectionId, rows } = parseInput(cardTrySchema, signedJson(req));
    sendChanged(res, await tryCardMapping(context, { identity: cardUserOf(res), connectionId, contactId, rows }));
  };
}
