// What HubSpot tells by webhook, in one form whatever shape it came in. Plain data, no I/O.
import { digestOf } from '../lib/ids.ts';

export interface WebhookEvent {
  portalId: number;
  appId: number | null;
  /** `contact.merge`; `object.merge` of a contact is the same. */
  type: string;
  objectId: string | null;
  /** Milliseconds since 1970. */
  occurredAt: number;
  property: string | null;
  value: string | null;
  /** After a merge: the ids that lead to `newId` from now on. */
  mergedIds: string[];
  newId: string | null;
  /** Who changed it, in HubSpot's words: `CRM_UI`, `INTEGRATION`, `IMPORT`. */
  source: string | null;
}

/** Equal for an event that HubSpot sends again. `eventId` is left out: it is not unique. */
export function receiptIdOf(event: WebhookEvent): string {
  const { portalId, type, objectId, occurredAt, property, value, mergedIds, newId } = event;
  const parts = [objectId, property, value, newId].map((part) => part ?? '');
  return digestOf(String(portalId), type, String(occurredAt), ...parts, mergedIds.toSorted().join(','));
}
