// A page of the delivery log. It reads a bounded number of entries, however long the history and whatever the filter:
// when it stops looking before the page is full, the page is short and its position says where to go on.
import { isInLog, positionOf, type LogFilter, type LogPosition } from '../../domain/log-filter.ts';
import type { Delivery } from '../../domain/delivery.ts';
import type { Context } from '../context.ts';

const entriesAtOnce = 2_000;
const looksPerPage = 5;

export interface LogRequest {
  workspaceId: string;
  filter: LogFilter;
  after: LogPosition | null;
  limit: number;
}

export interface LogRead {
  deliveries: Delivery[];
  /** Null: nothing more matches. */
  next: LogPosition | null;
}

/** What arrives while somebody pages stands before the first page and shifts none of the others. */
export async function readLog(context: Context, { workspaceId, filter, after, limit }: LogRequest): Promise<LogRead> {
  if (filter.eventId !== undefined) return readEvent(context, { workspaceId, eventId: filter.eventId, filter });
  const { deliveries } = context.store;
  const found: Delivery[] = [];
  let before = after;
  for (let looks = 0; looks < looksPerPage; looks++) {
    const floor = await deliveries.logFloor({ workspaceId, filter, before, entries: entriesAtOnce });
    found.push(...(await deliveries.logPage({ workspaceId, filter, before, floor, limit: limit + 1 - found.length })));
    const last = found[limit - 1];
    if (found.length > limit && last) return { deliveries: found.slice(0, limit), next: positionOf(last) };
    if (floor === null) return { deliveries: found, next: null };
    before = { at: floor, id: '' };
  }
  return { deliveries: found, next: before };
}

interface EventRequest {
  workspaceId: string;
  eventId: string;
  filter: LogFilter;
}

/** An event has one delivery per connection: all of them are one page. */
async function readEvent({ store }: Context, { workspaceId, eventId, filter }: EventRequest): Promise<LogRead> {
  const all = await store.deliveries.listOfEvent({ workspaceId, eventId });
  return { deliveries: all.filter((delivery) => isInLog(delivery, filter)), next: null };
}
