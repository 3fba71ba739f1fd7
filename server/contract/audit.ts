// The audit log on the wire: who changed what and when. It holds no values, only the names of the fields that were sent.
import { z } from 'zod';
import { safeId, timestamp } from './text.ts';

const moment = z.iso
  .datetime({ offset: true, error: 'An ISO 8601 time with a zone: 2026-11-21T07:53:08Z.' })
  .transform((text) => Date.parse(text))
  .meta({ example: '2026-11-21T07:53:08Z' });

export const auditQuerySchema = z.strictObject({
  cursor: safeId(64).optional().meta({ description: '`next_cursor` of the page before.' }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  actor_id: safeId(64).optional().meta({ description: 'A member or an API key.' }),
  action: safeId(64).optional().meta({ example: 'link.create' }),
  target_id: safeId(64).optional().meta({ description: 'What was changed.' }),
  from: moment.optional(),
  to: moment.optional().meta({ description: 'The first moment that is not part of the span.' }),
});

export type AuditQuery = z.infer<typeof auditQuerySchema>;

export const auditEntrySchema = z
  .object({
    id: z.string(),
    at: timestamp,
    actor: z.object({
      kind: z.enum(['member', 'key', 'operator', 'hubspot_user']),
      id: z.string(),
      name: z.string(),
    }),
    action: z.string().meta({ example: 'link.create' }),
    words: z.string().meta({ example: 'made a short link' }),
    target: z.object({ kind: z.string(), id: z.string() }).nullable(),
    fields: z.array(z.string()).meta({ description: 'What was sent, by name.' }),
    details: z
      .record(z.string(), z.unknown())
      .meta({ description: 'Values that are no secret and no personal data: a role, a state.' }),
    request_id: z.string(),
  })
  .meta({ id: 'AuditEntry' });

export const auditListSchema = z
  .object({ entries: z.array(auditEntrySchema), next_cursor: z.string().nullable() })
  .meta({ id: 'AuditList' });
