// Contacts: the batch calls the flows use. It creates no contact.
import { readObjects } from './objects.ts';
import { updateObjects, type ObjectUpdate, type UpdateOutcomes } from './object-updates.ts';
import type { PortalApi } from './portal.ts';
import type { ReadResult } from './records.ts';

export function readContactsById(
  portal: PortalApi,
  request: { ids: Iterable<string>; properties: readonly string[] },
): Promise<ReadResult> {
  return readObjects(portal, { objectType: 'contacts', keys: request.ids, properties: request.properties });
}

export function readContactsByEmail(
  portal: PortalApi,
  request: { emails: Iterable<string>; properties: readonly string[] },
): Promise<ReadResult> {
  return readObjects(portal, {
    objectType: 'contacts',
    keys: request.emails,
    properties: request.properties,
    idProperty: 'email',
  });
}

export function updateContacts(portal: PortalApi, updates: readonly ObjectUpdate[]): Promise<UpdateOutcomes> {
  return updateObjects(portal, { objectType: 'contacts', updates });
}
