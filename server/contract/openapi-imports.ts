// The part of the OpenAPI document about many links at once.
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { z } from 'zod';
import {
  importColumns,
  importQuerySchema,
  importUndoneSchema,
  importUndoSchema,
  linkImportSchema,
  linkStatsQuerySchema,
  linkStatsSchema,
} from './import.ts';
import { operation } from './openapi-operation.ts';

const csv = z.string().meta({
  description: `At most 10,000 rows and 2 MB. The first row names the columns: ${importColumns.join(', ')}. Tags are separated by |.`,
  example:
    'slug,title,destination,tags\nq2-pricing,Q2 pricing PDF,https://www.example.com/pricing.pdf,sales-collateral|pdf',
});

export const importPaths: ZodOpenApiPathsObject = {
  '/v1/link-imports': {
    post: operation({
      id: 'postLinkImport',
      summary: 'Make many links from a CSV file',
      scope: 'links:write',
      query: importQuerySchema,
      body: csv,
      bodyType: 'text/csv',
      reply: {
        status: '202',
        schema: linkImportSchema,
        description:
          'The import, which runs by itself; or, with `dry_run=true`, what it would do. A row whose link is there with the same content changes nothing.',
      },
    }),
  },
  '/v1/link-imports/{import_id}': {
    get: operation({
      id: 'getLinkImport',
      summary: 'How far an import has come',
      scope: 'links:read',
      path: 'import_id',
      reply: { status: '200', schema: linkImportSchema, description: 'The import.' },
      refusals: ['404'],
    }),
  },
  '/v1/link-imports/{import_id}/undo': {
    post: operation({
      id: 'undoLinkImport',
      summary: 'Take an import back, a portion of 200 links per call',
      scope: 'links:write',
      path: 'import_id',
      body: importUndoSchema,
      reply: {
        status: '200',
        schema: importUndoneSchema,
        description:
          'Links that the import made and nobody has clicked are archived. Repeating it changes nothing more.',
      },
      refusals: ['404', '409'],
    }),
  },
  '/v1/link-stats': {
    get: operation({
      id: 'getLinkStats',
      summary: 'Clicks per link in the last 30 days',
      scope: 'links:read',
      query: linkStatsQuerySchema,
      reply: { status: '200', schema: linkStatsSchema, description: 'Counted up to 1,000 per link.' },
      refusals: ['400'],
    }),
  },
};
