/** Create and update one record by the rules of the API. Shared by the single and the batch calls. */
import * as z from 'zod';
import type { PortalCall } from '../http/call.ts';
import type { CrmRecord } from '../state/crm.ts';
import type { ObjectType } from '../state/object-types.ts';
import { tableOf } from '../state/lookups.ts';
import { alreadyExists, claimValues, findClash, isHiddenOwner, valueTaken, type Claims } from './conflicts.ts';
import { inlineAssociationsSchema, linkPlanned, planAssociations } from './inline-associations.ts';
import { createRecord, integrationSource, writeValues, type Change } from './records.ts';
import { validateValues, valuesSchema, type Values } from './validate-values.ts';
import { enforceWriteRules } from './write-rules.ts';

export const createInputSchema = z.object({
  properties: valuesSchema.default({}),
  associations: inlineAssociationsSchema,
  objectWriteTraceId: z.string().optional(),
});

export type CreateInput = z.infer<typeof createInputSchema>;

export const changeOf = (call: PortalCall): Change => ({ now: call.now, source: integrationSource(call.token.appId) });

/** Checks one creation and returns the step that carries it out: a batch checks every row before it writes the first. */
export function prepareCreate(
  call: PortalCall,
  type: ObjectType,
  input: CreateInput,
  claims: Claims = new Map(),
): () => CrmRecord {
  const { portal, now, version } = call;
  const values = validateValues(portal, { typeId: type.id, record: null }, input.properties);
  enforceWriteRules(portal, { typeId: type.id, record: null, values, version });
  const planned = planAssociations(portal, type.id, input.associations);
  const clash = findClash(portal, type.id, values, null);
  if (clash !== null) {
    const indexedUntil = now - call.context.state.switches.searchLagMs;
    throw isHiddenOwner(clash, indexedUntil)
      ? valueTaken(portal, type.id, clash, String(portal.nextObjectId))
      : alreadyExists(type.id, clash.owner.id);
  }
  if (claimValues(tableOf(portal, type.id), { values, by: '', claims }) !== null) throw alreadyExists(type.id, null);
  return () => {
    const record = createRecord(portal, { typeId: type.id, values }, changeOf(call));
    linkPlanned(portal, record, planned);
    return record;
  };
}

/** Checks one update and returns the step that carries it out. */
export function prepareUpdate(
  call: PortalCall,
  record: CrmRecord,
  properties: Values,
  claims: Claims = new Map(),
): () => CrmRecord {
  const { portal, version } = call;
  const values = validateValues(portal, { typeId: record.typeId, record }, properties);
  enforceWriteRules(portal, { typeId: record.typeId, record, values, version });
  const clash = findClash(portal, record.typeId, values, record.id);
  const taken = clash ?? claimValues(tableOf(portal, record.typeId), { values, by: record.id, claims });
  if (taken !== null) throw valueTaken(portal, record.typeId, taken, record.id);
  return () => {
    writeValues(portal, record, values, changeOf(call));
    return record;
  };
}
