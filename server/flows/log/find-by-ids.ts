// Deliveries by their own ids, or by the ids of their events: an id of a delivery has an @, that of an event has none.
import { deliveryId, type Delivery } from '../../domain/delivery.ts';
import type { Context } from '../context.ts';

export async function findByIds(
  { store }: Context,
  { workspaceId, ids }: { workspaceId: string; ids: readonly string[] },
): Promise<Delivery[]> {
  const connections = await store.connections.listOfWorkspace(workspaceId);
  const holders = [workspaceId, ...connections.map(({ _id }) => _id)];
  const wanted = ids.flatMap((id) => (id.includes('@') ? [id] : holders.map((holder) => deliveryId(id, holder))));
  const found = await store.deliveries.findMany([...new Set(wanted)]);
  return found.filter((delivery) => delivery.workspaceId === workspaceId);
}
