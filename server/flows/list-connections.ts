// Reading the connections of a workspace together with the health of their portals.
import { CodedError } from '../errors.ts';
import type { Connection } from '../store/connections.ts';
import type { Portal } from '../store/portals.ts';
import type { Context } from './context.ts';

/** What may be shown of a portal: no tokens, no leases. */
type PortalHealth = Pick<
  Portal,
  'hubDomain' | 'state' | 'stateReason' | 'stateSince' | 'scopes' | 'lastRefreshAt' | 'provisioning'
>;

export interface ConnectionView {
  connection: Connection;
  portal: PortalHealth;
}

export async function listConnections({ store }: Context, workspaceId: string): Promise<ConnectionView[]> {
  const connections = await store.connections.listOfWorkspace(workspaceId);
  const portals = await store.portals.findMany(connections.map(({ portalId }) => portalId));
  const byId = new Map(portals.map((portal) => [portal._id, portal]));
  return connections.flatMap((connection) => {
    const portal = byId.get(connection.portalId);
    return portal ? [{ connection, portal }] : [];
  });
}

interface ConnectionKey {
  workspaceId: string;
  connectionId: string;
}

/** Throws `not_found`, in the same words for a connection of another workspace. */
export async function readConnection({ store }: Context, key: ConnectionKey): Promise<ConnectionView> {
  const connection = await store.connections.find(key);
  const portal = connection && (await store.portals.find(connection.portalId));
  if (!connection || !portal) throw noSuchConnection(key.connectionId);
  return { connection, portal };
}

export function noSuchConnection(connectionId: string): CodedError {
  return new CodedError('not_found', `This workspace has no connection ${connectionId}.`, { field: 'connection_id' });
}
