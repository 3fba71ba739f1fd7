/** How a dotted path reaches values through documents and arrays in queries, sorts and distinct. */
import { isDoc } from '../values/document.ts';

export const isArrayIndex = (name: string): boolean => /^(0|[1-9]\d*)$/.test(name);

/**
 * Calls `visitor` with each value the path reaches (undefined for a missing one) until it answers true. An array of
 * plain values has nothing at a sub-path: neither null nor missing.
 */
export function reach(
  value: unknown,
  path: readonly string[],
  visitor: (value: unknown) => boolean,
  depth = 0,
): boolean {
  const name = path[depth];
  if (name === undefined) return visitor(value);
  if (Array.isArray(value)) {
    if (isArrayIndex(name) && Number(name) < value.length && reach(value[Number(name)], path, visitor, depth + 1))
      return true;
    return value.some((item) => isDoc(item) && reach(item, path, visitor, depth));
  }
  if (!isDoc(value)) return visitor(undefined);
  return reach(Object.hasOwn(value, name) ? value[name] : undefined, path, visitor, depth + 1);
}

/** Every value the path reaches, arrays opened one level, missing ones left out. */
export function valuesAt(doc: unknown, path: readonly string[]): unknown[] {
  const found: unknown[] = [];
  reach(doc, path, (value) => {
    if (Array.isArray(value)) found.push(...(value as unknown[]));
    else if (value !== undefined) found.push(value);
    return false;
  });
  return found;
}
