/**
 * What a stored document is in memory. A whole number in the int32 range stands for a BSON int, any other number for a
 * double; a double with a whole value is a bson `Double`. Stored documents are never changed in place.
 */
import { Double } from 'bson';

export type Doc = Record<string, unknown>;

export const isDoc = (value: unknown): value is Doc =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** The bson class of a value, or '' for plain JavaScript values. */
export const bsonClass = (value: unknown): string => {
  if (typeof value !== 'object' || value === null || isDoc(value)) return '';
  return (value as { _bsontype?: string })._bsontype ?? '';
};

export const isInt32 = (value: number): boolean => (value | 0) === value && !Object.is(value, -0);

/** A number as a BSON double, also when its value is whole. */
export const asDouble = (value: number): number | Double => (isInt32(value) ? new Double(value) : value);

export function clone<T>(value: T): T {
  if (Array.isArray(value)) return value.map(clone) as T;
  if (!isDoc(value)) return value;
  const copy: Doc = { ...value };
  for (const key of Object.keys(copy)) {
    const field = copy[key];
    if (typeof field === 'object' && field !== null) copy[key] = clone(field);
  }
  return copy as T;
}

/** The value at a dotted path through documents only; undefined when missing. */
export function fieldAt(doc: unknown, path: readonly string[]): unknown {
  let value = doc;
  for (const name of path) {
    if (!isDoc(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}

/** Any value in a message or as a name. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null && !isDoc(value) && !Array.isArray(value))
    return (value as Date).toString();
  return JSON.stringify(value) ?? 'undefined';
}
