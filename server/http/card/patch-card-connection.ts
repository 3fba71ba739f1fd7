// PATCH /card/v1/settings/connection: mode, dialect, conversion stage, pause and resume.
import type { RequestHandler } from 'express';
import { cardConnectionChangeSchema } from '../../contract/card-settings.ts';
import { changeCardConnection } from '../../flows/card/change-settings.ts';
import { readSettings } from '../../flows/card/read-settings.ts';
import type { Context } from '../../flows/context.ts';
import { signedJson } from '../hubspot/signed.ts';
import { parseInput } from '../middleware/json-body.ts';
import { cardUserOf } from './card-user.ts';
import { sendChanged } from './send-card.ts';
import { settingsReply } from './settings-reply.ts';

export function patchCardConnection(context: Context): RequestHandler {
  return async (req, res) => {
    const { connection_id: connectionId, ...change } = parseInput(cardConnectionChangeSchema, signedJson(req));
    const identity = cardUserOf(res);
    await changeCardConnection(context, { identity, connectionId, change });
    sendChanged(res, settingsReply(context, await readSettings(context, { identity, connectionId })));
  };
}
