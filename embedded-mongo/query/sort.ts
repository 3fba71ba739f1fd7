/** Sorting by several paths, whole or only the first few of many. */
import { ServerError, fail } from '../errors.ts';
import { compare, emptyArray } from '../values/compare.ts';
import { isDoc, type Doc } from '../values/document.ts';
import { numberOr } from '../values/numbers.ts';
import { reach } from './path.ts';

export type SortField = { name: string; path: readonly string[]; direction: 1 | -1 };

export function parseSort(spec: unknown): SortField[] {
  if (!isDoc(spec)) return fail(14, 'the sort has to be a document');
  return Object.entries(spec).map(([name, value]) => {
    const direction = isDoc(value) ? Number.NaN : numberOr(value, Number.NaN);
    if (direction !== 1 && direction !== -1) {
      throw new ServerError(
        2,
        `Illegal key in $sort specification: ${name}: it must be 1 (for ascending) or -1 (for descending)`,
      );
    }
    return { name, path: name.split('.'), direction };
  });
}

/** An array sorts by its least element (ascending) or its greatest (descending). */
function sortValue(doc: Doc, { path, direction }: SortField): unknown {
  const seen: unknown[] = [];
  reach(doc, path, (value) => {
    if (!Array.isArray(value)) seen.push(value);
    else if (value.length) seen.push(...(value as unknown[]));
    else seen.push(emptyArray);
    return false;
  });
  return seen.length < 2
    ? seen[0]
    : seen.reduce((best, value) => (compare(value, best) * direction < 0 ? value : best));
}

type Keyed<T> = { item: T; values: unknown[]; at: number };

/** Stable. With a limit it keeps at most twice as many items at any time. */
export function sortBy<T>({ items, docOf, fields, limit }: SortRequest<T>): T[] {
  const order = (a: Keyed<T>, b: Keyed<T>) => {
    for (let i = 0; i < fields.length; i += 1) {
      const result = compare(a.values[i], b.values[i]) * (fields[i]?.direction ?? 1);
      if (result) return result;
    }
    return a.at - b.at;
  };
  let kept: Keyed<T>[] = [];
  let at = 0;
  for (const item of items) {
    const doc = docOf(item);
    kept.push({ item, values: fields.map((field) => sortValue(doc, field)), at: (at += 1) });
    if (limit !== undefined && kept.length >= 2 * limit + 64) kept = kept.sort(order).slice(0, limit);
  }
  return kept
    .sort(order)
    .slice(0, limit)
    .map(({ item }) => item);
}

export type SortRequest<T> = {
  items: Iterable<T>;
  docOf: (item: T) => Doc;
  fields: readonly SortField[];
  limit?: number | undefined;
};
