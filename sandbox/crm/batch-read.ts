/** Batch read and batch archive of records: up to 100 ids a call. */
import * as z from 'zod';
import { noContent, type PortalCall, type PortalRoute, type Reply } from '../http/call.ts';
import { parseBody } from '../http/parse.ts';
import type { CrmRecord } from '../state/crm.ts';
import { batchReply, missingRows, refuseDuplicates, refuseOversize } from './batch-result.ts';
import { objectVersions } from './objects.ts';
import { presentRecord } from './present.ts';
import { archiveRecord } from './records.ts';
import { lookUp, readScope, typeOf, writeScope } from './targets.ts';
import { changeOf } from './write-record.ts';

export const BATCH_MAX = 100;

export const idSchema = z.union([z.string(), z.number()]).transform(String);

const readSchema = z.object({
  inputs: z.array(z.object({ id: idSchema })),
  properties: z.array(z.string()).default([]),
  propertiesWithHistory: z.array(z.string()).default([]),
  idProperty: z.string().nullish(),
});

function read(call: PortalCall): Reply {
  const type = typeOf(call);
  const { inputs, properties, propertiesWithHistory, idProperty } = parseBody(readSchema, call.body);
  const ids = inputs.map(({ id }) => id);
  refuseOversize(ids, BATCH_MAX);
  refuseDuplicates(ids);
  const archived = call.query.get('archived') === 'true';
  const found = new Map<string, CrmRecord>();
  const missing: string[] = [];
  for (const id of ids) {
    const record = lookUp(call.portal, type, { id, idProperty: idProperty ?? null });
    if (record === undefined || record.archived !== archived) missing.push(id);
    else found.set(record.id, record);
  }
  const selection = { properties: properties.length === 0 ? null : properties, history: propertiesWithHistory };
  return batchReply(call, {
    results: [...found.values()].map((record) => presentRecord(call.portal, record, selection)),
    errors: missingRows(type, missing),
    numErrors: missing.length,
  });
}

/** Answers 204 whether or not the records exist. */
function archive(call: PortalCall): Reply {
  const { inputs } = parseBody(z.object({ inputs: z.array(z.object({ id: idSchema })) }), call.body);
  const ids = inputs.map(({ id }) => id);
  refuseOversize(ids, BATCH_MAX);
  refuseDuplicates(ids);
  for (const id of ids) {
    const record = lookUp(call.portal, typeOf(call), { id, idProperty: null });
    if (record !== undefined && !record.archived) archiveRecord(call.portal, record, changeOf(call));
  }
  return noContent;
}

const base = '/crm/objects/:objectType/batch';
const versions = objectVersions;

export const batchReadRoutes: PortalRoute[] = [
  { method: 'post', path: `${base}/read`, scopes: readScope, versions, run: read },
  { method: 'post', path: `${base}/archive`, scopes: writeScope, versions, run: archive },
];
