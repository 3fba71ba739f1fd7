/** Merge and deletion for good. A merge makes a NEW record; both old ids lead to it from then on. */
import * as z from 'zod';
import { resourceNotFound, validationError } from '../http/api-error.ts';
import { noContent, ok, type PortalCall, type PortalRoute, type Reply } from '../http/call.ts';
import { parseBody } from '../http/parse.ts';
import type { CrmRecord } from '../state/crm.ts';
import { findRecord, tableOf } from '../state/lookups.ts';
import type { Portal } from '../state/portal.ts';
import { forgetEvents, moveEvents } from '../timeline/event-table.ts';
import { dropLinks, moveLinks } from './association-table.ts';
import { idSchema } from './batch-read.ts';
import { objectVersions } from './objects.ts';
import { presentRecord } from './present.ts';
import { createRecord, releaseUniqueValues, type Change } from './records.ts';
import { lookUp, typeOf, writeScope } from './targets.ts';
import type { Values } from './validate-values.ts';
import { changeOf } from './write-record.ts';

const mergeSchema = z.object({ primaryObjectId: idSchema, objectIdToMerge: idSchema });

type Merge = { primary: CrmRecord; other: CrmRecord; by: Change };

const words = (value: string | undefined): string[] => value?.split(';').filter(Boolean) ?? [];

/** The primary's values win; the other address becomes a secondary one. */
function mergedValues(primary: CrmRecord, other: CrmRecord): Values {
  const former = [...primary.mergedIds, primary.id, ...other.mergedIds, other.id];
  const values: Values = { ...other.values, ...primary.values, hs_merged_object_ids: former.join(';') };
  const email = values['email'];
  const addresses = [other.values['email'] ?? '', ...words(primary.values['hs_additional_emails'])].concat(
    words(other.values['hs_additional_emails']),
  );
  const secondary = [...new Set(addresses)].filter((address) => address !== '' && address !== email);
  if (secondary.length > 0) values['hs_additional_emails'] = secondary.join(';');
  for (const name of ['hs_object_id', 'createdate', 'hs_createdate']) delete values[name];
  return values;
}

/** `by` is who merged, for those who are told about it. */
export function mergeRecords(portal: Portal, { primary, other, by }: Merge): CrmRecord {
  const { now } = by;
  const told = portal.changes.length;
  const table = tableOf(portal, primary.typeId);
  const values = mergedValues(primary, other);
  for (const record of [primary, other]) releaseUniqueValues(portal, record);
  const change: Change = { now, source: { sourceType: 'MERGE_OBJECTS', sourceId: primary.id, sourceLabel: 'Merge' } };
  const merged = createRecord(portal, { typeId: primary.typeId, values }, change);
  merged.createdAt = Math.min(primary.createdAt, other.createdAt);
  merged.values['createdate'] = new Date(merged.createdAt).toISOString();
  merged.mergedIds = words(values['hs_merged_object_ids']);
  for (const name of Object.keys(primary.history))
    merged.history[name] = [...(merged.history[name] ?? []), ...(primary.history[name] ?? [])];
  const emails = table.unique.get('email');
  for (const address of words(values['hs_additional_emails'])) emails?.set(address.toLowerCase(), merged.id);
  for (const record of [primary, other]) {
    table.records.delete(record.id);
    moveLinks(portal, record, merged);
    moveEvents(portal, record, merged);
  }
  for (const id of merged.mergedIds) table.aliases.set(id, merged.id);
  // Subscribers hear of the merge, not of how it is done.
  portal.changes.length = told;
  portal.changes.push({
    kind: 'merge',
    typeId: primary.typeId,
    at: now,
    ...by.source,
    primaryId: primary.id,
    mergedIds: [other.id],
    newId: merged.id,
    moved: Object.keys(values).length,
  });
  return merged;
}

function merge(call: PortalCall): Reply {
  const type = typeOf(call);
  const { primaryObjectId, objectIdToMerge } = parseBody(mergeSchema, call.body);
  const table = tableOf(call.portal, type.id);
  const [primary, other] = [findRecord(table, primaryObjectId), findRecord(table, objectIdToMerge)];
  if (primary === undefined || other === undefined || primary.archived || other.archived) throw resourceNotFound();
  if (primary === other) throw validationError('A record cannot be merged with itself');
  return ok(presentRecord(call.portal, mergeRecords(call.portal, { primary, other, by: changeOf(call) })));
}

const gdprSchema = z.object({ objectId: z.string(), idProperty: z.string().nullish() });

/** Nothing of the contact stays. An address that is unknown is block-listed all the same. */
function gdprDelete(call: PortalCall): Reply {
  const type = typeOf(call);
  if (type.id !== '0-1') throw validationError('Only contacts can be deleted for good');
  const { objectId, idProperty } = parseBody(gdprSchema, call.body);
  const record = lookUp(call.portal, type, { id: objectId, idProperty: idProperty ?? null });
  if (record === undefined && idProperty !== 'email') throw resourceNotFound();
  const email = record?.values['email'] ?? (idProperty === 'email' ? objectId.toLowerCase() : undefined);
  if (email !== undefined) call.portal.blockedEmails.add(email);
  if (record !== undefined) eraseRecord(call.portal, record, changeOf(call));
  return noContent;
}

/** HubSpot tells of the deletion and of the privacy deletion. */
export function eraseRecord(portal: Portal, record: CrmRecord, by: Change): void {
  const table = tableOf(portal, record.typeId);
  releaseUniqueValues(portal, record);
  dropLinks(portal, record);
  table.records.delete(record.id);
  for (const id of record.mergedIds) table.aliases.delete(id);
  forgetEvents(portal, record);
  const change = { typeId: record.typeId, objectId: record.id, at: by.now, ...by.source };
  portal.changes.push({ kind: 'deletion', ...change }, { kind: 'privacyDeletion', ...change });
}

const base = '/crm/objects/:objectType';
const versions = objectVersions;

export const mergeRoutes: PortalRoute[] = [
  { method: 'post', path: `${base}/merge`, scopes: writeScope, versions, run: merge },
  { method: 'post', path: `${base}/gdpr-delete`, scopes: writeScope, versions, run: gdprDelete },
];
