/** Batch create, update and upsert. Every row is checked before the first is written: one bad property refuses the whole call. */
import * as z from 'zod';
import { ApiError, validationError } from '../http/api-error.ts';
import type { PortalCall, PortalRoute, Reply } from '../http/call.ts';
import { parseBody } from '../http/parse.ts';
import type { CrmRecord } from '../state/crm.ts';
import type { ObjectType } from '../state/object-types.ts';
import { BATCH_MAX, idSchema } from './batch-read.ts';
import { batchReply, missingRows, refuseDuplicates, refuseOversize, type RowError } from './batch-result.ts';
import { alreadyExists, type Claims } from './conflicts.ts';
import { objectVersions } from './objects.ts';
import { presentWritten } from './present.ts';
import { lookUp, typeOf, writeScope } from './targets.ts';
import { valuesSchema } from './validate-values.ts';
import { createInputSchema, prepareCreate, prepareUpdate, type CreateInput } from './write-record.ts';

const traced = (id: string | undefined) => (id === undefined ? {} : { objectWriteTraceId: id });

/** Rows are answered one by one only when every input carries a trace id of its own. */
function isTraced(inputs: readonly CreateInput[]): boolean {
  const ids = new Set(inputs.map(({ objectWriteTraceId }) => objectWriteTraceId));
  return !ids.has(undefined) && ids.size === inputs.length;
}

function errorRow(error: ApiError, traceId: string): RowError {
  const existingId = /Existing ID: (\d+)/.exec(error.message)?.[1];
  const category = error.body['category'];
  return {
    status: 'error',
    category: typeof category === 'string' ? category : 'VALIDATION_ERROR',
    message: error.message,
    context: { objectWriteTraceId: [traceId], ...(existingId === undefined ? {} : { existingId: [existingId] }) },
  };
}

/** Two rows of one batch with the same unique value: the second meets the first. */
function createTraced(call: PortalCall, type: ObjectType, inputs: readonly CreateInput[]): Reply {
  const results: unknown[] = [];
  const errors: RowError[] = [];
  for (const input of inputs) {
    try {
      const record = prepareCreate(call, type, input)();
      results.push({ ...presentWritten(call.portal, record, input.properties), ...traced(input.objectWriteTraceId) });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      errors.push(errorRow(error, input.objectWriteTraceId ?? ''));
    }
  }
  return batchReply(call, { results, errors, numErrors: errors.length, good: 201 });
}

/** Without trace ids the conflict does not say which id exists. */
function createUntraced(call: PortalCall, type: ObjectType, inputs: readonly CreateInput[]): Reply {
  const claims: Claims = new Map();
  const steps = inputs.map((input) => {
    try {
      return { input, run: prepareCreate(call, type, input, claims) };
    } catch (error) {
      throw error instanceof ApiError && error.status === 409 ? alreadyExists(type.id, null) : error;
    }
  });
  const results = steps.map(({ input, run }) => presentWritten(call.portal, run(), input.properties));
  return batchReply(call, { results, errors: [], numErrors: 0, good: 201 });
}

function create(call: PortalCall): Reply {
  const type = typeOf(call);
  const { inputs } = parseBody(z.object({ inputs: z.array(createInputSchema) }), call.body);
  refuseOversize(inputs, BATCH_MAX);
  return isTraced(inputs) ? createTraced(call, type, inputs) : createUntraced(call, type, inputs);
}

const keyedSchema = z.object({
  inputs: z.array(
    z.object({
      id: idSchema,
      idProperty: z.string().nullish(),
      objectWriteTraceId: z.string().optional(),
      properties: valuesSchema,
    }),
  ),
});

type KeyedInput = z.infer<typeof keyedSchema>['inputs'][number];

function keyedInputs(call: PortalCall): { input: KeyedInput; record: CrmRecord | null }[] {
  const { inputs } = parseBody(keyedSchema, call.body);
  refuseOversize(inputs, BATCH_MAX);
  refuseDuplicates(inputs.map(({ id }) => id));
  return inputs.map((input) => {
    const record = lookUp(call.portal, typeOf(call), { id: input.id, idProperty: input.idProperty ?? null });
    return { input, record: record === undefined || record.archived ? null : record };
  });
}

function update(call: PortalCall): Reply {
  const type = typeOf(call);
  const rows = keyedInputs(call);
  const claims: Claims = new Map();
  const missing = rows.filter(({ record }) => record === null).map(({ input }) => input.id);
  const steps = rows.flatMap(({ input, record }) =>
    record === null ? [] : [{ input, run: prepareUpdate(call, record, input.properties, claims) }],
  );
  const results = steps.map(({ input, run }) => ({
    ...presentWritten(call.portal, run(), input.properties),
    ...traced(input.objectWriteTraceId),
  }));
  return batchReply(call, { results, errors: missingRows(type, missing), numErrors: missing.length });
}

/** By a unique property a missing record is created; by record id it is an error row. */
function upsert(call: PortalCall): Reply {
  const type = typeOf(call);
  const missing: string[] = [];
  const claims: Claims = new Map();
  const steps: { input: KeyedInput; isNew: boolean; run: () => CrmRecord }[] = [];
  for (const { input, record } of keyedInputs(call)) {
    const key = input.idProperty ?? 'hs_object_id';
    if (record !== null) {
      steps.push({ input, isNew: false, run: prepareUpdate(call, record, input.properties, claims) });
    } else if (key === 'hs_object_id') {
      missing.push(input.id);
    } else {
      if ((input.properties[key] ?? input.id) === '') throw validationError(`${key} must not be empty`);
      const properties = { [key]: input.id, ...input.properties };
      steps.push({
        input,
        isNew: true,
        run: prepareCreate(call, type, { properties, associations: undefined }, claims),
      });
    }
  }
  const results = steps.map(({ input, isNew, run }) => ({
    ...presentWritten(call.portal, run(), input.properties),
    new: isNew,
    ...traced(input.objectWriteTraceId),
  }));
  return batchReply(call, { results, errors: missingRows(type, missing), numErrors: missing.length });
}

const base = '/crm/objects/:objectType/batch';
const versions = objectVersions;

export const batchWriteRoutes: PortalRoute[] = [
  { method: 'post', path: `${base}/create`, scopes: writeScope, versions, run: create },
  { method: 'post', path: `${base}/update`, scopes: writeScope, versions, run: update },
  { method: 'post', path: `${base}/upsert`, scopes: writeScope, versions, run: upsert },
];
