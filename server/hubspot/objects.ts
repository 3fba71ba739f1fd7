// Reading records in batches, by id or by email, with every asked key accounted for. Shared by contacts, deals and notes.
import { chunk } from '../lib/chunk.ts';
import { ask, readReply } from './ask.ts';
import { parseErrorBody } from './error-body.ts';
import type { PortalApi } from './portal.ts';
import {
  batchReplySchema,
  recordSchema,
  toRecord,
  type BatchReply,
  type CrmRecord,
  type ReadResult,
} from './records.ts';
import type { ObjectType } from './versions.ts';

export const batchLimit = 100;

export interface ReadRequest {
  objectType: ObjectType;
  keys: Iterable<string>;
  properties: readonly string[];
  /** Left out: the keys are record ids. Emails are compared without regard to case. */
  idProperty?: 'email';
}

/** Reads records by key, 100 to a call. */
export async function readObjects(portal: PortalApi, request: ReadRequest): Promise<ReadResult> {
  const askedAs = new Map<string, string[]>();
  for (const key of new Set(request.keys)) {
    const wireKey = request.idProperty === 'email' ? key.trim().toLowerCase() : key;
    askedAs.set(wireKey, [...(askedAs.get(wireKey) ?? []), key]);
  }
  const result: ReadResult = { found: new Map(), missing: new Set() };
  for (const wireKeys of chunk([...askedAs.keys()], batchLimit)) {
    const answers = await readChunk(portal, { ...request, keys: wireKeys });
    for (const wireKey of wireKeys) {
      const record = answers.get(wireKey) ?? null;
      for (const key of askedAs.get(wireKey) ?? []) {
        if (record === null) result.missing.add(key);
        else result.found.set(key, record);
      }
    }
  }
  return result;
}

/** One record by its id or email; `null` when HubSpot says there is none. */
async function readObject(
  portal: PortalApi,
  request: Omit<ReadRequest, 'keys'> & { key: string },
): Promise<CrmRecord | null> {
  const endpoint = portal.endpoint('object', { objectType: request.objectType, id: request.key });
  const { status, body } = await portal.call({
    ...endpoint,
    query: {
      properties: propertiesFor(request).join(','),
      ...(request.idProperty === undefined ? {} : { idProperty: request.idProperty }),
    },
    allow: [404],
  });
  if (status === 404) return null;
  return toRecord(readReply({ schema: recordSchema, body, status, route: endpoint.route }));
}

async function readChunk(
  portal: PortalApi,
  request: ReadRequest & { keys: string[] },
): Promise<Map<string, CrmRecord | null>> {
  const reply = await ask(
    portal,
    {
      ...portal.endpoint('objectsBatchRead', { objectType: request.objectType }),
      body: {
        properties: propertiesFor(request),
        ...(request.idProperty === undefined ? {} : { idProperty: request.idProperty }),
        inputs: request.keys.map((id) => ({ id })),
      },
    },
    batchReplySchema,
  );
  const answers = new Map<string, CrmRecord | null>();
  const asked = new Set(request.keys);
  for (const id of namedMissing(reply, request)) if (asked.has(id)) answers.set(id, null);
  for (const result of reply.results) {
    for (const key of keysOf(toRecord(result), request)) if (asked.has(key)) answers.set(key, toRecord(result));
  }
  // A merged record answers under its new id and does not say what it was asked as: only asking singly tells.
  for (const key of request.keys) {
    if (!answers.has(key)) answers.set(key, await readObject(portal, { ...request, key }));
  }
  return answers;
}

function namedMissing(reply: BatchReply, { idProperty }: ReadRequest): string[] {
  const rows = reply.errors.map(parseErrorBody).filter(({ category }) => category === 'OBJECT_NOT_FOUND');
  return rows.flatMap(({ ids }) => (idProperty === 'email' ? ids.map((id) => id.toLowerCase()) : ids));
}

/** The keys a record may have been asked by. A secondary address finds the contact too. */
function keysOf(record: CrmRecord, { idProperty }: ReadRequest): string[] {
  if (idProperty === undefined) return [record.id];
  const addresses = [record.properties['email'], ...(record.properties['hs_additional_emails'] ?? '').split(';')];
  return addresses
    .filter((address) => typeof address === 'string' && address !== '')
    .map((address) => String(address).trim().toLowerCase());
}

function propertiesFor({ properties, idProperty }: Pick<ReadRequest, 'properties' | 'idProperty'>): string[] {
  return idProperty === 'email' ? [...new Set([...properties, 'email', 'hs_additional_emails'])] : [...properties];
}
