// A process may die between storing deliveries and giving the worker its hint. This gives the hint again, and counts the
// portals by state on its way.
import type { Context } from './context.ts';

const overdueMs = 10_000;
const pageSize = 200;

export async function wakeOverdue(context: Context): Promise<void> {
  const { store, now, nudge } = context;
  const seen: PortalCounts = { connected: 0, insufficient_permissions: 0, circuit_open: 0 };
  let afterId = 0;
  for (;;) {
    const portals = await store.portals.listConnected({ afterId, limit: pageSize });
    const resting: number[] = [];
    for (const { _id, workAt, limited, breaker } of portals) {
      afterId = _id;
      seen.connected += 1;
      if (limited) seen.insufficient_permissions += 1;
      if (breaker?.openUntil) seen.circuit_open += 1;
      if (workAt && workAt.getTime() <= now()) continue;
      resting.push(_id);
    }
    const overdue = await store.deliveries.overdueAmong({ portalIds: resting, before: now() - overdueMs });
    if (overdue.length > 0) {
      await store.portals.wake({ portalIds: overdue, at: now() });
      nudge();
    }
    if (portals.length < pageSize) break;
  }
  await countPortals(context, seen);
}

type PortalCounts = Record<'connected' | 'insufficient_permissions' | 'circuit_open', number>;

/** As this process saw them; the same in every process. */
async function countPortals({ store, metrics }: Context, seen: PortalCounts): Promise<void> {
  for (const [state, count] of Object.entries(seen)) metrics.portals.set({ state }, count);
  for (const state of ['needs_sign_in', 'uninstalled'] as const)
    metrics.portals.set({ state }, await store.portals.countIn(state));
}
