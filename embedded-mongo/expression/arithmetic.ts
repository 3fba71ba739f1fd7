/** Arithmetic expressions. Null or missing makes the result null; dates add and subtract milliseconds. */
import { Decimal128, Long } from 'bson';
import { ServerError, fail } from '../errors.ts';
import { typeName } from '../query/types.ts';
import { compare } from '../values/compare.ts';
import { asDouble, isInt32 } from '../values/document.ts';
import { arithmetic, isNumber, toNumber, type BsonNumber } from '../values/numbers.ts';
import { withList, withValues } from './arguments.ts';
import { isNullish, type Operator } from './scope.ts';

const wrongType = (name: string, value: unknown): never =>
  fail(14, `${name} only supports numeric types, not ${typeName(value)}`);

const asNumber = (name: string, value: unknown): BsonNumber => (isNumber(value) ? value : wrongType(name, value));

/** Decimals stay decimals in results that JavaScript computes. */
const like = (model: readonly BsonNumber[], value: number): BsonNumber =>
  model.some((item) => item instanceof Decimal128) ? Decimal128.fromString(String(value)) : asDouble(value);

function add(values: unknown[]): unknown {
  if (values.some(isNullish)) return null;
  const dates = values.filter((value) => value instanceof Date);
  if (dates.length > 1) throw new ServerError(16612, 'only one date allowed in an $add expression');
  const total = values
    .filter((value) => !(value instanceof Date))
    .reduce<BsonNumber>((sum, value) => arithmetic('add', sum, asNumber('$add', value)), 0);
  return dates[0] ? new Date(dates[0].getTime() + toNumber(total)) : total;
}

function multiply(values: unknown[]): unknown {
  if (values.some(isNullish)) return null;
  return values.reduce<BsonNumber>(
    (product, value) => arithmetic('multiply', product, asNumber('$multiply', value)),
    1,
  );
}

function subtract(a: unknown, b: unknown): unknown {
  if (isNullish(a) || isNullish(b)) return null;
  if (a instanceof Date && b instanceof Date) return Long.fromNumber(a.getTime() - b.getTime());
  if (a instanceof Date) return new Date(a.getTime() - toNumber(asNumber('$subtract', b)));
  return arithmetic('add', asNumber('$subtract', a), arithmetic('multiply', asNumber('$subtract', b), -1));
}

function divide(a: unknown, b: unknown): unknown {
  if (isNullish(a) || isNullish(b)) return null;
  const [x, y] = [asNumber('$divide', a), asNumber('$divide', b)];
  if (toNumber(y) === 0) throw new ServerError(2, "can't $divide by zero");
  return like([x, y], toNumber(x) / toNumber(y));
}

function modulo(a: unknown, b: unknown): unknown {
  if (isNullish(a) || isNullish(b)) return null;
  const [x, y] = [asNumber('$mod', a), asNumber('$mod', b)];
  if (toNumber(y) === 0) throw new ServerError(16610, "can't $mod by zero");
  if (x instanceof Long || y instanceof Long) return Long.fromBigInt(BigInt(String(x)) % BigInt(String(y)));
  const result = toNumber(x) % toNumber(y);
  return [x, y].every((value) => typeof value === 'number' && isInt32(value)) ? result || 0 : like([x, y], result);
}

/** The sum of the numbers among the values; everything else is passed over. */
export const sum = (values: readonly unknown[]): BsonNumber =>
  values.filter(isNumber).reduce((total, value) => arithmetic('add', total, value), 0 as BsonNumber);

export function average(values: readonly unknown[]): BsonNumber | null {
  const numbers = values.filter(isNumber);
  return numbers.length ? like(numbers, toNumber(sum(numbers)) / numbers.length) : null;
}

/** The least (direction -1) or greatest value; null and missing are passed over. */
export function extreme(values: readonly unknown[], direction: 1 | -1): unknown {
  let best: unknown = null;
  for (const value of values)
    if (!isNullish(value) && (best === null || compare(value, best) * direction > 0)) best = value;
  return best;
}

/** One argument that is an array stands for its elements. */
const opened =
  (apply: (values: readonly unknown[]) => unknown) =>
  (values: unknown[]): unknown =>
    apply(values.length === 1 && Array.isArray(values[0]) ? values[0] : values);

export const arithmeticOperators: [string, Operator][] = [
  ['$add', withList(add)],
  ['$multiply', withList(multiply)],
  ['$subtract', withValues('$subtract', 2, subtract)],
  ['$divide', withValues('$divide', 2, divide)],
  ['$mod', withValues('$mod', 2, modulo)],
  ['$sum', withList(opened(sum))],
  ['$avg', withList(opened(average))],
  ['$min', withList(opened((values) => extreme(values, -1)))],
  ['$max', withList(opened((values) => extreme(values, 1)))],
];
