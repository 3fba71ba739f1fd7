// Questions to the delivery log on the wire: filters, cursors, exports, and the story of one event.
import { z } from 'zod';
import { deliveryStates } from '../domain/delivery.ts';
import type { LogPosition } from '../domain/log-filter.ts';
import { deliverySchema } from './delivery.ts';
import { safeId, timestamp } from './text.ts';

const moment = z.iso
  .datetime({ offset: true, error: 'An ISO 8601 time with a zone: 2026-11-21T07:53:08Z.' })
  .transform((text) => Date.parse(text))
  .meta({ example: '2026-11-21T07:53:08Z' });

/** What narrows the log; in a query all of it is text. */
export const logFilterFields = {
  event_id: safeId(128).optional().meta({ description: 'The id of a click or conversion.', example: 'shop-000123' }),
  contact_id: z
    .string()
    .regex(/^\d{1,19}$/, 'A HubSpot id is made of digits only.')
    .optional()
    .meta({ description: 'A HubSpot contact id.' }),
  connection_id: safeId(64).optional(),
  portal_id: z.coerce.number().int().positive().optional().meta({ description: 'The id of a HubSpot account.' }),
  link: safeId(64).optional().meta({ description: 'Clicks on this link, by slug or id.', example: 'q2-pricing' }),
  state: z.enum(deliveryStates).optional(),
  reason: safeId(64).optional().meta({ description: 'A code of docs/failures.md.', example: 'no_matching_contact' }),
  kind: z.enum(['click', 'conversion']).optional(),
  verdict: z.enum(['human', 'machine', 'unsure']).optional(),
  time: z
    .enum(['received', 'occurred'])
    .default('received')
    .meta({ description: 'Which time `from` and `to` are about. The order is always that of arrival.' }),
  from: moment.optional(),
  to: moment.optional().meta({ description: 'The first moment that is not part of the span.' }),
};

export const logFilterSchema = z.strictObject(logFilterFields);
export type LogQuery = z.infer<typeof logFilterSchema>;

export const logQuerySchema = z.strictObject({
  ...logFilterFields,
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(400).optional().meta({ description: '`next_cursor` of the page before.' }),
});

export const deliveryListSchema = z
  .object({
    deliveries: z.array(deliverySchema),
    next_cursor: z.string().nullable().meta({
      description:
        'Null: nothing more matches. A page may hold fewer rows than asked for, even none, while there are more to find.',
    }),
  })
  .meta({ id: 'DeliveryList' });

export const maxExportRows = 1_000_000;

export const exportQuerySchema = z.strictObject({
  ...logFilterFields,
  format: z.enum(['csv', 'ndjson']),
  max_rows: z.coerce.number().int().min(1).max(maxExportRows).default(maxExportRows),
});

export const storyStepStates = ['done', 'waiting', 'stopped'] as const;

const storySchema = z.object({
  delivery: deliverySchema,
  answer: z.string().meta({ description: 'Is it on the timeline, and if not, why not and what to do.' }),
  steps: z.array(
    z.object({
      code: z.string().meta({ example: 'matched' }),
      state: z.enum(storyStepStates),
      at: timestamp.nullable(),
      words: z.string(),
    }),
  ),
});

export const explanationSchema = z
  .object({
    event_id: z.string(),
    found: z.boolean(),
    answer: z.string(),
    check: z.array(z.string()).meta({ description: 'For an event that never arrived: what to look at.' }),
    connections: z.array(storySchema).meta({ description: 'One story per connection, in the order of the steps.' }),
  })
  .meta({ id: 'Explanation' });

/** Opaque to callers: a place in the log. */
export function toCursor({ at, id }: LogPosition): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url');
}

const positionSchema = z.tuple([z.int().min(0).max(8_640_000_000_000_000), z.string().max(300)]);

/** Null for a cursor that none of ours can be. */
export function fromCursor(cursor: string): LogPosition | null {
  try {
    const parsed = positionSchema.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return parsed.success ? { at: parsed.data[0], id: parsed.data[1] } : null;
  } catch {
    return null;
  }
}
