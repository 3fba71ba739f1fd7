/** Counts and lists accepted timeline events: the proof that every event was written once. */
import * as z from 'zod';
import { eventsOf } from '../state/lookups.ts';
import { findObjectType } from '../state/object-types.ts';
import type { Portal } from '../state/portal.ts';
import type { TimelineEvent } from '../state/timeline.ts';
import { eventKey } from '../timeline/event-table.ts';
import { ControlError } from './control-error.ts';

const eventQuerySchema = z.strictObject({
  objectType: z.string().optional(),
  objectId: z.string().optional(),
  typeKey: z.string().optional(),
  limit: z.coerce.number().int().nonnegative().default(1000),
});

export type EventQuery = z.input<typeof eventQuerySchema>;

export type EventReport = {
  /** Acceptances that match. */
  accepted: number;
  /** Different events among them. `accepted - distinct` writes were doubled. */
  distinct: number;
  /** Acceptances by event type. */
  byType: Record<string, number>;
  /** Oldest first, at most `limit`. */
  events: TimelineEvent[];
};

export function queryEvents(portal: Portal, query: EventQuery): EventReport {
  const { objectType, objectId, typeKey, limit } = eventQuerySchema.parse(query);
  const type = objectType === undefined ? undefined : findObjectType(objectType);
  if ((objectType !== undefined || objectId !== undefined) && type === undefined)
    throw new ControlError('objectType: name an object type, e.g. contacts, together with objectId');
  const candidates =
    type !== undefined && objectId !== undefined ? eventsOf(portal, type.id, objectId) : portal.timeline.events;
  const matching = candidates.filter(
    (event) =>
      (type === undefined || event.objectTypeId === type.id) && (typeKey === undefined || event.typeKey === typeKey),
  );
  const distinct = new Set<string>();
  const byType: Record<string, number> = {};
  for (const { generation, appId, typeKey: key, id } of matching) {
    distinct.add(eventKey({ generation, appId, key }, id));
    byType[key] = (byType[key] ?? 0) + 1;
  }
  return { accepted: matching.length, distinct: distinct.size, byType, events: matching.slice(0, limit) };
}
