/** String expressions. */
import { ObjectId } from 'bson';
import { ServerError, fail } from '../errors.ts';
import { typeName } from '../query/types.ts';
import { isNumber } from '../values/numbers.ts';
import { withList, withValues } from './arguments.ts';
import { isNullish, type Operator } from './scope.ts';

function toText(value: unknown): string | null {
  if (isNullish(value)) return null;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof ObjectId) return value.toHexString();
  if (typeof value === 'string' || typeof value === 'boolean' || isNumber(value)) return String(value);
  return fail(241, `Unsupported conversion from ${typeName(value)} to string in $convert with no onError value`);
}

function concat(values: unknown[]): string | null {
  if (values.some(isNullish)) return null;
  const wrong = values.find((value) => typeof value !== 'string');
  if (wrong !== undefined) throw new ServerError(16702, `$concat only supports strings, not ${typeName(wrong)}`);
  return values.join('');
}

/** ASCII letters only, as the server does. */
const toLower = (value: unknown): string => (toText(value) ?? '').replace(/[A-Z]/g, (letter) => letter.toLowerCase());

export const stringOperators: [string, Operator][] = [
  ['$concat', withList(concat)],
  ['$toString', withValues('$toString', 1, toText)],
  ['$toLower', withValues('$toLower', 1, toLower)],
];
