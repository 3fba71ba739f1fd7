// What people set for a portal and what HubSpot says its pipelines are, remembered by this process from one batch to the next, so that a
// click that comes alone asks for none of it. Every change is counted in the portal's document: what was read under another count is
// read anew. What a process died in the middle of changing is new after ten minutes.
import type { Board } from '../../domain/deals.ts';
import type { Connection } from '../../store/connections.ts';
import type { Portal } from '../../store/portals.ts';
import type { ActiveRule } from '../../store/rules.ts';
import type { Workspace } from '../../store/workspaces.ts';
import type { Context } from '../context.ts';

export interface PortalSettings {
  /** All of them, by id. */
  connections: ReadonlyMap<string, Connection>;
  workspaces: Map<string, Workspace | null>;
  /** Of all connections; null until somebody asked. */
  rules: readonly ActiveRule[] | null;
  boards: readonly Board[] | null;
}

export interface KnownSettings {
  count: number;
  settings: PortalSettings;
}

/** As they were when the portal was read, or newer. */
export async function readSettings(
  { store, caches }: Context,
  { _id: portalId, settingsSeq: count = 0 }: Portal,
): Promise<PortalSettings> {
  const known = caches.portalSettings.get(String(portalId));
  if (known?.fresh && known.value.count === count) return known.value.settings;
  const connections = await store.connections.listOfPortal(portalId);
  const settings: PortalSettings = {
    connections: new Map(connections.map((one) => [one._id, one])),
    workspaces: new Map(),
    rules: null,
    boards: null,
  };
  // None: the portal is being connected right now.
  if (connections.length > 0) caches.portalSettings.set(String(portalId), { count, settings });
  return settings;
}

export async function workspaceOf(
  { store }: Context,
  { workspaces }: PortalSettings,
  workspaceId: string,
): Promise<Workspace | null> {
  const known = workspaces.get(workspaceId);
  if (known !== undefined) return known;
  const found = await store.workspaces.find(workspaceId);
  workspaces.set(workspaceId, found);
  return found;
}

export async function enabledRules({ store }: Context, settings: PortalSettings): Promise<readonly ActiveRule[]> {
  settings.rules ??= await store.rules.listEnabled([...settings.connections.keys()]);
  return settings.rules;
}
