/** What one index can do for a query: equality on its first fields, then the sort, then a range. */
import type { SortField } from '../query/sort.ts';
import type { CollectionIndex } from '../storage/index.ts';
import type { IndexField } from '../storage/index-keys.ts';
import { typeOrder } from '../values/compare.ts';
import { afterAll, invertKey, keyOf } from '../values/key.ts';
import type { Bound, Bounds } from './bounds.ts';
import { isImplied } from './implied.ts';

/** Reads low <= key < high behind each prefix; merged, the prefixes together come out in the order of what follows them. */
export type IndexPlan = {
  kind: 'index';
  index: CollectionIndex;
  prefixes: string[];
  low: string;
  high: string;
  reverse: boolean;
  sorted: boolean;
  merged: boolean;
  score: number;
};
type Query = { bounds: Bounds; sort: readonly SortField[]; forced: boolean };

const maxPrefixes = 2000;
const whole = ['', afterAll] as const;

const inDirection = (field: IndexField, key: string): string => (field.direction === 1 ? key : invertKey(key));

/**
 * How many leading fields may carry bounds: two fields through one array need not be matched by one element, so only the
 * first of them counts.
 */
function usableFields({ fields, arrayFields }: CollectionIndex): readonly IndexField[] {
  const second = [...arrayFields].sort((a, b) => a - b)[1];
  return second === undefined ? fields : fields.slice(0, second);
}

/** Every combination of the values the first fields are equal to. */
function equalityPrefixes(
  fields: readonly IndexField[],
  bounds: Bounds,
): { prefixes: string[]; fixed: IndexField[]; listed: boolean } {
  let prefixes = [''];
  const fixed: IndexField[] = [];
  let listed = false;
  for (const field of fields) {
    const values = bounds.get(field.name)?.equal;
    if (!values || prefixes.length * values.length > maxPrefixes) break;
    const keys = [...new Set(values.map(keyOf))].map((key) => inDirection(field, key));
    if (keys.length !== 1) listed = true;
    prefixes = prefixes.flatMap((prefix) => keys.map((key) => prefix + key));
    fixed.push(field);
  }
  return { prefixes, fixed, listed };
}

/** Exact edges are left to the filter: the range includes both. In an array different elements may meet the two edges. */
function rangeOf(field: IndexField, bound: Bound | undefined, inArray: boolean): readonly [string, string] | undefined {
  const edge = bound?.low ?? bound?.high;
  if (!bound || !edge) return undefined;
  const rank = typeOrder(edge.value);
  if (rank === 1 || rank === 127) return whole;
  const sameType = bound.high !== undefined && typeOrder(bound.high.value) === rank;
  const useHigh = sameType && !(inArray && bound.low);
  const low = bound.low && keyOf(bound.low.value);
  const high = useHigh && bound.high ? keyOf(bound.high.value) : undefined;
  const [first, last] = field.direction === 1 ? [low, high] : [high && invertKey(high), low && invertKey(low)];
  const tag = field.direction === 1 ? rank : 255 - rank;
  return [first ?? String.fromCharCode(tag), last === undefined ? String.fromCharCode(tag + 1) : last + afterAll];
}

/** Whether the fields after the fixed ones are the wanted sort, and in which direction. */
function orderOf({
  index,
  sort,
  fixed,
  listed,
}: {
  index: CollectionIndex;
  sort: readonly SortField[];
  fixed: IndexField[];
  listed: boolean;
}) {
  if (!sort.length) return undefined;
  // A list that is not pinned to one of its values gives a document several places; a list sorts by its least or greatest value.
  const isPinned = (at: number) => at < fixed.length && !sort.some(({ name }) => name === index.fields[at]?.name);
  if (![...index.arrayFields].every(isPinned)) return undefined;
  const isFixed = (name: string) => fixed.some((field) => field.name === name);
  if (listed && sort.some(({ name }) => isFixed(name))) return undefined;
  const wanted = sort.filter(({ name }) => !isFixed(name));
  const given = index.fields.slice(fixed.length);
  const turns = wanted.map(({ name, direction }, i) =>
    given[i]?.name === name ? direction * (given[i]?.direction ?? 0) : 0,
  );
  if (turns.includes(0) || new Set(turns).size > 1) return undefined;
  return { reverse: turns[0] === -1 };
}

/** A sparse index lacks the documents that have none of its fields. */
const mayMiss = ({ sparse, fields }: CollectionIndex, bounds: Bounds): boolean =>
  sparse &&
  !fields.some(({ name }) => {
    const bound = bounds.get(name);
    return bound?.equal
      ? bound.equal.every((value) => value !== null)
      : Boolean(bound?.low ?? bound?.high ?? bound?.exists);
  });

export function indexPlan(index: CollectionIndex, { bounds, sort, forced }: Query): IndexPlan | undefined {
  if (index.partial && !isImplied(index.partial, bounds)) return undefined;
  if (mayMiss(index, bounds)) return undefined;
  const usable = usableFields(index);
  const { prefixes, fixed, listed } = equalityPrefixes(usable, bounds);
  const next = usable[fixed.length];
  const range = next && rangeOf(next, bounds.get(next.name), index.arrayFields.has(fixed.length));
  const order = orderOf({ index, sort, fixed, listed });
  const selective = index.sparse || index.partial;
  if (!fixed.length && !range && !order && !forced && !selective) return undefined;
  const [low, high] = range ?? whole;
  const complete = index.unique && fixed.length === index.fields.length;
  return {
    kind: 'index',
    index,
    prefixes,
    low,
    high,
    reverse: order?.reverse ?? false,
    sorted: order !== undefined,
    merged: order !== undefined && listed,
    score: fixed.length * 100 + (order ? 40 : 0) + (range ? 30 : 0) + (complete ? 50 : 0) + (selective ? 5 : 0),
  };
}
