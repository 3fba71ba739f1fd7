// Reading the connections of a workspace together with the health of their portals.
import { healthOf, type Health } from '../domain/portal-health.ts';
import { CodedError } from '../errors.ts';
import type { Connection } from '../store/connections.ts';
import type { Portal } from '../store/portals.ts';
import type { Context } from './context.ts';

/** What may be shown of a portal: no tokens, no leases. */
type PortalHealth = Pick<
  Portal,
  | 'hubDomain'
  | 'auth'
  | 'state'
  | 'stateReason'
  | 'stateSince'
  | 'limited'
  | 'scopes'
  | 'lastRefreshAt'
  | 'expiresAt'
  | 'provisioning'
>;

export interface ConnectionView {
  connection: Connection;
  portal: PortalHealth;
  health: Health;
}

/** Also after a change: the health of a connection depends on both. */
export function viewOf({ now }: Pick<Context, 'now'>, connection: Connection, portal: Portal): ConnectionView {
  return { connection, portal, health: healthOf({ portal, connection, now: now() }) };
}

export async function listConnections(context: Context, workspaceId: string): Promise<ConnectionView[]> {
  const { store } = context;
  const connections = await store.connections.listOfWorkspace(workspaceId);
  const portals = await store.portals.findMany(connections.map(({ portalId }) => portalId));
  const byId = new Map(portals.map((portal) => [portal._id, portal]));
  return connections.flatMap((connection) => {
    const portal = byId.get(connection.portalId);
    return portal ? [viewOf(context, connection, portal)] : [];
  });
}

interface ConnectionKey {
  workspaceId: string;
  connectionId: string;
}

/** Throws `not_found`, in the same words for a connection of another workspace. */
export async function readConnection(context: Context, key: ConnectionKey): Promise<ConnectionView> {
  const { store } = context;
  const connection = await store.connections.find(key);
  const portal = connection && (await store.portals.find(connection.portalId));
  if (!connection || !portal) throw noSuchConnection(key.connectionId);
  return viewOf(context, connection, portal);
}

export function noSuchConnection(connectionId: string): CodedError {
  return new CodedError('not_found', `This workspace has no connection ${connectionId}.`, { field: 'connection_id' });
}
