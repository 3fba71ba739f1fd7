/** Walks the records a plan names, counting what it touched. The collection must not change until the caller is done. */
import type { Collection } from '../storage/collection.ts';
import type { StoredRecord } from '../storage/record.ts';
import type { Entry } from '../storage/sorted-keys.ts';
import { keyOf } from '../values/key.ts';
import type { IndexPlan } from './index-plan.ts';
import type { Plan } from './plan.ts';

export type Touched = { keys: number; docs: number };

type Source = { entries: Generator<Entry>; prefixLength: number; head: Entry };

/** Several ranges read as one, in the order of what follows their prefixes. */
function* merge(ranges: { entries: Generator<Entry>; prefixLength: number }[], reverse: boolean): Generator<Entry> {
  const sources: Source[] = [];
  for (const range of ranges) {
    const first = range.entries.next();
    if (!first.done) sources.push({ ...range, head: first.value });
  }
  const rest = ({ head, prefixLength }: Source) => head.key.slice(prefixLength);
  while (sources.length) {
    const best = sources.reduce((a, b) => ((reverse ? rest(b) > rest(a) : rest(b) < rest(a)) ? b : a));
    yield best.head;
    const next = best.entries.next();
    if (next.done) sources.splice(sources.indexOf(best), 1);
    else best.head = next.value;
  }
}

function* entriesOf({ index, prefixes, low, high, reverse, merged }: IndexPlan): Generator<Entry> {
  const ranges = prefixes.map((prefix) => ({
    entries: index.entries.range(prefix + low, prefix + high, reverse),
    prefixLength: prefix.length,
  }));
  if (merged) yield* merge(ranges, reverse);
  else for (const { entries } of ranges) yield* entries;
}

function* allRecords({ records }: Collection, reverse: boolean): Generator<StoredRecord> {
  yield* reverse ? [...records.values()].reverse() : records.values();
}

function* recordsOf(collection: Collection, plan: Plan, touched: Touched): Generator<StoredRecord> {
  switch (plan.kind) {
    case 'collection':
      yield* allRecords(collection, plan.reverse);
      return;
    case 'ids':
      for (const id of new Set(plan.ids.map(keyOf))) {
        const record = collection.records.get(id);
        touched.keys += 1;
        if (record) yield record;
      }
      return;
    case 'union':
      for (const branch of plan.branches) yield* recordsOf(collection, branch, touched);
      return;
    case 'index':
      if (plan.index === collection.idIndex) collection.orderedIdIndex();
      for (const { record } of entriesOf(plan)) {
        touched.keys += 1;
        yield record;
      }
  }
}

/** Each record once, also where an array gives it several keys or several branches name it. */
export function* scan(collection: Collection, plan: Plan, touched: Touched): Generator<StoredRecord> {
  const repeats = plan.kind === 'union' || (plan.kind === 'index' && plan.index.arrayFields.size > 0);
  const seen = repeats ? new Set<StoredRecord>() : undefined;
  for (const record of recordsOf(collection, plan, touched)) {
    if (seen?.has(record)) continue;
    seen?.add(record);
    touched.docs += 1;
    yield record;
  }
}
