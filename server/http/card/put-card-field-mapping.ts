// PUT /card/v1/settings/field-mapping: the whole mapping; refused rows are named with their reason.
import type { RequestHandler } from 'express';
import { cardFieldMappingSchema } from '../../contract/card-settings.ts';
import { changeCardMapping } from '../../flows/card/change-settings.ts';
import { readSettings } from '../../flows/card/read-settings.ts';
import type { Context } from '../../flows/context.ts';
import { signedJson } from '../hubspot/signed.ts';
import { parseInput } from '../middleware/json-body.ts';
import { cardUserOf } from './card-user.ts';
import { sendChanged } from './send-card.ts';
import { settingsReply } from './settings-reply.ts';

export function putCardFieldMapping(context: Context): RequestHandler {
  return async (req, res) => {
    const { connection_id: connectionId, rows } = parseInput(cardFieldMappingSchema, signedJson(req));
    const identity = cardUserOf(res);
    await changeCardMapping(context, { identity, connectionId, rows });
    sendChanged(res, settingsReply(context, await readSettings(context, { identity, connectionId })));
  };
}
