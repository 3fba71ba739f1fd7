/** The search index as of a moment in the past: search sees records as they were when the indexer last looked. */
import type { CrmRecord, ObjectTable } from '../state/crm.ts';
import { objectTypeOf } from '../state/object-types.ts';
import type { Values } from './validate-values.ts';

export type IndexedRecord = { record: CrmRecord; values: Values };

/** Rebuilds the values of a record that changed since. Its history says what each property was. */
function valuesAt(record: CrmRecord, moment: number): Values {
  const values: Values = { ...record.values };
  let modified = record.createdAt;
  for (const [name, versions] of Object.entries(record.history)) {
    const then = versions.find(({ timestamp }) => timestamp <= moment);
    if (then === undefined || then.value === '') delete values[name];
    else values[name] = then.value;
    modified = Math.max(modified, then?.timestamp ?? 0);
  }
  values[objectTypeOf(record.typeId).modifiedProperty] = new Date(modified).toISOString();
  return values;
}

function wasLive(record: CrmRecord, moment: number): boolean {
  if (record.createdAt > moment) return false;
  return !record.archived || (record.archivedAt ?? 0) > moment;
}

export function indexedRecords(table: ObjectTable, moment: number): IndexedRecord[] {
  return [...table.records.values()]
    .filter((record) => wasLive(record, moment))
    .map((record) => ({ record, values: record.updatedAt <= moment ? record.values : valuesAt(record, moment) }));
}
