// GET /v1/events/:event_id/explanation: why an event is, or is not, on the timeline.
import type { RequestHandler } from 'express';
import type { z } from 'zod';
import { logFilterFields, type explanationSchema } from '../../contract/delivery-log.ts';
import type { Context } from '../../flows/context.ts';
import { explainEvent, type Explanation, type Story } from '../../flows/log/explain-event.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { parseInput } from '../middleware/json-body.ts';
import { deliveryReply } from './delivery-reply.ts';

type Reply = z.infer<typeof explanationSchema>;

const eventIdSchema = logFilterFields.event_id.unwrap();

export function getExplanation(context: Context): RequestHandler {
  return async (req, res) => {
    const eventId = parseInput(eventIdSchema, req.params.event_id, 'event_id');
    const { workspaceId } = callerOf(res);
    res.json(explanationReply(eventId, await explainEvent(context, { workspaceId, eventId })));
  };
}

export function explanationReply(eventId: string, { found, answer, check, stories }: Explanation): Reply {
  return { event_id: eventId, found, answer, check, connections: stories.map(storyReply) };
}

function storyReply({ delivery, answer, steps }: Story): Reply['connections'][number] {
  return {
    delivery: deliveryReply(delivery),
    answer,
    steps: steps.map(({ at, ...step }) => ({ ...step, at: at === null ? null : new Date(at).toISOString() })),
  };
}
