// Says which HubSpot contact an Elido contact is. Clicks that wait for it are due at once.
import { CodedError } from '../errors.ts';
import type { Context } from './context.ts';
import { releaseWaiting } from './release-waiting.ts';

export interface ContactToLink {
  workspaceId: string;
  elidoContactId: string;
  hsContactId: string;
  portalId?: number | undefined;
}

/** Throws `invalid_request` when the portal is not one of the workspace's, or is not named and not the only one. */
export async function linkContact(
  context: Context,
  { workspaceId, elidoContactId, hsContactId, portalId }: ContactToLink,
): Promise<{ portalId: number }> {
  if (/^(\d{1,15}-)?\d+$/.test(elidoContactId)) {
    throw new CodedError('invalid_request', 'An Elido contact id is not a number: numbers are HubSpot contact ids.', {
      field: 'elido_contact_id',
    });
  }
  const portal = await choosePortal(context, workspaceId, portalId);
  await context.store.contactAliases.link({
    workspaceId,
    elidoContactId,
    portalId: portal,
    contactId: hsContactId,
    now: context.now(),
  });
  await releaseWaiting(context, { workspaceId, matchKeys: [`eid:${elidoContactId}`] });
  return { portalId: portal };
}

async function choosePortal({ store }: Context, workspaceId: string, portalId: number | undefined): Promise<number> {
  const connections = await store.connections.listOfWorkspace(workspaceId);
  const connected = connections
    .filter(({ state }) => state !== 'disconnected')
    .map((connection) => connection.portalId);
  const [only] = connected;
  if (portalId === undefined && connected.length === 1 && only !== undefined) return only;
  if (portalId !== undefined && connected.includes(portalId)) return portalId;
  const message = connected.length === 0 ? 'Connect a portal first.' : 'Name one of the connected portals.';
  throw new CodedError('invalid_request', message, { field: 'portal_id' });
}
