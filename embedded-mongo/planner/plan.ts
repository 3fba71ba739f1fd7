/** Chooses how a query finds its documents: by _id, along an index, along several, or by looking at all of them. */
import { ServerError } from '../errors.ts';
import type { SortField } from '../query/sort.ts';
import type { Collection } from '../storage/collection.ts';
import type { CollectionIndex } from '../storage/index.ts';
import { equal } from '../values/compare.ts';
import { isDoc, type Doc } from '../values/document.ts';
import { numberOr } from '../values/numbers.ts';
import { findBounds } from './bounds.ts';
import { indexPlan, type IndexPlan } from './index-plan.ts';

export type Plan =
  | { kind: 'collection'; reverse: boolean; sorted: false }
  | { kind: 'ids'; ids: unknown[]; sorted: boolean }
  | IndexPlan
  | { kind: 'union'; branches: Plan[]; sorted: false };

type Request = { filter: Doc; sort: readonly SortField[]; hint?: unknown };

const lookAtAll: Plan = { kind: 'collection', reverse: false, sorted: false };

function hinted(indexes: CollectionIndex[], hint: unknown): CollectionIndex[] {
  const found = indexes.filter(({ name, spec }) => (typeof hint === 'string' ? name === hint : equal(spec.key, hint)));
  if (!found.length) throw new ServerError(2, 'hint provided does not correspond to an existing index');
  return found;
}

/** A condition on each branch of `$or` that an index serves makes the whole served. */
function unionPlan(collection: Collection, filter: Doc): Plan | undefined {
  const { $or: parts } = filter;
  if (!Array.isArray(parts)) return undefined;
  const branches = parts.map((part): Plan =>
    isDoc(part) ? choosePlan(collection, { filter: part, sort: [] }) : lookAtAll,
  );
  return branches.some(({ kind }) => kind === 'collection') ? undefined : { kind: 'union', branches, sorted: false };
}

export function choosePlan(collection: Collection, { filter, sort, hint }: Request): Plan {
  const natural = isDoc(hint) ? numberOr(hint.$natural, 0) : 0;
  if (natural) return { kind: 'collection', reverse: natural < 0, sorted: false };
  const bounds = findBounds(filter);
  const ids = bounds.get('_id')?.equal;
  if (ids && !hint) return { kind: 'ids', ids, sorted: ids.length === 1 };
  const all = [...collection.indexes.values(), collection.idIndex];
  const candidates = hint === undefined ? all : hinted(all, hint);
  let best: IndexPlan | undefined;
  for (const index of candidates) {
    const plan = indexPlan(index, { bounds, sort, forced: hint !== undefined });
    if (plan && (!best || plan.score > best.score)) best = plan;
  }
  if (hint !== undefined && !best)
    throw new ServerError(2, 'the hinted index does not hold every document the query asks for');
  if (!best || best.score < 100) return unionPlan(collection, filter) ?? best ?? lookAtAll;
  return best;
}
