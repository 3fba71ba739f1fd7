/** The keys one document has in one index. An array gives a key per element; paths through one array go together. */
import { fail } from '../errors.ts';
import { emptyArray } from '../values/compare.ts';
import { isDoc, type Doc } from '../values/document.ts';
import { invertKey, keyOf } from '../values/key.ts';

export type IndexField = { name: string; path: readonly string[]; direction: 1 | -1 };
export type DocKeys = { keys: string[]; hasValue: boolean; arrayFields: readonly number[] };

/** How far one field's path has been followed. */
type Trail = { value: unknown; rest: readonly string[]; done: boolean };

/** Follows documents; stops at an array or at the end. */
function follow({ value, rest, done }: Trail): Trail {
  let at = value;
  let depth = 0;
  for (; depth < rest.length && isDoc(at); depth += 1) {
    const name = rest[depth] ?? '';
    at = Object.hasOwn(at, name) ? at[name] : undefined;
  }
  if (!Array.isArray(at)) return { value: depth < rest.length ? undefined : at, rest: [], done: true };
  return { value: at, rest: rest.slice(depth), done };
}

const isOpen = (trail: Trail): boolean => !trail.done && Array.isArray(trail.value);

/** One list of values per key; `arrayFields` collects the positions that met an array. */
function expand(trails: Trail[], arrayFields: Set<number>): unknown[][] {
  const open = trails.filter(isOpen);
  const array: unknown = open[0]?.value;
  if (!Array.isArray(array)) return [trails.map(({ value }) => value)];
  if (open.some(({ value }) => value !== array)) fail(171, 'cannot index parallel arrays');
  for (const [i, trail] of trails.entries()) if (isOpen(trail)) arrayFields.add(i);
  const elements: unknown[] = array.length ? array : [emptyArray];
  return elements.flatMap((element) =>
    expand(
      trails.map((trail) => (isOpen(trail) ? enter(trail, element) : trail)),
      arrayFields,
    ),
  );
}

/** An element that is itself an array is a value at the end of a path and nothing on the way. */
function enter({ rest }: Trail, element: unknown): Trail {
  if (!rest.length) return { value: element, rest, done: true };
  return isDoc(element) ? follow({ value: element, rest, done: false }) : { value: undefined, rest: [], done: true };
}

export function docKeys(doc: Doc, fields: readonly IndexField[]): DocKeys {
  const arrayFields = new Set<number>();
  const trails = fields.map(({ path }) => follow({ value: doc, rest: path, done: false }));
  const rows = expand(trails, arrayFields);
  const keys = rows.map((values) => {
    let key = '';
    for (let i = 0; i < values.length; i += 1) {
      const part = keyOf(values[i]);
      key += fields[i]?.direction === -1 ? invertKey(part) : part;
    }
    return key;
  });
  return {
    keys: keys.length > 1 ? [...new Set(keys)] : keys,
    hasValue: rows.some((values) => values.some((value) => value !== undefined)),
    arrayFields: [...arrayFields],
  };
}
