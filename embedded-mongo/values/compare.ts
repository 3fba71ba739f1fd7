/** BSON comparison: the order of types, then the order within a type. */
import type { BSONRegExp, Binary, ObjectId, Timestamp } from 'bson';
import { bsonClass, isDoc, type Doc } from './document.ts';
import { compareNumbers, type BsonNumber } from './numbers.ts';

/** Stands for an empty array in sorts and indexes, where it is below null. */
export const emptyArray: object = Object.freeze(Object.create({ _bsontype: 'EmptyArray' }));

const classOrder: Record<string, number> = {
  MinKey: 1,
  EmptyArray: 3,
  Double: 10,
  Long: 10,
  Decimal128: 10,
  BSONSymbol: 15,
  Binary: 30,
  ObjectId: 35,
  Timestamp: 47,
  BSONRegExp: 50,
  Code: 60,
  MaxKey: 127,
};

/** The rank of a value's type; what is missing sorts as null. */
export function typeOrder(value: unknown): number {
  if (typeof value === 'number') return 10;
  if (typeof value === 'string') return 15;
  if (typeof value === 'boolean') return 40;
  if (value === null || value === undefined) return 5;
  if (Array.isArray(value)) return 25;
  if (value instanceof Date) return 45;
  return classOrder[bsonClass(value)] ?? 20;
}

const sign = (difference: number): number => (difference < 0 ? -1 : difference > 0 ? 1 : 0);

/** UTF-16 order is UTF-8 order except where surrogates meet the code units above them. */
function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  for (let i = 0; i < a.length && i < b.length; i += 1) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const lift = (unit: number) => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);
    return sign(lift(x) - lift(y));
  }
  return sign(a.length - b.length);
}

function compareArrays(a: unknown[], b: unknown[]): number {
  for (let i = 0; i < a.length && i < b.length; i += 1) {
    const order = compare(a[i], b[i]);
    if (order) return order;
  }
  return sign(a.length - b.length);
}

function compareDocs(a: Doc, b: Doc): number {
  const keys = Object.keys(a);
  const others = Object.keys(b);
  for (const [i, key] of keys.entries()) {
    const other = others[i];
    if (other === undefined) return 1;
    const order =
      sign(typeOrder(a[key]) - typeOrder(b[other])) || compareStrings(key, other) || compare(a[key], b[other]);
    if (order) return order;
  }
  return sign(keys.length - others.length);
}

export const bytesOf = (value: Binary): Uint8Array => value.buffer.subarray(0, value.position);

function compareBinary(a: Binary, b: Binary): number {
  return sign(a.position - b.position) || sign(a.sub_type - b.sub_type) || Buffer.compare(bytesOf(a), bytesOf(b));
}

/** -1, 0 or 1 in BSON order. */
export function compare(a: unknown, b: unknown): number {
  if (a === b) return 0;
  const rank = typeOrder(a);
  const other = typeOrder(b);
  if (rank !== other) return sign(rank - other);
  switch (rank) {
    case 10:
      return compareNumbers(a as BsonNumber, b as BsonNumber);
    case 15:
      return compareStrings(String(a), String(b));
    case 20:
      return isDoc(a) && isDoc(b) ? compareDocs(a, b) : 0;
    case 25:
      return compareArrays(a as unknown[], b as unknown[]);
    case 30:
      return compareBinary(a as Binary, b as Binary);
    case 35:
      return compareStrings((a as ObjectId).toHexString(), (b as ObjectId).toHexString());
    case 40:
      return a ? 1 : -1;
    case 45:
      return sign((a as Date).getTime() - (b as Date).getTime());
    case 47:
      return sign((a as Timestamp).compare(b as Timestamp));
    case 50: {
      const [p, q] = [a as BSONRegExp, b as BSONRegExp];
      return compareStrings(p.pattern, q.pattern) || compareStrings(p.options, q.options);
    }
    default:
      return 0;
  }
}

/** Equal in value: 1, 1.0 and Long 1 are; so are a missing value and null. */
export const equal = (a: unknown, b: unknown): boolean => a === b || compare(a, b) === 0;
