/** What a person does to records in HubSpot's own pages: the part of the control API that webhooks tell apps about. */
import * as z from 'zod';
import { ControlError } from '../control/control-error.ts';
import { eraseRecord, mergeRecords } from '../crm/merge.ts';
import { archiveRecord, createRecord, restoreRecord, writeValues, type Change } from '../crm/records.ts';
import { validateValues } from '../crm/validate-values.ts';
import { ApiError } from '../http/api-error.ts';
import type { CrmRecord, ObjectTypeId } from '../state/crm.ts';
import { findRecord, tableOf } from '../state/lookups.ts';
import { findObjectType } from '../state/object-types.ts';
import type { Portal } from '../state/portal.ts';

const objectType = z.enum(['contacts', 'companies', 'deals']);
const id = z.union([z.string(), z.number()]).transform(String);
const values = z.record(z.string(), z.string());

export const personActionSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('create'), objectType, properties: values }),
  z.strictObject({ do: z.literal('update'), objectType, id, properties: values }),
  z.strictObject({ do: z.enum(['delete', 'restore', 'privacy-delete']), objectType, id }),
  z.strictObject({ do: z.literal('merge'), objectType, primaryId: id, otherId: id }),
]);

export type PersonAction = z.input<typeof personActionSchema>;

/** Returns the id of the record that was acted on; after a merge, of the new one. */
export function actAsPerson(portal: Portal, input: PersonAction, now: number): { id: string } {
  const action = personActionSchema.parse(input);
  const typeId = findObjectType(action.objectType)?.id ?? '0-1';
  const change: Change = { now, source: { sourceType: 'CRM_UI', sourceId: 'userId:4242', sourceLabel: 'CRM' } };
  const checked = (record: CrmRecord | null, properties: Record<string, string>) => {
    try {
      return validateValues(portal, { typeId, record }, properties);
    } catch (error) {
      throw error instanceof ApiError ? new ControlError(error.message) : error;
    }
  };
  switch (action.do) {
    case 'create':
      return { id: createRecord(portal, { typeId, values: checked(null, action.properties) }, change).id };
    case 'update': {
      const record = recordOf(portal, typeId, action.id);
      writeValues(portal, record, checked(record, action.properties), change);
      return { id: record.id };
    }
    case 'merge': {
      const primary = recordOf(portal, typeId, action.primaryId);
      const other = recordOf(portal, typeId, action.otherId);
      if (primary === other) throw new ControlError('A record cannot be merged with itself');
      return { id: mergeRecords(portal, { primary, other, by: change }).id };
    }
    default: {
      const record = recordOf(portal, typeId, action.id);
      if (action.do === 'delete') archiveRecord(portal, record, change);
      else if (action.do === 'restore') restoreRecord(portal, record, change);
      else eraseRecord(portal, record, change);
      return { id: record.id };
    }
  }
}

function recordOf(portal: Portal, typeId: ObjectTypeId, id: string): CrmRecord {
  const record = findRecord(tableOf(portal, typeId), id);
  if (record === undefined) throw new ControlError(`There is no record ${id}`, 404);
  return record;
}
