/** Puts seeded apps and portals into the state. An existing app is replaced; an existing portal keeps its records and gets more. */
import type { SandboxContext } from '../context.ts';
import { ApiError } from '../http/api-error.ts';
import { associate } from '../crm/association-table.ts';
import { createRecord, type Change } from '../crm/records.ts';
import { validateValues } from '../crm/validate-values.ts';
import { findClash } from '../crm/conflicts.ts';
import { findRecord, tableOf } from '../state/lookups.ts';
import { newPortal } from '../state/new-portal.ts';
import { findObjectType } from '../state/object-types.ts';
import type { ObjectTypeId } from '../state/crm.ts';
import type { Portal } from '../state/portal.ts';
import { readDeclarations, toEventType } from '../timeline/declarations.ts';
import { ControlError } from './control-error.ts';
import type { PortalSeed, Seed } from './seed-schema.ts';

const DAY_MS = 86_400_000;
const seededTypes = ['contacts', 'companies', 'deals', 'notes'] as const;
type SeededType = (typeof seededTypes)[number];

/** Ids of the seeded records, in the order of the seed. */
export type SeededPortal = { portalId: number } & Record<SeededType, string[]>;

const typeIdOf = (name: SeededType): ObjectTypeId => {
  const type = findObjectType(name);
  if (type === undefined) throw new ControlError(`Unknown object type ${name}`);
  return type.id;
};

function settle(portal: Portal, seed: PortalSeed): void {
  const { name, domain, timeZone, currency, users, unavailableScopes, limits, writeRules } = seed;
  portal.name = name ?? portal.name;
  portal.domain = domain ?? portal.domain;
  portal.timeZone = timeZone ?? portal.timeZone;
  portal.currency = currency ?? portal.currency;
  portal.users = users ?? portal.users;
  portal.unavailableScopes = unavailableScopes ?? portal.unavailableScopes;
  portal.limits = {
    perTenSeconds: limits?.perTenSeconds ?? portal.limits.perTenSeconds,
    searchPerSecond: limits?.searchPerSecond ?? portal.limits.searchPerSecond,
    perDay: limits?.perDay ?? portal.limits.perDay,
  };
  portal.writeRules =
    writeRules?.map(({ objectType, ...rule }) => ({ objectTypeId: typeIdOf(objectType), ...rule })) ??
    portal.writeRules;
}

type RecordSeed = PortalSeed['contacts'][number];

function seedRecord(portal: Portal, name: SeededType, seed: RecordSeed, now: number): string {
  const typeId = typeIdOf(name);
  const where = `${name} ${seed.id ?? seed.properties['email'] ?? ''}`.trim();
  if (seed.id !== undefined && findRecord(tableOf(portal, typeId), seed.id) !== undefined)
    throw new ControlError(`${where}: a record with this id exists already`);
  try {
    const values = validateValues(portal, { typeId, record: null, readOnlyAllowed: true }, seed.properties);
    const clash = findClash(portal, typeId, values, null);
    if (clash !== null) throw new ControlError(`${where}: ${clash.name} ${clash.value} is taken by ${clash.owner.id}`);
    const change: Change = {
      now: seed.createdAt ?? now - DAY_MS,
      source: { sourceType: 'CRM_UI', sourceId: 'seed', sourceLabel: 'Seed' },
    };
    return createRecord(portal, { typeId, values, id: seed.id }, change).id;
  } catch (error) {
    if (error instanceof ApiError) throw new ControlError(`${where}: ${error.message}`);
    throw error;
  }
}

function seedAssociations(portal: Portal, seed: PortalSeed): void {
  for (const { from, to, typeId } of seed.associations) {
    const ends = [from, to].map(({ type, id }) => {
      const record = findRecord(tableOf(portal, typeIdOf(type)), id);
      if (record === undefined) throw new ControlError(`associations: there is no ${type} ${id}`);
      return record;
    });
    const [left, right] = ends;
    if (left !== undefined && right !== undefined) associate(portal, left, right, typeId);
  }
}

function seedPortal(context: SandboxContext, seed: PortalSeed): SeededPortal {
  const now = context.now();
  const { portals } = context.state;
  const { portalId } = seed;
  const portal = portals.get(portalId) ?? newPortal({ portalId, name: seed.name ?? `Account ${portalId}`, now });
  portals.set(portalId, portal);
  settle(portal, seed);
  const ids = (name: SeededType): string[] => seed[name].map((record) => seedRecord(portal, name, record, now));
  const seeded = {
    portalId,
    contacts: ids('contacts'),
    companies: ids('companies'),
    deals: ids('deals'),
    notes: ids('notes'),
  };
  seedAssociations(portal, seed);
  // A day old: nobody is told.
  portal.changes = [];
  return seeded;
}

function registerApps(context: SandboxContext, apps: Seed['apps']): void {
  const declarations = apps.length === 0 ? [] : readDeclarations(context.appEventsFolder);
  for (const app of apps) {
    context.state.apps.set(app.appId, app);
    for (const declaration of declarations) {
      const type = toEventType(declaration, app.appId, context.now());
      context.state.eventTypes.set(`app-event/${app.appId}/${type.key}`, type);
    }
  }
}

/** All or nothing: a seed with a mistake leaves the portals as they were. */
export function applySeed(context: SandboxContext, seed: Seed): { portals: SeededPortal[] } {
  const { portals } = context.state;
  const touched = [...new Set(seed.portals.map(({ portalId }) => portalId))];
  const before = touched.map((portalId) => [portalId, structuredClone(portals.get(portalId))] as const);
  try {
    const seeded = seed.portals.map((portal) => seedPortal(context, portal));
    registerApps(context, seed.apps);
    return { portals: seeded };
  } catch (error) {
    for (const [portalId, portal] of before) {
      if (portal === undefined) portals.delete(portalId);
      else portals.set(portalId, portal);
    }
    throw error;
  }
}
