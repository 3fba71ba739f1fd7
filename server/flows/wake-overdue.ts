// A process may die between storing deliveries and giving the worker its hint. This gives the hint again.
import type { Context } from './context.ts';

const overdueMs = 10_000;
const pageSize = 200;

export async function wakeOverdue({ store, now, nudge }: Context): Promise<void> {
  let afterId = 0;
  for (;;) {
    const portals = await store.portals.listConnected({ afterId, limit: pageSize });
    const overdue: number[] = [];
    for (const { _id, workAt } of portals) {
      afterId = _id;
      if (workAt && workAt.getTime() <= now()) continue;
      const next = await store.deliveries.nextDueAt(_id);
      if (next !== null && next <= now() - overdueMs) overdue.push(_id);
    }
    if (overdue.length > 0) {
      await store.portals.wake({ portalIds: overdue, at: now() });
      nudge();
    }
    if (portals.length < pageSize) return;
  }
}
