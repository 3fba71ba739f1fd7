/** A portal as plain JSON, for people and for assertions. */
import type { CrmRecord, ObjectTypeId, PropertyDefinition, PropertyGroup } from '../state/crm.ts';
import type { Install } from '../state/oauth.ts';
import type { Portal } from '../state/portal.ts';
import type { SandboxState } from '../state/sandbox-state.ts';
import { objectTypes } from '../state/object-types.ts';
import type { TimelineEvent } from '../state/timeline.ts';

type DumpedTable = {
  records: CrmRecord[];
  aliases: Record<string, string>;
  /** The properties this account made itself, archived ones included. */
  customProperties: PropertyDefinition[];
  groups: PropertyGroup[];
};

export type PortalDump = {
  portalId: number;
  name: string;
  installs: Install[];
  objects: Record<string, DumpedTable>;
  associations: { from: string; to: string; typeIds: number[] }[];
  events: TimelineEvent[];
};

function dumpTable(portal: Portal, typeId: ObjectTypeId): DumpedTable {
  const table = portal.tables.get(typeId);
  return {
    records: [...(table?.records.values() ?? [])],
    aliases: Object.fromEntries(table?.aliases ?? []),
    customProperties: [...(table?.properties.values() ?? [])].filter(({ hubspotDefined }) => !hubspotDefined),
    groups: [...(table?.groups.values() ?? [])],
  };
}

function dumpAssociations(portal: Portal): PortalDump['associations'] {
  return [...portal.associations].flatMap(([from, byType]) =>
    [...byType].flatMap(([typeId, byId]) =>
      [...byId].map(([id, links]) => ({ from, to: `${typeId}/${id}`, typeIds: links.map((link) => link.typeId) })),
    ),
  );
}

export function dumpPortal(state: SandboxState, portal: Portal): PortalDump {
  return {
    portalId: portal.portalId,
    name: portal.name,
    installs: [...state.installs.values()].filter(({ portalId }) => portalId === portal.portalId),
    objects: Object.fromEntries(objectTypes.map(({ id, plural }) => [plural, dumpTable(portal, id)])),
    associations: dumpAssociations(portal),
    events: portal.timeline.events,
  };
}
