/** BSON type numbers and names, as `$type` and error messages use them. */
import { Decimal128, Double, Long } from 'bson';
import { ServerError, fail } from '../errors.ts';
import { bsonClass, isInt32 } from '../values/document.ts';
import { isNumber, toNumber } from '../values/numbers.ts';

const numbers: Record<string, number> = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  javascript: 13,
  symbol: 14,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: -1,
  maxKey: 127,
};
const classNames: Record<string, string> = {
  ObjectId: 'objectId',
  Binary: 'binData',
  BSONRegExp: 'regex',
  Timestamp: 'timestamp',
  Code: 'javascript',
  BSONSymbol: 'symbol',
  MinKey: 'minKey',
  MaxKey: 'maxKey',
};

export function typeName(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (typeof value === 'number') return isInt32(value) ? 'int' : 'double';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  if (Array.isArray(value)) return 'array';
  if (value instanceof Date) return 'date';
  if (value instanceof Long && bsonClass(value) === 'Long') return 'long';
  if (value instanceof Double) return 'double';
  if (value instanceof Decimal128) return 'decimal';
  return classNames[bsonClass(value)] ?? 'object';
}

function typeTest(wanted: unknown): (value: unknown) => boolean {
  if (wanted === 'number') return isNumber;
  if (isNumber(wanted)) {
    const name = Object.keys(numbers).find((key) => numbers[key] === toNumber(wanted));
    if (name === undefined) throw new ServerError(2, `Invalid numerical type code: ${toNumber(wanted)}`);
    return (value) => typeName(value) === name;
  }
  if (typeof wanted !== 'string') return fail(14, 'type must be represented as a number or a string');
  if (!Object.hasOwn(numbers, wanted)) throw new ServerError(2, `Unknown type name alias: ${wanted}`);
  return (value) => typeName(value) === wanted;
}

/** The test of `$type`: a name, a number, or a list of either. */
export function compileType(wanted: unknown): (value: unknown) => boolean {
  const tests = (Array.isArray(wanted) ? wanted : [wanted]).map(typeTest);
  if (!tests.length) throw new ServerError(9, '$type must match at least one type');
  return (value) => tests.some((test) => test(value));
}
