// Writing property values in batches, with an outcome for every record. Values are set, never added to, so sending a row again is harmless:
// that is what allows a refused batch to be taken apart until the row at fault stands alone.
import { CodedError, isCoded } from '../errors.ts';
import { chunk } from '../lib/chunk.ts';
import { errorOfRow } from './answer-errors.ts';
import { ask } from './ask.ts';
import { parseErrorBody } from './error-body.ts';
import { batchLimit } from './objects.ts';
import type { PortalApi } from './portal.ts';
import { batchReplySchema } from './records.ts';
import type { ObjectType } from './versions.ts';

export interface ObjectUpdate {
  id: string;
  properties: Record<string, string>;
}

type UpdateOutcome = { ok: true } | { ok: false; error: CodedError };
export type UpdateOutcomes = Map<string, UpdateOutcome>;

interface UpdateRequest {
  objectType: ObjectType;
  updates: readonly ObjectUpdate[];
}

/** Sets properties, 100 records to a call. Whole-call failures (limits, outages, rights) are thrown; refused rows are outcomes. */
export async function updateObjects(
  portal: PortalApi,
  { objectType, updates }: UpdateRequest,
): Promise<UpdateOutcomes> {
  const outcomes: UpdateOutcomes = new Map();
  for (const rows of chunk(mergeSameId(updates), batchLimit)) {
    for (const [id, outcome] of await updateRows(portal, { objectType, updates: rows })) outcomes.set(id, outcome);
  }
  return outcomes;
}

/** HubSpot refuses a whole batch that names an id twice; later values win. */
function mergeSameId(updates: readonly ObjectUpdate[]): ObjectUpdate[] {
  const byId = new Map<string, ObjectUpdate>();
  for (const { id, properties } of updates)
    byId.set(id, { id, properties: { ...byId.get(id)?.properties, ...properties } });
  return [...byId.values()];
}

async function updateRows(portal: PortalApi, request: UpdateRequest): Promise<UpdateOutcomes> {
  if (request.updates.length === 0) return new Map();
  try {
    return await sendRows(portal, request);
  } catch (error) {
    if (!isCoded(error, 'hubspot_validation', 'hubspot_not_found', 'hubspot_conflict')) throw error;
    return isolateRows(portal, { ...request, error });
  }
}

async function sendRows(portal: PortalApi, { objectType, updates }: UpdateRequest): Promise<UpdateOutcomes> {
  const endpoint = portal.endpoint('objectsBatchUpdate', { objectType });
  const reply = await ask(portal, { ...endpoint, body: { inputs: updates } }, batchReplySchema);
  const updated = new Set(reply.results.map(({ id }) => id));
  const refused = new Map<string, CodedError>();
  for (const row of reply.errors) {
    for (const id of parseErrorBody(row).ids) refused.set(id, errorOfRow({ row, route: endpoint.route }));
  }
  const outcomes: UpdateOutcomes = new Map();
  for (const { id, properties } of updates) {
    const error = refused.get(id);
    if (error) outcomes.set(id, { ok: false, error });
    else if (updated.has(id)) outcomes.set(id, { ok: true });
    else if (updates.length > 1)
      outcomes.set(id, await updateAlone(portal, { objectType, updates: [{ id, properties }] }));
    // Alone in its call, a record that answers under another id is the survivor of a merge.
    else
      outcomes.set(
        id,
        updated.size === 1
          ? { ok: true }
          : { ok: false, error: errorOfNoRow({ route: endpoint.route, row: reply.errors[0] }) },
      );
  }
  return outcomes;
}

async function updateAlone(portal: PortalApi, request: UpdateRequest): Promise<UpdateOutcome> {
  const [outcome] = (await updateRows(portal, request)).values();
  return (
    outcome ?? {
      ok: false,
      error: errorOfNoRow({
        route: portal.endpoint('objectsBatchUpdate', { objectType: request.objectType }).route,
        row: undefined,
      }),
    }
  );
}

/** Faults of the property itself: every row that sets it fails, so there is nothing to search for. */
const definitionFaults = new Set(['PROPERTY_DOESNT_EXIST', 'READ_ONLY_VALUE']);

async function isolateRows(
  portal: PortalApi,
  { objectType, updates, error }: UpdateRequest & { error: CodedError },
): Promise<UpdateOutcomes> {
  if (updates.length === 1) return failAll(updates, error);
  const faults = faultsOf(error);
  const suspects = updates.filter(({ properties }) => faults.some(({ property }) => property in properties));
  const others = updates.filter((update) => !suspects.includes(update));
  if (suspects.length > 0 && faults.every(({ code }) => definitionFaults.has(code))) {
    return new Map([...failAll(suspects, error), ...(await updateRows(portal, { objectType, updates: others }))]);
  }
  const parts = suspects.length > 0 && others.length > 0 ? [suspects, others] : halves(updates);
  const outcomes: UpdateOutcomes = new Map();
  for (const part of parts)
    for (const [id, outcome] of await updateRows(portal, { objectType, updates: part })) outcomes.set(id, outcome);
  return outcomes;
}

function faultsOf(error: CodedError): { code: string; property: string }[] {
  const errors = error.details['errors'];
  if (!Array.isArray(errors)) return [];
  return (errors as { code: string; property: string | null }[]).flatMap(({ code, property }) =>
    property === null ? [] : [{ code, property }],
  );
}

function halves<T>(items: readonly T[]): T[][] {
  return chunk(items, Math.ceil(items.length / 2));
}

function failAll(updates: readonly ObjectUpdate[], error: CodedError): UpdateOutcomes {
  return new Map(updates.map(({ id }) => [id, { ok: false, error }]));
}

/** A row that is in neither list was not written as far as anyone can tell. */
function errorOfNoRow({ route, row }: { route: string; row: unknown }): CodedError {
  if (row !== undefined) return errorOfRow({ row, route });
  return new CodedError('hubspot_malformed_reply', 'HubSpot left this record out of its answer. It is written again.', {
    details: { status: 207, correlationId: null, route },
  });
}
