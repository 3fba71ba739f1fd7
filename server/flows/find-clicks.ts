// Clicks of a workspace by their ids, for conversions that name one. Two questions to the store, however many clicks.
import type { Click } from '../domain/click.ts';
import { deliveryId } from '../domain/delivery.ts';
import type { Context } from './context.ts';

export interface ClicksToFind {
  workspaceId: string;
  clickIds: readonly string[];
}

/** By click id; what the workspace never saw is absent. A click lives in its deliveries, whose ids name the connection. */
export async function findClicks(
  { store }: Context,
  { workspaceId, clickIds }: ClicksToFind,
): Promise<ReadonlyMap<string, Click>> {
  if (clickIds.length === 0) return new Map();
  const connections = await store.connections.listOfWorkspace(workspaceId);
  // A click from before the first connection is kept under the workspace itself.
  const holders = [workspaceId, ...connections.map(({ _id }) => _id)];
  const found = await store.deliveries.findMany(
    clickIds.flatMap((clickId) => holders.map((holder) => deliveryId(clickId, holder))),
  );
  return new Map(found.flatMap((delivery) => (delivery.kind === 'click' ? [[delivery.eventId, delivery.click]] : [])));
}
