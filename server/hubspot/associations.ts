// Which records belong to which: batch reads of associations, complete over all pages.
import { z } from 'zod';
import { chunk } from '../lib/chunk.ts';
import { ask } from './ask.ts';
import { parseErrorBody } from './error-body.ts';
import type { PortalApi } from './portal.ts';
import { idSchema } from './records.ts';
import type { ObjectType } from './versions.ts';

export interface AssociationResult {
  /** Every asked record that HubSpot knows, with the ids associated to it: an empty list when there are none. */
  found: Map<string, string[]>;
  /** Asked, but HubSpot has no such record. */
  missing: Set<string>;
}

interface AssociationRequest {
  from: ObjectType;
  to: ObjectType;
  ids: Iterable<string>;
}

interface Input {
  id: string;
  after?: string;
}

const batchLimit = 1_000;

const replySchema = z.looseObject({
  results: z
    .array(
      z.looseObject({
        from: z.looseObject({ id: idSchema }),
        to: z.array(z.looseObject({ toObjectId: idSchema })).default([]),
        paging: z.looseObject({ next: z.looseObject({ after: z.string() }).nullish() }).nullish(),
      }),
    )
    .default([]),
  errors: z.array(z.unknown()).default([]),
});

export async function readAssociations(
  portal: PortalApi,
  { from, to, ids }: AssociationRequest,
): Promise<AssociationResult> {
  const result: AssociationResult = { found: new Map(), missing: new Set() };
  for (const asked of chunk([...new Set(ids)], batchLimit)) {
    const unnamed = await readPages(portal, { from, to, ids: asked, result });
    // A merged record may answer under its new id: asked alone, whatever comes back is its answer.
    for (const id of unnamed) await readUnnamed(portal, { from, to, id, result });
  }
  return result;
}

/** Follows every page; returns the ids that neither a result nor an error named. */
async function readPages(
  portal: PortalApi,
  { from, to, ids, result }: { from: ObjectType; to: ObjectType; ids: readonly string[]; result: AssociationResult },
): Promise<string[]> {
  for (let inputs: Input[] = ids.map((id) => ({ id })); inputs.length > 0;) {
    const reply = await askPage(portal, { from, to, inputs });
    for (const row of reply.results) add(result, row.from.id, row.to);
    for (const row of reply.errors) noteError(result, row);
    inputs = reply.results.flatMap(({ from: { id }, paging }) =>
      paging?.next ? [{ id, after: paging.next.after }] : [],
    );
  }
  return ids.filter((id) => !result.found.has(id) && !result.missing.has(id));
}

async function readUnnamed(
  portal: PortalApi,
  { from, to, id, result }: { from: ObjectType; to: ObjectType; id: string; result: AssociationResult },
): Promise<void> {
  const alone: AssociationResult = { found: new Map(), missing: new Set() };
  await readPages(portal, { from, to, ids: [id], result: alone });
  const [associated] = alone.found.values();
  if (associated === undefined) result.missing.add(id);
  else result.found.set(id, associated);
}

function askPage(
  portal: PortalApi,
  { from, to, inputs }: { from: ObjectType; to: ObjectType; inputs: Input[] },
): Promise<z.infer<typeof replySchema>> {
  return ask(
    portal,
    { ...portal.endpoint('associationsBatchRead', { fromType: from, toType: to }), body: { inputs } },
    replySchema,
  );
}

function add(result: AssociationResult, fromId: string, to: readonly { toObjectId: string }[]): void {
  const known = result.found.get(fromId) ?? [];
  result.found.set(fromId, [...new Set([...known, ...to.map(({ toObjectId }) => toObjectId)])]);
}

/** HubSpot reports "no associations" as an error row; for us that is an answer. */
function noteError(result: AssociationResult, row: unknown): void {
  const { ids, subCategory } = parseErrorBody(row);
  for (const id of ids) {
    if (subCategory?.endsWith('NO_ASSOCIATIONS_FOUND') === true) add(result, id, []);
    else result.missing.add(id);
  }
}
