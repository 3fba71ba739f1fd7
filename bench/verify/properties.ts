// Checks the properties of contacts and deals against the timelines: the counter is the number of clicks shown, and the
// UTM values are those of the newest click. Pure.
import { clickIdOf, isOnContact, type SeenEvent } from './timelines.ts';

export interface SeenRecord {
  id: string;
  values: Record<string, string | null>;
}

export interface SeenRecords {
  contacts: readonly SeenRecord[];
  deals: readonly SeenRecord[];
}

/** What is wrong, in words; empty when all is right. */
export function judgeProperties({ contacts, deals }: SeenRecords, events: readonly SeenEvent[]): string[] {
  const onContacts = byRecord(events.filter(isOnContact));
  const onDeals = byRecord(events.filter((event) => !isOnContact(event)));
  return [
    ...contacts.flatMap((record) => [
      ...judgeCounter('contact', record, onContacts.get(record.id) ?? []),
      ...judgeUtm(record, onContacts.get(record.id) ?? []),
    ]),
    ...deals.flatMap((record) => judgeCounter('deal', record, onDeals.get(record.id) ?? [])),
  ];
}

function byRecord(events: readonly SeenEvent[]): Map<string, SeenEvent[]> {
  const groups = new Map<string, SeenEvent[]>();
  for (const event of events) {
    const group = groups.get(event.objectId);
    if (group) group.push(event);
    else groups.set(event.objectId, [event]);
  }
  return groups;
}

function judgeCounter(kind: string, { id, values }: SeenRecord, events: readonly SeenEvent[]): string[] {
  const clicks = new Set(events.map(clickIdOf)).size;
  const counter = Number(values['elido_recent_link_clicks'] ?? 0);
  return counter === clicks ? [] : [`${kind} ${id}: the counter says ${counter}, the timeline shows ${clicks} clicks`];
}

function judgeUtm({ id, values }: SeenRecord, events: readonly SeenEvent[]): string[] {
  const newest = events.reduce<SeenEvent | undefined>(
    (best, event) => (isNewer(event, best) ? event : best),
    undefined,
  );
  if (!newest) return [];
  const utm = utmOf(newest);
  return (['source', 'campaign', 'medium'] as const).flatMap((name) => {
    const value = values[`elido_last_utm_${name}`] ?? '';
    const should = utm[name] ?? '';
    return value === should
      ? []
      : [`contact ${id}: elido_last_utm_${name} is "${value}", the newest click has "${should}"`];
  });
}

/** The same order as the touches: by time, and by id where times are equal. */
function isNewer(event: SeenEvent, best: SeenEvent | undefined): boolean {
  if (!best || event.timestamp > best.timestamp) return true;
  return event.timestamp === best.timestamp && clickIdOf(event) > clickIdOf(best);
}

function utmOf({ extraData }: SeenEvent): Record<string, string | undefined> {
  return (extraData as { utm?: Record<string, string | undefined> } | null)?.utm ?? {};
}
