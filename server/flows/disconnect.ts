// Takes a portal from a workspace. Sending stops at once, whatever HubSpot answers; links, mapping and log stay.
// The app is uninstalled in HubSpot when no other workspace uses the portal (HubSpot asks this of listed apps).
import { toCoded } from '../errors.ts';
import { uninstallApp } from '../hubspot/oauth.ts';
import type { Connection } from '../store/connections.ts';
import { askPortal } from './ask-portal.ts';
import type { Context } from './context.ts';
import { noSuchConnection, readConnection, type ConnectionView } from './list-connections.ts';

/** `kept`: another workspace uses the portal, or it is connected by a private app token. `failed`: HubSpot could not be told; the call may be repeated. */
export type UninstallOutcome = 'uninstalled' | 'kept' | 'failed';

interface Disconnect {
  workspaceId: string;
  connectionId: string;
}

export async function disconnect(
  context: Context,
  { workspaceId, connectionId }: Disconnect,
): Promise<ConnectionView & { hubspot: UninstallOutcome }> {
  const set = { state: 'disconnected', stateSince: new Date(context.now()) } as const;
  const connection = await context.store.connections.change({ workspaceId, connectionId, set });
  if (!connection) throw noSuchConnection(connectionId);
  context.caches.connections.delete(workspaceId);
  const hubspot = await uninstallIfUnused(context, connection);
  await context.store.portals.wake({ portalIds: [connection.portalId], at: context.now() });
  context.log.info({ portalId: connection.portalId, workspaceId, connectionId, hubspot }, 'portal disconnected');
  return { ...(await readConnection(context, { workspaceId, connectionId })), hubspot };
}

async function uninstallIfUnused(context: Context, { portalId }: Connection): Promise<UninstallOutcome> {
  const { store, now } = context;
  const others = await store.connections.listOfPortal(portalId);
  if (others.some(({ state }) => state !== 'disconnected')) return 'kept';
  const portal = await store.portals.find(portalId);
  // Nobody but a person removes a private app.
  if (portal?.auth === 'private_app') {
    await store.portals.setState({ portalId, state: 'uninstalled', reason: 'disconnected', now: now() });
    return 'kept';
  }
  // Without a live token HubSpot has ended the installation itself.
  if (portal?.state === 'connected' && !(await uninstalled(context, portalId))) return 'failed';
  await store.portals.setState({ portalId, state: 'uninstalled', reason: 'disconnected', now: now() });
  return 'uninstalled';
}

async function uninstalled(context: Context, portalId: number): Promise<boolean> {
  try {
    await uninstallApp(askPortal(context, portalId));
    return true;
  } catch (error) {
    const coded = toCoded(error);
    if (coded.code === 'hubspot_token_revoked') return true;
    context.log.warn({ portalId, code: coded.code }, 'the app could not be uninstalled in HubSpot');
    return false;
  }
}
