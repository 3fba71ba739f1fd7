// GET /card/v1/events/:event_id/explanation: why an event is, or is not, on the timeline of this account.
import type { RequestHandler } from 'express';
import { safeId } from '../../contract/text.ts';
import { explainCardEvent } from '../../flows/card/explain.ts';
import type { Context } from '../../flows/context.ts';
import { explanationReply } from '../manage/get-explanation.ts';
import { parseInput } from '../middleware/json-body.ts';
import { cardUserOf } from './card-user.ts';
import { sendRead } from './send-card.ts';

const eventIdSchema = safeId(128);

export function getCardExplanation(context: Context): RequestHandler {
  return async (req, res) => {
    const eventId = parseInput(eventIdSchema, req.params.event_id, 'event_id');
    const { portalId } = cardUserOf(res);
    sendRead(req, res, explanationReply(eventId, await explainCardEvent(context, { portalId, eventId })));
  };
}
