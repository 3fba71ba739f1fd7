// The settings page: how the connection is, what it is set to, and whether each setting still fits the account. From our own store alone.
import type { CardIdentity } from '../../domain/card/identity.ts';
import { checkFieldMapping, mappingSources, typesFor } from '../../domain/field-mapping.ts';
import { askedScopes } from '../../domain/scopes.ts';
import type { Connection } from '../../store/connections.ts';
import type { KnownProperty } from '../../store/portal-metadata.ts';
import type { StoredRule } from '../../store/rules.ts';
import type { Workspace } from '../../store/workspaces.ts';
import type { Context } from '../context.ts';
import { viewOf, type ConnectionView } from '../list-connections.ts';
import { knownMetadata } from '../reading/portal-metadata.ts';
import { openCardPortal, type CardPortal } from './card-portal.ts';
import { findConnection } from './choose-connection.ts';
import { mayChange } from './may-change.ts';
import { queueLookedAt } from './read-home.ts';
import type { QueueDepth } from '../../store/delivery-log.ts';

export interface SettingsView {
  card: CardPortal;
  identity: CardIdentity;
  canChange: boolean;
  workspaces: ReadonlyMap<string, Workspace>;
  selected: ConnectionView | null;
  mapping: { row: Connection['mapping'][number]; property: KnownProperty | null; problem: string | null }[];
  rules: readonly StoredRule[];
  queue: readonly QueueDepth[];
  scopes: { scope: string; granted: boolean; reason: string; without: string }[];
  sources: { source: (typeof mappingSources)[number]; types: string[] }[];
}

export interface AskedSettings {
  identity: CardIdentity;
  connectionId?: string | undefined;
}

export async function readSettings(context: Context, { identity, connectionId }: AskedSettings): Promise<SettingsView> {
  const { store } = context;
  const { portalId } = identity;
  const card = await openCardPortal(context, portalId);
  const connection = findConnection(card, connectionId);
  const [canChange, workspaces, properties, rules, queue] = await Promise.all([
    connection ? mayChange(context, card, { identity, workspaceId: connection.workspaceId }) : false,
    Promise.all(card.workspaceIds.map((id) => store.workspaces.find(id))),
    connection ? knownMetadata(context, { portalId, kind: 'contacts' }) : null,
    store.rules.listOfConnections(connection ? [connection._id] : []),
    connection ? store.deliveries.queueOf({ portalId, limit: queueLookedAt }) : [],
  ]);
  return {
    card,
    identity,
    canChange,
    workspaces: new Map(workspaces.flatMap((one) => (one ? [[one._id, one]] : []))),
    selected: connection && card.portal ? viewOf(context, connection, card.portal) : null,
    mapping: connection ? checkedMapping(connection, properties) : [],
    rules,
    queue,
    scopes: askedScopes(card.portal?.scopes ?? []),
    sources: mappingSources.map((source) => ({ source, types: [...typesFor(source)] })),
  };
}

/** While the properties of the account are not known, no row is said to be wrong. */
function checkedMapping({ mapping }: Connection, properties: readonly KnownProperty[] | null): SettingsView['mapping'] {
  const byName = new Map(properties?.map((one) => [one.name, one]));
  const problems = properties ? checkFieldMapping(mapping, properties) : [];
  return mapping.map((row, index) => ({
    row,
    property: byName.get(row.property) ?? null,
    problem: problems.find((one) => one.row === index)?.reason ?? null,
  }));
}
