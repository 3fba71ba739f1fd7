/**
 * Values as strings whose plain string order is BSON order, one latin1 character per byte, so that an index is a sorted
 * list of strings. Every key starts with its type's rank and is never a prefix of another key.
 */
import { Decimal128, Long, type BSONRegExp, type Binary, type ObjectId, type Timestamp } from 'bson';
import { bytesOf, typeOrder } from './compare.ts';
import { isDoc } from './document.ts';
import { subtractExact, toExact, toNumber, type BsonNumber, type Exact } from './numbers.ts';

/** Above every key that can follow a prefix. */
export const afterAll = '\xff';

const scratch = new DataView(new ArrayBuffer(8));
const exactly = '\x80';

function doubleKey(value: number): string {
  if (Number.isNaN(value)) return '\0\0\0\0\0\0\0\0';
  scratch.setFloat64(0, value === 0 ? 0 : value);
  let high = scratch.getUint32(0);
  let low = scratch.getUint32(4);
  if (high & 0x80000000) {
    high = ~high >>> 0;
    low = ~low >>> 0;
  } else high = (high | 0x80000000) >>> 0;
  return (
    String.fromCharCode(high >>> 24, (high >>> 16) & 255, (high >>> 8) & 255, high & 255) +
    String.fromCharCode(low >>> 24, (low >>> 16) & 255, (low >>> 8) & 255, low & 255)
  );
}

/** What a double could not hold: its sign, size and digits, in order. */
function remainderKey({ coefficient, exponent }: Exact): string {
  if (coefficient === 0n) return exactly;
  const digits = String(coefficient < 0n ? -coefficient : coefficient);
  const key = `${doubleKey(digits.length + exponent)}${digits.replace(/0+$/, '')}\0`;
  return coefficient > 0n ? `\x81${key}` : `\x7f${invertKey(key)}`;
}

function numberKey(value: BsonNumber): string {
  if (!(value instanceof Long || value instanceof Decimal128)) return doubleKey(Number(value)) + exactly;
  const exact = toExact(value);
  if (typeof exact === 'number') return doubleKey(exact) + exactly;
  const nearest = Math.min(Math.max(toNumber(value), -Number.MAX_VALUE), Number.MAX_VALUE);
  const held = toExact(nearest);
  return doubleKey(nearest) + (typeof held === 'number' ? exactly : remainderKey(subtractExact(exact, held)));
}

/** ASCII without NUL is its own key. */
function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit === 0 || unit > 127) return false;
  }
  return true;
}

/** Ends in two NULs, and a NUL inside is followed by 0xff: no text is the beginning of another one. */
function textKey(text: string): string {
  if (isPlain(text)) return `${text}\0\0`;
  return `${Buffer.from(text, 'utf8').toString('latin1').replaceAll('\0', '\0\xff')}\0\0`;
}

function binaryKey(value: Binary): string {
  const bytes = bytesOf(value);
  const { length } = bytes;
  const head = String.fromCharCode(
    length >>> 24,
    (length >>> 16) & 255,
    (length >>> 8) & 255,
    length & 255,
    value.sub_type,
  );
  return head + Buffer.from(bytes).toString('latin1');
}

export function keyOf(value: unknown): string {
  const rank = typeOrder(value);
  const tag = String.fromCharCode(rank);
  switch (rank) {
    case 10:
      return tag + numberKey(value as BsonNumber);
    case 15:
      return tag + textKey(String(value));
    case 20: {
      let key = tag;
      if (isDoc(value)) {
        for (const [name, field] of Object.entries(value)) {
          key += String.fromCharCode(typeOrder(field)) + textKey(name) + keyOf(field);
        }
      }
      return `${key}\0`;
    }
    case 25:
      return `${tag}${(value as unknown[]).map(keyOf).join('')}\0`;
    case 30:
      return tag + binaryKey(value as Binary);
    case 35:
      return tag + (value as ObjectId).toHexString();
    case 40:
      return tag + (value ? '\x02' : '\x01');
    case 45:
      return tag + doubleKey((value as Date).getTime());
    case 47:
      return (
        tag +
        BigInt.asUintN(64, (value as Timestamp).toBigInt())
          .toString(16)
          .padStart(16, '0')
      );
    case 50:
      return tag + textKey((value as BSONRegExp).pattern) + textKey((value as BSONRegExp).options);
    default:
      return tag;
  }
}

/** The same key in descending order. */
export function invertKey(key: string): string {
  let inverted = '';
  for (let i = 0; i < key.length; i += 1) inverted += String.fromCharCode(255 - key.charCodeAt(i));
  return inverted;
}
