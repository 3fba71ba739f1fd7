/** Keeps accepted events. Each acceptance is one entry: nothing here decides whether an event is welcome. */
import type { Portal } from '../state/portal.ts';
import type { EventType, TimelineEvent, TimelineTable } from '../state/timeline.ts';
import type { CrmRecord, ObjectTypeId } from '../state/crm.ts';

export type AcceptedEvent = Omit<TimelineEvent, 'index'>;

export function eventKey(type: Pick<EventType, 'generation' | 'appId' | 'key'>, id: string): string {
  return `${type.generation}/${type.appId}/${type.key}/${id}`;
}

export function findEvent(portal: Portal, type: EventType, id: string): TimelineEvent | undefined {
  const index = portal.timeline.byKey.get(eventKey(type, id));
  return index === undefined ? undefined : portal.timeline.events[index];
}

function indexEvent(table: TimelineTable, key: string, index: number): void {
  const indexes = table.byObject.get(key);
  if (indexes === undefined) table.byObject.set(key, [index]);
  else indexes.push(index);
}

export function addEvent(portal: Portal, accepted: AcceptedEvent): TimelineEvent {
  const { timeline } = portal;
  const event: TimelineEvent = { index: timeline.events.length, ...accepted };
  timeline.events.push(event);
  const { generation, appId, typeKey: key } = event;
  timeline.byKey.set(eventKey({ generation, appId, key }, event.id), event.index);
  indexEvent(timeline, `${event.objectTypeId}/${event.objectId}`, event.index);
  return event;
}

/** After a merge the survivor shows the events of both. */
export function moveEvents(portal: Portal, from: { typeId: ObjectTypeId; id: string }, to: CrmRecord): void {
  const { timeline } = portal;
  const moved = timeline.byObject.get(`${from.typeId}/${from.id}`) ?? [];
  timeline.byObject.delete(`${from.typeId}/${from.id}`);
  for (const index of moved) {
    const event = timeline.events[index];
    if (event === undefined) continue;
    event.objectId = to.id;
    indexEvent(timeline, `${to.typeId}/${to.id}`, index);
  }
  timeline.byObject.get(`${to.typeId}/${to.id}`)?.sort((a, b) => a - b);
}

/** After a deletion for good the acceptances still count, but hold nothing of the person. */
export function forgetEvents(portal: Portal, record: CrmRecord): void {
  const { timeline } = portal;
  const key = `${record.typeId}/${record.id}`;
  for (const index of timeline.byObject.get(key) ?? []) {
    const event = timeline.events[index];
    if (event !== undefined) Object.assign(event, { email: null, properties: {}, extraData: null });
  }
  timeline.byObject.delete(key);
}
