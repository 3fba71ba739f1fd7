// Changes what a connection forwards and how, pauses it and resumes it. What waited during a pause is due when it ends.
import type { ConnectionChangeRequest } from '../contract/connection.ts';
import { chooseStage } from '../domain/conversion-stage.ts';
import type { StageChoice } from '../domain/deals.ts';
import { CodedError } from '../errors.ts';
import { listDealPipelines } from '../hubspot/pipelines.ts';
import { askPortal } from './ask-portal.ts';
import type { Context } from './context.ts';
import { requestProvisioning } from './provision.ts';
import { noSuchConnection, readConnection, type ConnectionView } from './list-connections.ts';

interface ChangeConnection {
  workspaceId: string;
  connectionId: string;
  change: ConnectionChangeRequest;
}

export async function changeConnection(
  context: Context,
  { workspaceId, connectionId, change }: ChangeConnection,
): Promise<ConnectionView> {
  const { connection } = await readConnection(context, { workspaceId, connectionId });
  if (connection.state === 'disconnected') {
    throw new CodedError('conflict', 'This portal is disconnected. Install the app again to connect it.', {
      field: 'state',
    });
  }
  const { conversion_stage: wanted } = change;
  const conversionStage = wanted ? await checkStage(context, connection.portalId, wanted) : wanted;
  const since = change.state && change.state !== connection.state ? { stateSince: new Date(context.now()) } : {};
  const set = { ...definedOf(change), ...since, ...(conversionStage === undefined ? {} : { conversionStage }) };
  const changed = await context.store.connections.change({ workspaceId, connectionId, set });
  if (!changed) throw noSuchConnection(connectionId);
  context.caches.connections.delete(workspaceId);
  if (connection.state === 'paused' && changed.state === 'active')
    await resume(context, connectionId, changed.portalId);
  if (connection.dialect !== changed.dialect) await tryAnew(context, changed.portalId);
  return readConnection(context, { workspaceId, connectionId });
}

/** Against the pipelines as they are in the portal now. Throws `mapping_refused` with the names there are. */
async function checkStage(context: Context, portalId: number, wanted: StageChoice): Promise<StageChoice> {
  const verdict = chooseStage(await listDealPipelines(askPortal(context, portalId)), wanted);
  if (verdict.ok) return verdict.choice;
  const { field, reason, available } = verdict;
  throw new CodedError('mapping_refused', reason, { field: `conversion_stage.${field}`, details: { available } });
}

/** HubSpot may have denied the other dialect only. */
async function tryAnew(context: Context, portalId: number): Promise<void> {
  const { store, now, nudge } = context;
  await requestProvisioning(context, portalId);
  await store.portals.unlimit(portalId);
  await store.deliveries.release({ filter: { portalId, state: 'blocked_auth' }, now: now() });
  await store.portals.wake({ portalIds: [portalId], at: now() });
  nudge();
}

async function resume({ store, now, nudge }: Context, connectionId: string, portalId: number): Promise<void> {
  await store.deliveries.release({
    filter: { portalId, connectionId, state: 'held', reason: 'connection_paused' },
    now: now(),
  });
  await store.portals.wake({ portalIds: [portalId], at: now() });
  nudge();
}

function definedOf({ mode, dialect, state }: ConnectionChangeRequest) {
  return { ...(mode ? { mode } : {}), ...(dialect ? { dialect } : {}), ...(state ? { state } : {}) };
}
