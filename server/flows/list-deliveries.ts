// The delivery log of one event: where it is on its way to each connection, and why.
import type { Delivery } from '../domain/delivery.ts';
import type { Context } from './context.ts';

/** Empty when the workspace has no such event. */
export async function listDeliveries(
  { store }: Context,
  key: { workspaceId: string; eventId: string },
): Promise<Delivery[]> {
  return store.deliveries.listOfEvent(key);
}
