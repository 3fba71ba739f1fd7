// A row of the delivery log on the wire: where an event is on its way to one connection, and why, in words.
import { z } from 'zod';
import { deliveryStates } from '../domain/delivery.ts';
import { timestamp } from './text.ts';

export const deliverySchema = z
  .object({
    id: z.string(),
    event_id: z.string(),
    kind: z.enum(['click', 'conversion']),
    connection_id: z.string().nullable(),
    portal_id: z.int().nullable(),
    link: z.object({ slug: z.string(), title: z.string() }).nullable(),
    state: z.enum(deliveryStates),
    reason: z.object({ code: z.string(), words: z.string(), next: z.string() }).nullable(),
    detail: z
      .string()
      .nullable()
      .meta({ description: "HubSpot's own words, when it refused; personal data and tokens are taken out." }),
    verdict: z
      .object({
        verdict: z.enum(['human', 'machine', 'unsure']),
        confidence: z.number(),
        reasons: z.array(z.string()),
        words: z.string(),
      })
      .nullable()
      .meta({ description: 'What a click was taken for; null before it was judged, and for conversions.' }),
    attempts: z.int(),
    contact_id: z.string().nullable(),
    deal_ids: z.array(z.string()),
    timeline: z
      .array(z.object({ target: z.string().meta({ example: 'deal:701' }), written: z.boolean() }))
      .meta({ description: 'The timeline events of the plan, and which of them HubSpot has.' }),
    occurred_at: timestamp,
    received_at: timestamp,
    due_at: timestamp
      .nullable()
      .meta({ description: 'When it is looked at next; null when nothing happens by itself.' }),
    delivered_at: timestamp.nullable(),
  })
  .meta({ id: 'Delivery' });
