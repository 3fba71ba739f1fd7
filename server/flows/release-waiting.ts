// Makes the deliveries that wait for one of these keys due, and tells the workers of their portals.
import type { Context } from './context.ts';

export async function releaseWaiting(
  { store, now, nudge }: Context,
  { workspaceId, matchKeys }: { workspaceId: string; matchKeys: string[] },
): Promise<void> {
  const portalIds = await store.deliveries.portalsWaitingFor({ workspaceId, matchKeys });
  if (portalIds.length === 0) return;
  await store.deliveries.release({ filter: { workspaceId, matchKeys, state: 'waiting_contact' }, now: now() });
  await store.portals.wake({ portalIds, at: now() });
  nudge();
}
