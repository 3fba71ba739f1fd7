// Short links on the wire: making, changing, listing.
import { z } from 'zod';
import { safeId, shownText, slugText, timestamp } from './text.ts';
import { utmSchema } from './utm.ts';

const destination = z.string().min(1).max(2_048).meta({
  description: 'An http or https address outside this server.',
  example: 'https://www.example.com/pricing.pdf',
});
const title = shownText(200).trim().min(1);
const tags = z
  .array(shownText(64).trim().toLowerCase().min(1))
  .max(20)
  .meta({ description: 'Lower-cased. Threshold rules count by tag.', example: ['sales-collateral'] });

const track = z.boolean().meta({
  description: 'Adds `elido_click=<click id>` to the destination, so that conversions there know their click.',
});

export const newLinkSchema = z
  .strictObject({
    slug: slugText
      .optional()
      .meta({ description: 'Chosen for you (7 characters) when absent.', example: 'q2-pricing' }),
    title,
    destination,
    tags: tags.optional(),
    utm: utmSchema.optional(),
    track: track.optional(),
  })
  .meta({ id: 'NewLink' });

export type NewLink = z.infer<typeof newLinkSchema>;

export const linkChangeSchema = z
  .strictObject({
    title: title.optional(),
    destination: destination.optional(),
    tags: tags.optional(),
    utm: utmSchema.optional(),
    track: track.optional(),
    archived: z.boolean().optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'Send at least one field to change.')
  .meta({ id: 'LinkChange', description: 'The slug of a link never changes.' });

export type LinkChangeRequest = z.infer<typeof linkChangeSchema>;

export const linkListQuerySchema = z.strictObject({
  cursor: safeId(64).optional().meta({ description: '`next_cursor` of the page before.' }),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  archived: z.enum(['true', 'false']).default('false').meta({ description: 'Archived links too.' }),
  q: shownText(100)
    .trim()
    .min(1)
    .optional()
    .meta({ description: 'Words, or how they begin, of slug, title, tags and the host of the destination.' }),
  tag: shownText(64).trim().toLowerCase().min(1).optional(),
});

export const linkSchema = z
  .object({
    id: z.string(),
    slug: z.string(),
    short_url: z.url(),
    title: z.string(),
    destination: z.url(),
    tags: z.array(z.string()),
    utm: utmSchema,
    track,
    created_at: timestamp,
    updated_at: timestamp,
    archived_at: timestamp.nullable(),
  })
  .meta({ id: 'Link' });

export const linkListSchema = z
  .object({ links: z.array(linkSchema), next_cursor: z.string().nullable() })
  .meta({ id: 'LinkList' });
