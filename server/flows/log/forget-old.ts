// Retention: what is final and old is forgotten, workspace by workspace, in small batches. Open deliveries are never touched,
// however old: they wait for somebody. Counters and rules look at recent events only and do not notice.
import { retentionDaysOf } from '../../domain/retention.ts';
import type { Context } from '../context.ts';

const batch = 1_000;
const dayMs = 24 * 3600_000;

/** Returns how many deliveries were removed. `signal` ends it after the current batch. */
export async function forgetOld({ store, config, now, log }: Context, signal?: AbortSignal): Promise<number> {
  let removed = 0;
  for (const workspace of await store.workspaces.list()) {
    const workspaceId = workspace._id;
    const before = now() - retentionDaysOf(workspace, config) * dayMs;
    let after: number | null = null;
    do {
      if (signal?.aborted) return removed;
      const done = await store.deliveries.forgetFinal({ workspaceId, before, after, limit: batch });
      removed += done.removed;
      // What was left of a millisecond is looked at again, unless nothing of a whole batch could go.
      after = done.last !== null && done.removed === 0 && done.last === after ? done.last + 1 : done.last;
    } while (after !== null);
  }
  if (removed > 0) log.info({ removed }, 'old deliveries were forgotten');
  return removed;
}
