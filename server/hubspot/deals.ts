// Deals: the batch calls the flows use. It judges no stage.
import { readObjects } from './objects.ts';
import { updateObjects, type ObjectUpdate, type UpdateOutcomes } from './object-updates.ts';
import type { PortalApi } from './portal.ts';
import type { ReadResult } from './records.ts';

export function readDeals(
  portal: PortalApi,
  request: { ids: Iterable<string>; properties: readonly string[] },
): Promise<ReadResult> {
  return readObjects(portal, { objectType: 'deals', keys: request.ids, properties: request.properties });
}

export function updateDeals(portal: PortalApi, updates: readonly ObjectUpdate[]): Promise<UpdateOutcomes> {
  return updateObjects(portal, { objectType: 'deals', updates });
}
