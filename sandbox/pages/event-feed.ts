// Gathers what a record's timeline shows: accepted events and associated notes, newest first, one page at a time.
// It decides order, filter and page; it makes no markup.
import type { CrmRecord } from '../state/crm.ts';
import { associatedIds, eventsOf, findRecord, tableOf, typeOfEvent } from '../state/lookups.ts';
import type { Portal } from '../state/portal.ts';
import type { SandboxState } from '../state/sandbox-state.ts';
import type { EventType, TimelineEvent } from '../state/timeline.ts';

export type FeedItem = { filter: string; typeName: string; at: number } & (
  | { kind: 'event'; event: TimelineEvent; type: EventType | undefined; appName: string; acceptances: number }
  | { kind: 'note'; note: CrmRecord }
);

type FeedFilter = { filter: string; label: string; count: number };

export type Feed = { items: FeedItem[]; filters: FeedFilter[]; total: number; page: number; pages: number };

const pageSize = 50;

export function readFeed(input: {
  state: SandboxState;
  portal: Portal;
  record: CrmRecord;
  filter: string | undefined;
  page: number;
}): Feed {
  const { state, portal, record, filter, page } = input;
  const all = [...eventItems(state, portal, record), ...noteItems(portal, record)];
  const chosen = filter === undefined ? all : all.filter((item) => item.filter === filter);
  chosen.sort((a, b) => b.at - a.at);
  const pages = Math.max(1, Math.ceil(chosen.length / pageSize));
  const shown = Math.min(page, pages);
  return {
    items: chosen.slice((shown - 1) * pageSize, shown * pageSize),
    filters: countFilters(all),
    total: chosen.length,
    page: shown,
    pages,
  };
}

/** One item per event id: a doubled write is shown once with its number of acceptances, the last one on top. */
function eventItems(state: SandboxState, portal: Portal, record: CrmRecord): FeedItem[] {
  const byId = new Map<string, Extract<FeedItem, { kind: 'event' }>>();
  for (const event of eventsOf(portal, record.typeId, record.id)) {
    const filter = `${event.generation}/${event.appId}/${event.typeKey}`;
    const key = `${filter}/${event.id}`;
    const type = typeOfEvent(state, event);
    byId.set(key, {
      kind: 'event',
      filter,
      typeName: type?.name ?? event.typeKey,
      at: event.timestamp,
      event,
      type,
      appName: state.apps.get(event.appId)?.name ?? `App ${event.appId}`,
      acceptances: (byId.get(key)?.acceptances ?? 0) + 1,
    });
  }
  return [...byId.values()];
}

function noteItems(portal: Portal, record: CrmRecord): FeedItem[] {
  const notes = tableOf(portal, '0-46');
  return associatedIds(portal, record, '0-46').flatMap((id) => {
    const note = findRecord(notes, id);
    if (note === undefined || note.archived) return [];
    return [{ kind: 'note' as const, filter: 'notes', typeName: 'Notes', at: noteTime(note), note }];
  });
}

/** `hs_timestamp` is ISO text or milliseconds. */
function noteTime(note: CrmRecord): number {
  const text = note.values['hs_timestamp'] ?? '';
  const time = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  return Number.isNaN(time) ? note.createdAt : time;
}

function countFilters(items: readonly FeedItem[]): FeedFilter[] {
  const counts = new Map<string, FeedFilter>();
  for (const { filter, typeName } of items) {
    const known = counts.get(filter);
    if (known) known.count += 1;
    else counts.set(filter, { filter, label: typeName, count: 1 });
  }
  return [...counts.values()].sort((a, b) => a.label.localeCompare(b.label));
}
