// The one place where events become deliveries: one per connection of the workspace, in one insert, and a hint to the worker.
import { makeDelivery, type Delivery } from '../domain/delivery.ts';
import { factsOf, type TrackedEvent } from '../domain/event.ts';
import type { Connection } from '../store/connections.ts';
import type { Context } from './context.ts';

/** `conflict`: the id is taken by an event that says something else. */
export type StoredAs = 'new' | 'duplicate' | 'conflict';

/** What became of each event, in order. Throws when the store does not answer: then nothing may be taken for stored. */
export async function storeEvents(context: Context, events: readonly TrackedEvent[]): Promise<StoredAs[]> {
  const deliveries = new Map<string, Delivery>();
  const outcomes: { id: string; digest: string; repeats: boolean }[] = [];
  const connections = await connectionsOfAll(context, events);
  for (const event of events) {
    const made = makeDeliveries(context, event, connections.get(factsOf(event).workspaceId) ?? []);
    const { _id: id, digest } = made[0];
    outcomes.push({ id, digest, repeats: deliveries.has(id) });
    for (const delivery of made) if (!deliveries.has(delivery._id)) deliveries.set(delivery._id, delivery);
  }
  const known = new Set(await context.store.deliveries.insertNew([...deliveries.values()]));
  const storedDigests = await context.store.deliveries.digestsOf([...known]);
  await wakePortals(context, deliveries, known);

  return outcomes.map(({ id, digest, repeats }) => {
    if (!repeats && !known.has(id)) return 'new';
    const stored = storedDigests.get(id) ?? deliveries.get(id)?.digest;
    return stored === digest ? 'duplicate' : 'conflict';
  });
}

/** Events are forwarded from the moment of connecting; without a connection the log keeps the event and says so. */
function makeDeliveries(
  { config }: Context,
  event: TrackedEvent,
  connections: readonly Connection[],
): [Delivery, ...Delivery[]] {
  const { at } = factsOf(event);
  const holdMs = config.clickHoldMs;
  const audience = connections.length;
  const [first, ...rest] = connections.filter((connection) => connection.connectedAt.getTime() <= at);
  if (!first) return [makeDelivery({ event, connection: null, audience, holdMs })];
  const make = (connection: Connection) => makeDelivery({ event, connection, audience, holdMs });
  return [make(first), ...rest.map(make)];
}

/** By workspace; asked once for each, however many events it has. */
async function connectionsOfAll(
  context: Context,
  events: readonly TrackedEvent[],
): Promise<ReadonlyMap<string, Connection[]>> {
  const found = new Map<string, Connection[]>();
  for (const workspaceId of new Set(events.map((event) => factsOf(event).workspaceId))) {
    found.set(workspaceId, await connectionsOf(context, workspaceId));
  }
  return found;
}

/** Paused connections still take events, which then wait. */
async function connectionsOf(context: Context, workspaceId: string): Promise<Connection[]> {
  const cached = context.caches.connections.get(workspaceId);
  if (cached?.fresh) return cached.value;
  const all = await context.store.connections.listOfWorkspace(workspaceId);
  const connections = all.filter(({ state }) => state !== 'disconnected');
  // "None" is not remembered: the first click after connecting must find its portal.
  if (connections.length > 0) context.caches.connections.set(workspaceId, connections);
  return connections;
}

async function wakePortals(context: Context, deliveries: Map<string, Delivery>, known: Set<string>): Promise<void> {
  const portalIds = new Set<number>();
  let firstDueAt = Number.POSITIVE_INFINITY;
  for (const { _id, portalId, dueAt } of deliveries.values()) {
    if (portalId === null || dueAt === null || known.has(_id)) continue;
    portalIds.add(portalId);
    firstDueAt = Math.min(firstDueAt, dueAt.getTime());
  }
  if (portalIds.size === 0) return;
  await context.waker.wake([...portalIds], firstDueAt);
  if (firstDueAt <= context.now()) context.nudge();
}
