// Dialect "app events": HubSpot's current way, for apps it has approved. A batch is taken whole or not at all, and events never change.
import { CodedError, isCoded } from '../../errors.ts';
import type { PortalApi } from '../portal.ts';
import { cleanData, cleanText, cleanValues } from './clean-text.ts';
import { sameForAll, type EventType, type GroupResult, type TimelineDialect, type TimelineEvent } from './dialect.ts';
import { uidNames } from './app-event-names.ts';

export interface AppEventsOptions {
  /** HubSpot's own cap is not documented; 500 was seen to work. */
  groupSize?: number;
  /** uid or fully qualified name of each type. */
  names?: Record<EventType, string>;
}

export function makeAppEvents({ groupSize = 100, names = uidNames }: AppEventsOptions = {}): TimelineDialect {
  return {
    name: 'app_events',
    groupSize,
    allOrNothing: true,
    async writeGroup(portal, events, { resend }) {
      if (events.length === 0) return sameForAll(events, { status: 'written' });
      try {
        await sendBatch(portal, events, names);
        return sameForAll(events, { status: 'written' });
      } catch (error) {
        // 409: at least one of these ids is there. When they were only ever sent together, all of them are.
        if (isCoded(error, 'hubspot_conflict') && (resend || events.length === 1)) {
          return sameForAll(events, { status: 'already_there' });
        }
        if (isCoded(error, 'hubspot_conflict')) return { kind: 'split', because: 'conflict' };
        if (isCoded(error, 'hubspot_validation', 'hubspot_not_found')) return readRefusal(events, error);
        if (isCoded(error, 'hubspot_insufficient_permissions')) throw explainRights(error);
        throw error;
      }
    },
  };
}

async function sendBatch(
  portal: PortalApi,
  events: readonly TimelineEvent[],
  names: Record<EventType, string>,
): Promise<void> {
  await portal.call({
    ...portal.endpoint('appEventsBatch'),
    body: { inputs: events.map((event) => toWire(event, names)) },
  });
}

/** Always by object id: an email here could create a contact or change one. */
function toWire(event: TimelineEvent, names: Record<EventType, string>): Record<string, unknown> {
  return {
    eventTypeName: names[event.type],
    id: cleanText(event.id),
    objectId: event.objectId,
    timestamp: new Date(event.at).toISOString(),
    properties: cleanValues(event.properties),
    extraData: cleanData(event.extraData),
  };
}

/** An unknown event type fails all of its kind alike: no need to search for the row. */
function readRefusal(events: readonly TimelineEvent[], error: CodedError): GroupResult {
  const reason = error.details['reason'];
  const oneType = new Set(events.map(({ type }) => type)).size === 1;
  if (typeof reason !== 'string' || !/event type/i.test(reason) || !oneType) {
    return events.length === 1
      ? sameForAll(events, { status: 'failed', error })
      : { kind: 'split', because: 'refused' };
  }
  const unknownType = new CodedError(
    'hubspot_validation',
    `${reason} Upload the app's event types once HubSpot has approved them, or choose another event dialect for this connection.`,
    { details: error.details, cause: error },
  );
  return sameForAll(events, { status: 'failed', error: unknownType });
}

/** A refusal that names no scope is about the app itself. */
function explainRights(error: CodedError): CodedError {
  const { scopes } = error.details;
  if (Array.isArray(scopes) && scopes.length > 0) return error;
  return new CodedError(
    'hubspot_insufficient_permissions',
    "HubSpot does not let this app send app events: it needs HubSpot's approval first. Until then choose the notes dialect for this connection.",
    { details: error.details, cause: error },
  );
}
