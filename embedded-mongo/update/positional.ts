/** `$`, `$[]` and `$[name]` in update paths: which elements of an array they stand for. */
import { ServerError, fail } from '../errors.ts';
import { compileFilter } from '../query/filter.ts';
import { isOperators } from '../query/operators.ts';
import { fieldAt, isDoc, type Doc } from '../values/document.ts';

export type ArrayFilters = Map<string, (element: unknown) => boolean>;

export const isPositional = (name: string): boolean => name === '$' || /^\$\[\w*\]$/.test(name);

/** The name inside `$[name]`; undefined for anything else. */
const filterName = (name: string): string | undefined => /^\$\[(\w+)\]$/.exec(name)?.[1];

function namesIn(filter: Doc): string[] {
  return Object.entries(filter).flatMap(([name, value]) =>
    name.startsWith('$') && Array.isArray(value) ? value.filter(isDoc).flatMap(namesIn) : [name.split('.')[0] ?? ''],
  );
}

/** Each filter names one element; each must be used by a path, and each name in a path must have one. */
export function parseArrayFilters(list: unknown, paths: readonly string[]): ArrayFilters {
  const filters: ArrayFilters = new Map();
  for (const filter of Array.isArray(list) ? (list as unknown[]) : []) {
    const names = new Set(isDoc(filter) ? namesIn(filter) : []);
    const [name] = names;
    if (name === undefined || names.size > 1)
      throw new ServerError(9, 'Error parsing array filter: expected a single top-level field name');
    if (filters.has(name))
      throw new ServerError(9, `Found multiple array filters with the same top-level field name ${name}`);
    const test = compileFilter(filter);
    filters.set(name, (element) => test({ [name]: element }));
  }
  const used = new Set(paths.flatMap((path) => path.split('.')).map(filterName));
  for (const name of filters.keys()) {
    if (!used.has(name))
      throw new ServerError(9, `The array filter for identifier '${name}' was not used in the update`);
  }
  for (const name of used) {
    if (name !== undefined && !filters.has(name))
      throw new ServerError(2, `No array filter found for identifier '${name}'`);
  }
  return filters;
}

/** The first element of the array at `base` that meets the query's condition on it. */
function matchedPosition(filter: Doc, doc: Doc, base: string): number | undefined {
  const array = fieldAt(doc, base.split('.'));
  if (!Array.isArray(array)) return undefined;
  for (const [name, condition] of Object.entries(filter)) {
    if (name === '$and' && Array.isArray(condition)) {
      const found = condition
        .filter(isDoc)
        .map((part) => matchedPosition(part, doc, base))
        .find((position) => position !== undefined);
      if (found !== undefined) return found;
    }
    if (name !== base && !name.startsWith(`${base}.`)) continue;
    const test = elementTest(name.slice(base.length + 1), condition);
    const position = array.findIndex(test);
    if (position >= 0) return position;
  }
  return undefined;
}

function elementTest(rest: string, condition: unknown): (element: unknown) => boolean {
  if (rest) {
    const test = compileFilter({ [rest]: condition });
    return (element) => isDoc(element) && test(element);
  }
  if (isOperators(condition) && isDoc(condition.$elemMatch)) {
    const inner = compileFilter({ list: condition });
    return (element) => inner({ list: [element] });
  }
  const test = compileFilter({ element: condition });
  return (element) => test({ element });
}

export function positionsFor(
  name: string,
  context: { array: unknown[]; base: string; doc: Doc; filter: Doc; filters: ArrayFilters },
): number[] {
  const { array, base, doc, filter, filters } = context;
  if (name === '$') {
    const position = matchedPosition(filter, doc, base);
    return [position ?? fail(2, 'The positional operator did not find the match needed from the query.')];
  }
  const test = filters.get(filterName(name) ?? '');
  return [...array.keys()].filter((i) => !test || test(array[i]));
}
