/** Runs a query: plan, scan, filter, sort, skip, limit. The answer is a list of records, taken before anything changes. */
import { notSupported } from '../errors.ts';
import { compileFilter } from '../query/filter.ts';
import { parseSort, sortBy } from '../query/sort.ts';
import type { Collection } from '../storage/collection.ts';
import type { StoredRecord } from '../storage/record.ts';
import { isDoc, type Doc } from '../values/document.ts';
import { choosePlan, type Plan } from './plan.ts';
import { scan, type Touched } from './scan.ts';

export type Query = { filter: unknown; sort?: unknown; skip?: number; limit?: number; hint?: unknown; now: Date };
/** `plan` is undefined when there is no such collection. */
export type Answer = { records: StoredRecord[]; plan: Plan | undefined; touched: Touched };

export function runQuery(collection: Collection | undefined, query: Query): Answer {
  const { sort, skip = 0, limit = 0, hint, now } = query;
  const filter: Doc = isDoc(query.filter) ? query.filter : {};
  // Compiled first: a bad filter fails on an empty collection too.
  const test = compileFilter(query.filter ?? {}, now);
  const fields = sort === undefined || sort === null ? [] : parseSort(sort);
  if (fields.some(({ name }) => name.startsWith('$'))) notSupported(`sorting by ${fields[0]?.name}`);
  const touched: Touched = { keys: 0, docs: 0 };
  if (!collection) return { records: [], plan: undefined, touched };
  const plan = choosePlan(collection, {
    filter,
    sort: fields,
    hint: isDoc(hint) && !Object.keys(hint).length ? undefined : hint,
  });
  const end = limit ? skip + limit : undefined;
  const inOrder = !fields.length || plan.sorted;
  const matches = matching(scan(collection, plan, touched), test, inOrder ? end : undefined);
  const ordered = inOrder ? [...matches] : sortBy({ items: matches, docOf: ({ doc }) => doc, fields, limit: end });
  return { records: skip ? ordered.slice(skip) : ordered, plan, touched };
}

function* matching(
  records: Iterable<StoredRecord>,
  test: (doc: Doc) => boolean,
  enough: number | undefined,
): Generator<StoredRecord> {
  let found = 0;
  for (const record of records) {
    if (!test(record.doc)) continue;
    yield record;
    found += 1;
    if (found === enough) return;
  }
}
