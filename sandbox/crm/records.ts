/** The only place where records change: values, history, unique indexes and derived properties are kept in step here. Nothing is validated. */
import type { CrmRecord, ObjectTable, ObjectTypeId, PropertyVersion } from '../state/crm.ts';
import { tableOf } from '../state/lookups.ts';
import { createdPropertyOf, objectTypeOf } from '../state/object-types.ts';
import type { Portal } from '../state/portal.ts';
import type { Values } from './validate-values.ts';

/** Versions kept per property, so that long runs stay small. */
const HISTORY_KEPT = 45;

export type Change = { now: number; source: Pick<PropertyVersion, 'sourceType' | 'sourceId' | 'sourceLabel'> };

export const integrationSource = (appId: number): Change['source'] => ({
  sourceType: 'INTEGRATION',
  sourceId: String(appId),
  sourceLabel: `App ${appId}`,
});

/** Follows from other values, never written by callers. */
function derivedValues(portal: Portal, record: CrmRecord): Values {
  if (record.typeId !== '0-3') return {};
  const stageId = record.values['dealstage'];
  const stages = (portal.pipelines.get('0-3') ?? []).flatMap((pipeline) => pipeline.stages);
  const stage = stages.find(({ id }) => id === stageId);
  if (stage === undefined) return {};
  return {
    hs_is_closed: String(stage.isClosed),
    hs_is_closed_won: String(stage.isClosed && Number(stage.probability) === 1),
    hs_deal_stage_probability: stage.probability,
  };
}

function setValue(table: ObjectTable, record: CrmRecord, name: string, value: string, change: Change): boolean {
  const before = record.values[name];
  if ((before ?? '') === value) return false;
  const index = table.unique.get(name);
  if (index !== undefined) {
    if (before !== undefined && index.get(before.toLowerCase()) === record.id) index.delete(before.toLowerCase());
    if (value !== '') index.set(value.toLowerCase(), record.id);
  }
  if (value === '') delete record.values[name];
  else record.values[name] = value;
  const version = { value, timestamp: change.now, updatedByUserId: null, ...change.source };
  record.history[name] = [version, ...(record.history[name] ?? [])].slice(0, HISTORY_KEPT);
  return true;
}

const changeOf = ({ id, typeId }: CrmRecord, { now, source: { sourceType, sourceId } }: Change) => ({
  typeId,
  objectId: id,
  at: now,
  sourceType,
  sourceId,
});

export function writeValues(portal: Portal, record: CrmRecord, values: Values, change: Change): void {
  const table = tableOf(portal, record.typeId);
  const set = (name: string, value: string, by: Change): void => {
    if (!setValue(table, record, name, value, by)) return;
    portal.changes.push({ kind: 'propertyChange', ...changeOf(record, by), name, value });
  };
  for (const [name, value] of Object.entries(values)) set(name, value, change);
  for (const [name, value] of Object.entries(derivedValues(portal, record))) {
    set(name, value, { ...change, source: { sourceType: 'CALCULATED', sourceId: '', sourceLabel: 'Calculated' } });
  }
  record.updatedAt = change.now;
  record.values[objectTypeOf(record.typeId).modifiedProperty] = new Date(change.now).toISOString();
}

export function createRecord(
  portal: Portal,
  fields: { typeId: ObjectTypeId; values: Values; id?: string | undefined },
  change: Change,
): CrmRecord {
  const id = fields.id ?? String(portal.nextObjectId);
  portal.nextObjectId = Math.max(portal.nextObjectId, Number(id)) + 1;
  const record: CrmRecord = {
    id,
    typeId: fields.typeId,
    values: {},
    history: {},
    createdAt: change.now,
    updatedAt: change.now,
    archived: false,
    archivedAt: null,
    mergedIds: [],
  };
  tableOf(portal, fields.typeId).records.set(id, record);
  portal.changes.push({ kind: 'creation', ...changeOf(record, change) });
  const createdProperty = createdPropertyOf(fields.typeId);
  record.values['hs_object_id'] = id;
  record.values[createdProperty] = new Date(change.now).toISOString();
  const defaults: Values =
    fields.typeId === '0-3' && fields.values['dealstage'] !== undefined ? { pipeline: 'default' } : {};
  writeValues(portal, record, { ...defaults, ...fields.values }, change);
  return record;
}

/** Takes the record's values out of the unique indexes, secondary e-mail addresses included. */
export function releaseUniqueValues(portal: Portal, record: CrmRecord): void {
  const secondary = record.values['hs_additional_emails']?.split(';') ?? [];
  for (const [name, index] of tableOf(portal, record.typeId).unique) {
    for (const value of [record.values[name] ?? '', ...(name === 'email' ? secondary : [])]) {
      if (index.get(value.toLowerCase()) === record.id) index.delete(value.toLowerCase());
    }
  }
}

/** Archived records keep their values but give up their place in unique indexes. */
export function archiveRecord(portal: Portal, record: CrmRecord, change: Change): void {
  record.archived = true;
  record.archivedAt = change.now;
  record.updatedAt = change.now;
  releaseUniqueValues(portal, record);
  portal.changes.push({ kind: 'deletion', ...changeOf(record, change) });
}

/** Values that another record took meanwhile stay with that one. */
export function restoreRecord(portal: Portal, record: CrmRecord, change: Change): void {
  record.archived = false;
  record.archivedAt = null;
  record.updatedAt = change.now;
  for (const [name, index] of tableOf(portal, record.typeId).unique) {
    const value = record.values[name]?.toLowerCase();
    if (value !== undefined && !index.has(value)) index.set(value, record.id);
  }
  portal.changes.push({ kind: 'restore', ...changeOf(record, change) });
}
