// A delivery in the words of the wire.
import type { z } from 'zod';
import type { deliverySchema } from '../../contract/delivery.ts';
import type { Delivery } from '../../domain/delivery.ts';
import { redacted } from '../../domain/log-redaction.ts';
import { isWritten } from '../../domain/log-story.ts';
import { reasonReply } from './connection-reply.ts';

export type DeliveryReply = z.infer<typeof deliverySchema>;

export function deliveryReply(delivery: Delivery): DeliveryReply {
  return {
    id: delivery._id,
    event_id: delivery.eventId,
    kind: delivery.kind,
    connection_id: delivery.connectionId,
    portal_id: delivery.portalId,
    link: linkOf(delivery),
    state: delivery.state,
    reason: reasonReply(delivery.reason),
    detail: delivery.detail === null ? null : redacted(delivery.detail),
    verdict: delivery.verdict,
    attempts: delivery.attempts,
    contact_id: delivery.contactId,
    deal_ids: delivery.dealIds,
    timeline: delivery.sends.map((send) => ({ target: send.target, written: isWritten(delivery, send) })),
    occurred_at: delivery.occurredAt.toISOString(),
    received_at: delivery.receivedAt.toISOString(),
    due_at: delivery.dueAt?.toISOString() ?? null,
    delivered_at: delivery.deliveredAt?.toISOString() ?? null,
  };
}

function linkOf(delivery: Delivery): DeliveryReply['link'] {
  const link = delivery.kind === 'click' ? delivery.click.link : delivery.conversion.link;
  return link && { slug: link.slug, title: link.title };
}
