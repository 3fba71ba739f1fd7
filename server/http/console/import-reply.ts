// An import of links in the words of the wire.
import type { LinkImport as LinkImportReply } from '../../contract/import.ts';
import type { readImport } from '../../flows/console/link-import.ts';

type LinkImport = Awaited<ReturnType<typeof readImport>>;

export function importReply(one: LinkImport): LinkImportReply {
  return {
    id: one._id,
    dry_run: false,
    state: one.state,
    rows: one.total,
    done: one.done,
    created: one.created,
    unchanged: one.unchanged,
    failed: one.failed,
    errors: one.errors,
    created_at: one.createdAt.toISOString(),
    ended_at: one.endedAt?.toISOString() ?? null,
  };
}
