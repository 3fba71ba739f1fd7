// The audit log: writing an entry, and reading the log page by page.
import type { AuditQuery } from '../../contract/audit.ts';
import type { AuditAction } from '../../domain/audit-actions.ts';
import { idFloor } from '../../lib/ids.ts';
import type { AuditActor, AuditEntry } from '../../store/audit.ts';
import type { Context } from '../context.ts';

const dayMs = 24 * 3600_000;

interface NewEntry {
  workspaceId: string;
  actor: AuditActor;
  action: AuditAction;
  target: AuditEntry['target'];
  fields?: string[];
  details?: Record<string, unknown>;
  requestId: string;
}

/** What was done stays done when its entry cannot be written; the log of the process then says so. */
export async function recordAudit(context: Context, { fields = [], details = {}, ...entry }: NewEntry): Promise<void> {
  const { store, newId, now, config, log } = context;
  const at = now();
  try {
    await store.audit.add({
      _id: newId('audit'),
      ...entry,
      fields,
      details,
      at: new Date(at),
      expiresAt: new Date(at + config.retentionDays * dayMs),
    });
  } catch (error) {
    const { workspaceId, action, requestId } = entry;
    log.error({ workspaceId, action, requestId, err: error }, 'an entry of the audit log was lost');
  }
}

export async function readAudit(
  { store }: Context,
  workspaceId: string,
  { cursor, limit, actor_id: actorId, action, target_id: targetId, from, to }: AuditQuery,
): Promise<{ entries: AuditEntry[]; nextCursor: string | null }> {
  const ceiling = to === undefined ? undefined : idFloor('audit', to);
  const before = [cursor, ceiling].filter((one) => one !== undefined).sort()[0] ?? null;
  const floor = from === undefined ? null : idFloor('audit', from);
  const found = await store.audit.page({ workspaceId, actorId, action, targetId, before, floor, limit: limit + 1 });
  const entries = found.slice(0, limit);
  return { entries, nextCursor: found.length > limit ? (entries.at(-1)?._id ?? null) : null };
}
