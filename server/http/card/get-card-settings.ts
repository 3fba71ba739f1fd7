// GET /card/v1/settings: the settings page.
import type { RequestHandler } from 'express';
import { cardSettingsQuerySchema } from '../../contract/card-settings.ts';
import { readSettings } from '../../flows/card/read-settings.ts';
import type { Context } from '../../flows/context.ts';
import { parseInput } from '../middleware/json-body.ts';
import { askedBy, cardUserOf } from './card-user.ts';
import { sendRead } from './send-card.ts';
import { settingsReply } from './settings-reply.ts';

export function getCardSettings(context: Context): RequestHandler {
  return async (req, res) => {
    const { connection_id: connectionId } = parseInput(cardSettingsQuerySchema, askedBy(req));
    const view = await readSettings(context, { identity: cardUserOf(res), connectionId });
    sendRead(req, res, settingsReply(context, view));
  };
}
