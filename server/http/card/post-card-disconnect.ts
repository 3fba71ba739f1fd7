// POST /card/v1/settings/disconnect: nothing is sent any more; links, mapping and log stay.
import type { RequestHandler } from 'express';
import { cardDisconnectSchema } from '../../contract/card-settings.ts';
import { connectionReply } from '../../flows/card/card-portal.ts';
import { disconnectCard } from '../../flows/card/change-settings.ts';
import type { Context } from '../../flows/context.ts';
import { signedJson } from '../hubspot/signed.ts';
import { parseInput } from '../middleware/json-body.ts';
import { cardUserOf } from './card-user.ts';
import { sendChanged } from './send-card.ts';

export function postCardDisconnect(context: Context): RequestHandler {
  return async (req, res) => {
    const { confirm, connection_id: connectionId } = parseInput(cardDisconnectSchema, signedJson(req));
    const { card, hubspot } = await disconnectCard(context, { identity: cardUserOf(res), connectionId, confirm });
    sendChanged(res, { connection: connectionReply(card), hubspot });
  };
}
