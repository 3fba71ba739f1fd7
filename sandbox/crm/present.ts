/** A record as the API shows it. */
import type { CrmRecord } from '../state/crm.ts';
import { tableOf } from '../state/lookups.ts';
import { createdPropertyOf, objectTypeOf } from '../state/object-types.ts';
import type { Portal } from '../state/portal.ts';
import type { Values } from './validate-values.ts';

export type Selection = {
  /** Null: the default set of the type. */
  properties: readonly string[] | null;
  history: readonly string[];
};

const defaultSelection: Selection = { properties: null, history: [] };

const iso = (ms: number): string => new Date(ms).toISOString();

/** Requested but unset is null; unknown names are left out; id and dates always come along. */
function selectValues(portal: Portal, record: CrmRecord, selection: Selection, values: Values) {
  const type = objectTypeOf(record.typeId);
  const { properties } = tableOf(portal, record.typeId);
  const always = [createdPropertyOf(record.typeId), 'hs_object_id', type.modifiedProperty];
  const wanted = new Set([...(selection.properties ?? type.defaultProperties), ...always]);
  const known = [...wanted].filter((name) => properties.has(name)).toSorted();
  return Object.fromEntries(known.map((name) => [name, values[name] ?? null]));
}

function selectHistory(record: CrmRecord, names: readonly string[]) {
  if (names.length === 0) return {};
  const entries = names.map((name) => {
    const versions = record.history[name] ?? [];
    return [name, versions.map((version) => ({ ...version, timestamp: iso(version.timestamp) }))] as const;
  });
  return { propertiesWithHistory: Object.fromEntries(entries) };
}

export function presentRecord(
  portal: Portal,
  record: CrmRecord,
  selection: Selection = defaultSelection,
  values: Values = record.values,
) {
  return {
    id: record.id,
    properties: selectValues(portal, record, selection, values),
    ...selectHistory(record, selection.history),
    createdAt: iso(record.createdAt),
    updatedAt: iso(record.updatedAt),
    archived: record.archived,
    ...(record.archivedAt === null ? {} : { archivedAt: iso(record.archivedAt) }),
    url: `https://app.hubspot.com/contacts/${portal.portalId}/record/${record.typeId}/${record.id}`,
  };
}

/** What a write answers with: the default set and whatever was written. */
export function presentWritten(portal: Portal, record: CrmRecord, written: Values) {
  const { defaultProperties } = objectTypeOf(record.typeId);
  return presentRecord(portal, record, { properties: [...defaultProperties, ...Object.keys(written)], history: [] });
}
