/** Associations in batches: read with its "no associations" error rows, create and archive. */
import * as z from 'zod';
import { validationError } from '../http/api-error.ts';
import { isDated } from '../http/api-paths.ts';
import type { PortalCall, PortalRoute, Reply, ScopeRule } from '../http/call.ts';
import { parseBody } from '../http/parse.ts';
import { findRecord, tableOf } from '../state/lookups.ts';
import type { AssociationLink, CrmRecord } from '../state/crm.ts';
import { objectTypes, type ObjectType } from '../state/object-types.ts';
import { associate, dissociate, linkedTo } from './association-table.ts';
import { associationTypes } from './association-types.ts';
import { idSchema } from './batch-read.ts';
import { batchReply, refuseOversize, type RowError } from './batch-result.ts';
import { objectTypeNamed } from './targets.ts';

const allScopes = objectTypes.flatMap(({ readScopes, writeScopes }) => [...readScopes, ...writeScopes]);

export const associationReadScope = (): ScopeRule => ({ anyOf: [...new Set(allScopes)], shape: 'objects' });

export const associationWriteScope = (): ScopeRule => ({
  anyOf: [...new Set(objectTypes.flatMap(({ writeScopes }) => writeScopes))],
  shape: 'objects',
});

export const cursorOf = (offset: number): string => Buffer.from(String(offset)).toString('base64');

export function offsetOf(cursor: string | null | undefined): number {
  if (cursor === null || cursor === undefined || cursor === '') return 0;
  const offset = Number(Buffer.from(decodeURIComponent(cursor), 'base64').toString('utf8'));
  if (Number.isInteger(offset) && offset >= 0) return offset;
  throw validationError('after is not a valid paging cursor');
}

/** v4 writes ids of the other side as numbers; what dated paths do is a switch. */
export function presentLink(call: PortalCall, id: string, links: AssociationLink[]) {
  const asString = isDated(call.version) && call.context.state.switches.toObjectId === 'string';
  return {
    toObjectId: asString ? id : Number(id),
    associationTypes: links.map(({ category, typeId, label }) => ({ category, typeId, label })),
  };
}

export function ends(call: PortalCall): { from: ObjectType; to: ObjectType } {
  return { from: objectTypeNamed(call.params['from'] ?? ''), to: objectTypeNamed(call.params['to'] ?? '') };
}

export function liveRecord(call: PortalCall, type: ObjectType, id: string): CrmRecord | undefined {
  const record = findRecord(tableOf(call.portal, type.id), id);
  return record?.archived === false ? record : undefined;
}

function noAssociations(from: ObjectType, to: ObjectType, id: string): RowError {
  return {
    status: 'error',
    category: 'OBJECT_NOT_FOUND',
    subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
    message: `No ${to.singular} is associated with ${from.singular} ${id}.`,
    context: { fromObjectId: [id], fromObjectType: [from.singular], toObjectType: [to.singular] },
  };
}

const readSchema = z.object({ inputs: z.array(z.object({ id: idSchema, after: z.string().nullish() })) });

/** A record without associations is an error row and turns the answer into 207. */
function batchRead(call: PortalCall): Reply {
  const { from, to } = ends(call);
  const { inputs } = parseBody(readSchema, call.body);
  refuseOversize(inputs, 1000);
  const pageSize = call.context.state.switches.associationPageSize;
  const results: unknown[] = [];
  const errors: RowError[] = [];
  for (const { id, after } of inputs) {
    const record = liveRecord(call, from, id);
    const links = record === undefined ? [] : [...linkedTo(call.portal, record, to.id)];
    const alive = links.filter(([otherId]) => liveRecord(call, to, otherId) !== undefined);
    if (alive.length === 0) {
      errors.push(noAssociations(from, to, id));
      continue;
    }
    const end = offsetOf(after) + pageSize;
    const page = alive.slice(end - pageSize, end).map(([otherId, types]) => presentLink(call, otherId, types));
    const paging = end < alive.length ? { paging: { next: { after: encodeURIComponent(cursorOf(end)) } } } : {};
    results.push({ from: { id }, to: page, ...paging });
  }
  return batchReply(call, { results, errors, numErrors: errors.length });
}

const typeSchema = z.object({ associationCategory: z.string(), associationTypeId: z.int() });
export const typesSchema = z.array(typeSchema);

export function checkTypes(from: ObjectType, to: ObjectType, types: z.infer<typeof typesSchema>): void {
  const known = associationTypes(from.id, to.id);
  const wrong = types.find(({ associationTypeId }) => !known.some(({ typeId }) => typeId === associationTypeId));
  if (wrong === undefined && known.length > 0) return;
  throw validationError(
    `Association type ${wrong?.associationTypeId ?? 'default'} is not valid from ${from.singular} to ${to.singular}`,
  );
}

const pairSchema = z.object({ from: z.object({ id: idSchema }), to: z.object({ id: idSchema }) });
const createSchema = z.object({ inputs: z.array(pairSchema.extend({ types: typesSchema.default([]) })) });

function missingEnd(type: ObjectType, id: string): RowError {
  return {
    status: 'error',
    category: 'OBJECT_NOT_FOUND',
    message: `Could not find ${type.singular} ${id}.`,
    context: { ids: [id] },
  };
}

function batchCreate(call: PortalCall): Reply {
  const { from, to } = ends(call);
  const { inputs } = parseBody(createSchema, call.body);
  refuseOversize(inputs, 2000);
  for (const { types } of inputs) checkTypes(from, to, types);
  const results: unknown[] = [];
  const errors: RowError[] = [];
  for (const input of inputs) {
    const left = liveRecord(call, from, input.from.id);
    const right = liveRecord(call, to, input.to.id);
    if (left === undefined || right === undefined) {
      errors.push(left === undefined ? missingEnd(from, input.from.id) : missingEnd(to, input.to.id));
      continue;
    }
    const wanted = input.types.length === 0 ? [null] : input.types.map(({ associationTypeId }) => associationTypeId);
    for (const typeId of wanted) associate(call.portal, left, right, typeId);
    results.push({
      fromObjectTypeId: from.id,
      fromObjectId: Number(left.id),
      toObjectTypeId: to.id,
      toObjectId: Number(right.id),
      labels: [],
    });
  }
  return batchReply(call, { results, errors, numErrors: errors.length, good: 201 });
}

const archiveSchema = z.object({
  inputs: z.array(z.object({ from: z.object({ id: idSchema }), to: z.array(z.object({ id: idSchema })) })),
});

function batchArchive(call: PortalCall): Reply {
  const { from, to } = ends(call);
  const { inputs } = parseBody(archiveSchema, call.body);
  refuseOversize([...new Set(inputs.map((input) => input.from.id))], 100);
  for (const input of inputs) {
    const left = liveRecord(call, from, input.from.id);
    for (const { id } of input.to) {
      const right = liveRecord(call, to, id);
      if (left !== undefined && right !== undefined) dissociate(call.portal, left, right);
    }
  }
  return batchReply(call, { results: [], errors: [], numErrors: 0 });
}

const base = '/crm/associations/:from/:to/batch';

export const associationBatchRoutes: PortalRoute[] = [
  { method: 'post', path: `${base}/read`, scopes: associationReadScope, run: batchRead },
  { method: 'post', path: `${base}/create`, scopes: associationWriteScope, run: batchCreate },
  { method: 'post', path: `${base}/archive`, scopes: associationWriteScope, run: batchArchive },
];
