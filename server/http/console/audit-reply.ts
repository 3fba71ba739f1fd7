// An entry of the audit log in the words of the wire.
import type { z } from 'zod';
import type { auditEntrySchema } from '../../contract/audit.ts';
import { auditWords } from '../../domain/audit-actions.ts';
import type { readAudit } from '../../flows/console/audit.ts';

type Entry = Awaited<ReturnType<typeof readAudit>>['entries'][number];

export function auditReply(entry: Entry): z.infer<typeof auditEntrySchema> {
  return {
    id: entry._id,
    at: entry.at.toISOString(),
    actor: entry.actor,
    action: entry.action,
    words: auditWords(entry.action),
    target: entry.target,
    fields: entry.fields,
    details: entry.details,
    request_id: entry.requestId,
  };
}
