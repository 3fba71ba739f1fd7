// GET /v1/deliveries?event_id=: where an event is on its way to each connection, and why.
import type { RequestHandler } from 'express';
import type { z } from 'zod';
import { deliveryQuerySchema, type deliverySchema } from '../../contract/delivery.ts';
import type { Delivery } from '../../domain/delivery.ts';
import type { Context } from '../../flows/context.ts';
import { listDeliveries } from '../../flows/list-deliveries.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { parseInput } from '../middleware/json-body.ts';
import { reasonReply } from './connection-reply.ts';

export function getDeliveries(context: Context): RequestHandler {
  return async (req, res) => {
    const { event_id: eventId } = parseInput(deliveryQuerySchema, req.query);
    const { workspaceId } = callerOf(res);
    const deliveries = await listDeliveries(context, { workspaceId, eventId });
    res.json({ deliveries: deliveries.map(deliveryReply) });
  };
}

function deliveryReply(delivery: Delivery): z.infer<typeof deliverySchema> {
  return {
    id: delivery._id,
    event_id: delivery.eventId,
    connection_id: delivery.connectionId,
    portal_id: delivery.portalId,
    state: delivery.state,
    reason: reasonReply(delivery.reason),
    detail: delivery.detail,
    attempts: delivery.attempts,
    contact_id: delivery.contactId,
    deal_ids: delivery.dealIds,
    occurred_at: delivery.occurredAt.toISOString(),
    received_at: delivery.receivedAt.toISOString(),
    due_at: delivery.dueAt?.toISOString() ?? null,
    delivered_at: delivery.deliveredAt?.toISOString() ?? null,
  };
}
