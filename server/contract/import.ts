// Bulk import of links on the wire: a CSV file, a dry run, and how far an import has come.
import { z } from 'zod';
import { safeId, timestamp } from './text.ts';

export const maxImportRows = 10_000;
export const maxImportBytes = 2 * 1024 * 1024;

/** The first row names the columns. `title` and `destination` are needed; tags are separated by `|`. */
export const importColumns = [
  'slug',
  'title',
  'destination',
  'tags',
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'utm_term',
  'utm_content',
  'track',
] as const;

export const importQuerySchema = z.strictObject({
  dry_run: z.enum(['true', 'false']).default('false').meta({ description: 'Only say what would be made.' }),
});

const rowErrorSchema = z.object({
  line: z.int().meta({ description: 'The line of the file; the heading is line 1.' }),
  field: z.string(),
  message: z.string(),
});

export const linkImportSchema = z
  .object({
    id: z.string().nullable().meta({ description: 'Null for a dry run.' }),
    dry_run: z.boolean(),
    state: z.enum(['checked', 'running', 'done']),
    rows: z.int(),
    done: z.int().meta({ description: 'Rows that were worked so far.' }),
    created: z.int().meta({ description: 'In a dry run: would be made.' }),
    unchanged: z.int().meta({ description: 'Were there already with the same content.' }),
    failed: z.int(),
    errors: z.array(rowErrorSchema).meta({ description: 'The first 200.' }),
    created_at: timestamp,
    ended_at: timestamp.nullable(),
  })
  .meta({ id: 'LinkImport' });

export const importUndoSchema = z
  .strictObject({ after: safeId(64).optional().meta({ description: '`next` of the call before.' }) })
  .meta({ id: 'ImportUndo' });

export const importUndoneSchema = z
  .object({
    archived: z.int().meta({ description: 'By this call: links that nobody has clicked.' }),
    kept: z.int().meta({ description: 'Looked at by this call, and clicked already.' }),
    next: z.string().nullable().meta({ description: 'Call again with it as `after`; null: that was all.' }),
  })
  .meta({ id: 'ImportUndone' });

export type ImportUndone = z.infer<typeof importUndoneSchema>;

export type LinkImport = z.infer<typeof linkImportSchema>;

export const linkStatsQuerySchema = z.strictObject({
  link_ids: z
    .string()
    .max(64 * 101)
    .transform((text) => text.split(','))
    .pipe(z.array(safeId(64)).min(1).max(100))
    .meta({ description: 'Up to 100 ids, comma-separated.' }),
});

export const linkStatsSchema = z
  .object({
    days: z.literal(30),
    links: z.array(
      z.object({
        link_id: z.string(),
        clicks: z.int(),
        at_least: z.boolean().meta({ description: 'True: counting stopped at this number.' }),
      }),
    ),
  })
  .meta({ id: 'LinkStats' });
