/** From a change of a record to the events that subscribers are sent, in HubSpot's words. */
import type { RecordChange } from '../state/changes.ts';
import { objectTypeOf } from '../state/object-types.ts';
import type { Subscription, WebhookEvent, WebhookRegistration } from '../state/webhooks.ts';

/** Not every source has a name among the values seen in events. */
const sourceNames: Record<string, string> = { CRM_UI: 'CRM_UI', INTEGRATION: 'INTEGRATION', API: 'API' };

function matches(subscription: Subscription, change: RecordChange): boolean {
  const { singular } = objectTypeOf(change.typeId);
  const { subscriptionType, objectType, propertyName, active } = subscription;
  const [name, kind] = subscriptionType.split('.');
  if (!active || kind !== change.kind) return false;
  if (change.kind === 'propertyChange' && propertyName !== change.name) return false;
  return name === 'object' ? objectType === singular : name === singular;
}

/** Ids are written as numbers, and a merge names no object but three of them. */
function factsOf(change: RecordChange): Record<string, unknown> {
  switch (change.kind) {
    case 'merge':
      return {
        objectId: Number(change.newId),
        primaryObjectId: Number(change.primaryId),
        mergedObjectIds: change.mergedIds.map(Number),
        newObjectId: Number(change.newId),
        numberOfPropertiesMoved: change.moved,
      };
    case 'propertyChange':
      return { objectId: Number(change.objectId), propertyName: change.name, propertyValue: change.value };
    case 'creation':
      return { objectId: Number(change.objectId), changeFlag: 'NEW' };
    case 'deletion':
      return { objectId: Number(change.objectId), changeFlag: 'DELETED' };
    default:
      return { objectId: Number(change.objectId) };
  }
}

export function toEvents(
  { portalId, change, newEventId }: { portalId: number; change: RecordChange; newEventId: () => number },
  { appId, subscriptions }: WebhookRegistration,
): WebhookEvent[] {
  return subscriptions
    .filter((subscription) => matches(subscription, change))
    .map(({ subscriptionId, subscriptionType }) => ({
      eventId: newEventId(),
      subscriptionId,
      portalId,
      appId,
      occurredAt: change.at,
      subscriptionType,
      ...(subscriptionType.startsWith('object.') ? { objectTypeId: change.typeId } : {}),
      changeSource: sourceNames[change.sourceType] ?? 'CRM',
      ...(change.sourceId === '' ? {} : { sourceId: change.sourceId }),
      ...factsOf(change),
    }));
}
