// The delivery log on the wire: states with reasons in words.
import { z } from 'zod';
import { deliveryStates } from '../domain/delivery.ts';
import { safeId, timestamp } from './text.ts';

export const deliveryQuerySchema = z.strictObject({
  event_id: safeId(128).meta({ description: 'The id of a click.', example: 'shop-000123' }),
});

export const deliverySchema = z
  .object({
    id: z.string(),
    event_id: z.string(),
    connection_id: z.string().nullable(),
    portal_id: z.int().nullable(),
    state: z.enum(deliveryStates),
    reason: z.object({ code: z.string(), words: z.string(), next: z.string() }).nullable(),
    detail: z.string().nullable().meta({ description: "HubSpot's own words, when it refused." }),
    attempts: z.int(),
    contact_id: z.string().nullable(),
    deal_ids: z.array(z.string()),
    occurred_at: timestamp,
    received_at: timestamp,
    due_at: timestamp
      .nullable()
      .meta({ description: 'When it is looked at next; null when nothing happens by itself.' }),
    delivered_at: timestamp.nullable(),
  })
  .meta({ id: 'Delivery' });

export const deliveryListSchema = z.object({ deliveries: z.array(deliverySchema) }).meta({ id: 'DeliveryList' });
