/** Exact comparison and arithmetic across BSON's four number types. Knows nothing of documents. */
import { Decimal128, Double, Long } from 'bson';
import { ServerError } from '../errors.ts';
import { asDouble, bsonClass, isInt32 } from './document.ts';

export type BsonNumber = number | Double | Long | Decimal128;
/** A finite number as coefficient x 10^exponent. */
export type Exact = { coefficient: bigint; exponent: number };

export function isNumber(value: unknown): value is BsonNumber {
  if (typeof value === 'number') return true;
  const kind = bsonClass(value);
  return kind === 'Long' || kind === 'Double' || kind === 'Decimal128';
}

export const toNumber = (value: unknown): number => (value instanceof Long ? value.toNumber() : Number(String(value)));

/** `fallback` when missing or null; NaN for what is not a number. */
export const numberOr = (value: unknown, fallback: number): number => {
  if (value === undefined || value === null) return fallback;
  return isNumber(value) ? toNumber(value) : Number.NaN;
};

/** Finite numbers exactly; NaN and the infinities as they are. */
export function toExact(value: BsonNumber): Exact | number {
  if (value instanceof Long) return { coefficient: value.toBigInt(), exponent: 0 };
  if (value instanceof Decimal128) return parseDecimal(value.toString());
  const number = Number(value);
  if (!Number.isFinite(number)) return number;
  if (Number.isInteger(number)) return { coefficient: BigInt(number), exponent: 0 };
  let scaled = number;
  let twos = 0;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    twos += 1;
  }
  return { coefficient: BigInt(scaled) * 5n ** BigInt(twos), exponent: -twos };
}

function parseDecimal(text: string): Exact | number {
  const match = /^(-?)(\d*)\.?(\d*)(?:E([+-]?\d+))?$/.exec(text);
  if (!match) return Number(text);
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  return { coefficient: BigInt(`${sign}${whole}${fraction}`), exponent: Number(exponent) - fraction.length };
}

function align(a: Exact, b: Exact): [bigint, bigint, number] {
  const exponent = Math.min(a.exponent, b.exponent);
  const lift = (x: Exact) => x.coefficient * 10n ** BigInt(x.exponent - exponent);
  return [lift(a), lift(b), exponent];
}

export function subtractExact(a: Exact, b: Exact): Exact {
  const [x, y, exponent] = align(a, b);
  return { coefficient: x - y, exponent };
}

const sign = (value: number | bigint): number => (value > 0 ? 1 : value < 0 ? -1 : 0);

/** NaN is below every other number, as in BSON. */
export function compareNumbers(a: BsonNumber, b: BsonNumber): number {
  if (typeof a === 'number' && typeof b === 'number') {
    if (a === b) return 0;
    if (a < b) return -1;
    if (a > b) return 1;
  }
  const x = toExact(a);
  const y = toExact(b);
  if (typeof x === 'number' || typeof y === 'number') {
    const p = typeof x === 'number' ? x : 0;
    const q = typeof y === 'number' ? y : 0;
    if (Number.isNaN(p) || Number.isNaN(q)) return Number.isNaN(p) ? (Number.isNaN(q) ? 0 : -1) : 1;
    return p < q ? -1 : p > q ? 1 : 0;
  }
  return sign(subtractExact(x, y).coefficient);
}

const kindRank = (value: BsonNumber): number => {
  if (value instanceof Decimal128) return 3;
  if (value instanceof Double) return 2;
  if (value instanceof Long) return 1;
  return isInt32(value) ? 0 : 2;
};

/** int < long < double < decimal: the wider side decides the type; an int that overflows becomes a long. */
export function arithmetic(operation: 'add' | 'multiply', a: BsonNumber, b: BsonNumber): BsonNumber {
  const rank = Math.max(kindRank(a), kindRank(b));
  if (rank === 3) return decimalArithmetic(operation, a, b);
  if (rank === 2) {
    const [x, y] = [toNumber(a), toNumber(b)];
    return asDouble(operation === 'add' ? x + y : x * y);
  }
  const [x, y] = [BigInt(String(a)), BigInt(String(b))];
  const result = operation === 'add' ? x + y : x * y;
  if (result !== BigInt.asIntN(64, result))
    throw new ServerError(2, 'The result of the arithmetic overflows a 64-bit integer');
  return rank === 0 && result === BigInt.asIntN(32, result) ? Number(result) : Long.fromBigInt(result);
}

function decimalArithmetic(operation: 'add' | 'multiply', a: BsonNumber, b: BsonNumber): Decimal128 {
  const x = toExact(a);
  const y = toExact(b);
  if (typeof x === 'number' || typeof y === 'number') {
    const [p, q] = [toNumber(a), toNumber(b)];
    return Decimal128.fromString(String(operation === 'add' ? p + q : p * q));
  }
  const [p, q, exponent] = align(x, y);
  const [coefficient, power] =
    operation === 'add' ? [p + q, exponent] : [x.coefficient * y.coefficient, x.exponent + y.exponent];
  return Decimal128.fromStringWithRounding(`${coefficient}E${power}`);
}
