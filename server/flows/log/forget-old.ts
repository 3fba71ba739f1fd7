// Retention: what is final and old is forgotten, workspace by workspace, in small batches. Open deliveries are never touched,
// however old: they wait for somebody. Counters and rules look at recent events only and do not notice.
import { retentionDaysOf } from '../../domain/retention.ts';
import { touchDays } from '../card/touch-days.ts';
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
      const { old, last }: Awaited<ReturnType<typeof store.deliveries.oldFinal>> = await store.deliveries.oldFinal({
        workspaceId,
        before,
        after,
        limit: batch,
      });
      await touchDays({ store, now }, old);
      const gone = await store.deliveries.forgetFinal({ workspaceId, ids: old.map(({ _id }) => _id) });
      removed += gone;
      // What was left of a millisecond is looked at again, unless nothing of a whole batch could go.
      after = last !== null && gone === 0 && last === after ? last + 1 : last;
    } while (after !== null);
  }
  if (removed > 0) log.info({ removed }, 'old deliveries were forgotten');
  return removed;
}
