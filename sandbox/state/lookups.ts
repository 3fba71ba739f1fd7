/** Read-only lookups that the API and the pages share. They never change the state. */
import type { CrmRecord, ObjectTable, ObjectTypeId } from './crm.ts';
import type { Portal } from './portal.ts';
import type { SandboxState } from './sandbox-state.ts';
import type { EventType, TimelineEvent } from './timeline.ts';

export function tableOf(portal: Portal, typeId: ObjectTypeId): ObjectTable {
  const table = portal.tables.get(typeId);
  if (table === undefined) throw new Error(`Portal ${portal.portalId} has no table ${typeId}.`);
  return table;
}

/** The record behind an id, through merges. Archived records are found too: look at `archived`. */
export function findRecord(table: ObjectTable, id: string): CrmRecord | undefined {
  return table.records.get(id) ?? table.records.get(table.aliases.get(id) ?? '');
}

/** Accepted events of a record, oldest acceptance first. */
export function eventsOf(portal: Portal, typeId: ObjectTypeId, id: string): TimelineEvent[] {
  const record = findRecord(tableOf(portal, typeId), id);
  const indexes = portal.timeline.byObject.get(`${typeId}/${record?.id ?? id}`) ?? [];
  return indexes.flatMap((index) => portal.timeline.events[index] ?? []);
}

export function typeOfEvent(state: SandboxState, event: TimelineEvent): EventType | undefined {
  return state.eventTypes.get(`${event.generation}/${event.appId}/${event.typeKey}`);
}

/** Ids of the records of one type associated with a record. */
export function associatedIds(portal: Portal, from: { typeId: ObjectTypeId; id: string }, to: ObjectTypeId): string[] {
  return [...(portal.associations.get(`${from.typeId}/${from.id}`)?.get(to)?.keys() ?? [])];
}
