// POST /v1/clicks on the wire: one click, or up to 1,000 of them. Rows are judged one by one, so that a bad one costs only itself.
import { z } from 'zod';
import { instant, safeId, shownText, slugText } from './text.ts';
import { utmSchema } from './utm.ts';

export const maxClicksPerRequest = 1_000;

export const clickRowSchema = z
  .strictObject({
    click_id: safeId(128).optional().meta({
      description: 'Your id of the click: sending the same one again changes nothing.',
      example: 'shop-000123',
    }),
    slug: slugText.optional().meta({ description: 'The link that was clicked, by slug.', example: 'q2-pricing' }),
    link_id: safeId(64).optional().meta({ description: 'The link that was clicked, by id.' }),
    occurred_at: instant.optional(),
    eid: safeId(64)
      .optional()
      .meta({ description: 'Who clicked: a HubSpot contact id, `<portal id>-<contact id>`, or an Elido contact id.' }),
    gclid: safeId(512).optional(),
    fbclid: safeId(512).optional(),
    utm: utmSchema.optional(),
    country: z
      .string()
      .regex(/^[A-Za-z]{2}$/, 'Two letters of ISO 3166: DE, US.')
      .toUpperCase()
      .optional()
      .meta({ example: 'DE' }),
    device: shownText(32).optional().meta({ example: 'mobile' }),
    referrer: shownText(2_048).optional(),
    user_agent: shownText(1_024).optional(),
    ip: z.union([z.ipv4(), z.ipv6()], { error: 'An IPv4 or IPv6 address.' }).optional(),
  })
  .refine((row) => (row.slug === undefined) !== (row.link_id === undefined), {
    path: ['slug'],
    message: 'Name the link by slug or by link_id, one of them.',
  })
  .meta({ id: 'Click' });

export type ClickRow = z.infer<typeof clickRowSchema>;

/** The rows themselves are checked one by one by the flow. */
export const clickBatchSchema = z.strictObject({ clicks: z.array(z.unknown()).min(1) });

/** For the document only: what the two checks above accept together. */
export const postClicksSchema = z.union([
  clickRowSchema,
  z.strictObject({ clicks: z.array(clickRowSchema).min(1).max(maxClicksPerRequest) }),
]);

const receiptSchema = z
  .object({
    index: z.int(),
    click_id: z.string().nullable(),
    status: z.enum(['accepted', 'duplicate', 'rejected']),
    error: z.object({ code: z.string(), message: z.string(), field: z.string().optional() }).optional(),
  })
  .meta({ id: 'ClickReceipt' });

export const clicksReplySchema = z
  .object({ accepted: z.int(), duplicates: z.int(), rejected: z.int(), results: z.array(receiptSchema) })
  .meta({ id: 'ClicksReply' });
