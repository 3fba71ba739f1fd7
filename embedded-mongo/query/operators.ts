/** The field operators of a query: each becomes a test of one document. */
import { BSONRegExp } from 'bson';
import { ServerError, fail } from '../errors.ts';
import { compare, equal, typeOrder } from '../values/compare.ts';
import { isDoc, type Doc } from '../values/document.ts';
import { keyOf } from '../values/key.ts';
import { isNumber, toNumber } from '../values/numbers.ts';
import { reach } from './path.ts';
import { toRegExp } from './regex.ts';
import { compileType } from './types.ts';

export type Test = (doc: Doc) => boolean;
export type Compile = (filter: unknown) => Test;
type ValueTest = (value: unknown) => boolean;
/** Where a condition looks. In a value-wise `$elemMatch` an element that is an array is not opened again. */
type Place = { path: readonly string[]; single: boolean };
type Condition = { operand: unknown; place: Place; all: Doc; compile: Compile };

const logical = new Set(['$and', '$or', '$nor', '$expr']);

/** A document of operators, as opposed to a value to be equal to. */
export const isOperators = (condition: unknown): condition is Doc => {
  const first = isDoc(condition) ? Object.keys(condition)[0] : undefined;
  return first !== undefined && first.startsWith('$') && first !== '$ref' && first !== '$id';
};

const not =
  (test: Test): Test =>
  (doc) =>
    !test(doc);

/** True when the value, or an element of it, passes. */
const anyAt =
  ({ path, single }: Place, test: ValueTest): Test =>
  (doc) =>
    reach(doc, path, (value) => test(value) || (!single && Array.isArray(value) && value.some(test)));

function equalTo(wanted: unknown): ValueTest {
  if (wanted === null) return (value) => value === null || value === undefined;
  if (typeof wanted === 'string' || typeof wanted === 'boolean') return (value) => value === wanted;
  return (value) => value !== undefined && equal(value, wanted);
}

/** Comparison stays within the operand's type; NaN compares only with NaN. */
function ordered(wanted: unknown, passes: (order: number) => boolean): ValueTest {
  const rank = typeOrder(wanted);
  const anyType = rank === 1 || rank === 127;
  const isNaN = (value: unknown) => rank === 10 && Number.isNaN(toNumber(value));
  const wantsNaN = isNaN(wanted);
  return (value) => {
    if (value === undefined && wanted !== null) return false;
    if (!anyType && typeOrder(value) !== rank) return false;
    return (anyType || isNaN(value) === wantsNaN) && passes(compare(value, wanted));
  };
}

function matchesRegex(pattern: unknown, options?: unknown): ValueTest {
  const regex = toRegExp(pattern, options);
  return (value) =>
    typeof value === 'string'
      ? regex.test(value)
      : value instanceof BSONRegExp && pattern instanceof BSONRegExp && equal(value, pattern);
}

function oneOf(list: unknown): ValueTest {
  if (!Array.isArray(list)) return fail(2, '$in needs an array');
  if (list.some(isOperators)) throw new ServerError(2, 'cannot nest $ under $in');
  const regexes = list.filter((item) => item instanceof BSONRegExp).map((item) => matchesRegex(item));
  const keys = new Set(list.filter((item) => !(item instanceof BSONRegExp)).map(keyOf));
  const wantsNull = list.includes(null);
  return (value) => (value === undefined ? wantsNull : keys.has(keyOf(value)) || regexes.some((test) => test(value)));
}

const valueTest = (operand: unknown): ValueTest =>
  operand instanceof BSONRegExp ? matchesRegex(operand) : equalTo(operand);

function negated({ operand, place, compile }: Condition): Test {
  if (operand instanceof BSONRegExp) return not(anyAt(place, matchesRegex(operand)));
  if (!isOperators(operand)) return fail(2, '$not needs a regex or a document');
  return not(compileAt(place, operand, compile));
}

function elementMatch({ operand, place, compile }: Condition): Test {
  if (!isDoc(operand)) return fail(2, '$elemMatch needs an Object');
  const overValues = isOperators(operand) && !logical.has(Object.keys(operand)[0] ?? '');
  const inner = overValues ? compileAt({ path: ['item'], single: true }, operand, compile) : compile(operand);
  const passes: ValueTest = overValues
    ? (item) => inner({ item })
    : (item) => (isDoc(item) ? inner(item) : Array.isArray(item) && inner({ ...(item as unknown as Doc) }));
  return (doc) => reach(doc, place.path, (value) => Array.isArray(value) && value.some(passes));
}

function allOf({ operand, place, compile }: Condition): Test {
  if (!Array.isArray(operand)) return fail(2, '$all needs an array');
  if (!operand.length) return () => false;
  const tests = operand.map((item) =>
    isOperators(item) ? compileAt(place, item, compile) : anyAt(place, valueTest(item)),
  );
  return (doc) => tests.every((test) => test(doc));
}

function sizeIs({ operand, place }: Condition): Test {
  const size = isNumber(operand) ? toNumber(operand) : Number.NaN;
  if (!Number.isInteger(size) || size < 0) throw new ServerError(2, '$size must be a whole number and not negative');
  return (doc) => reach(doc, place.path, (value) => Array.isArray(value) && value.length === size);
}

function exists({ operand, place }: Condition): Test {
  const wanted = !(
    operand === false ||
    operand === null ||
    operand === undefined ||
    (isNumber(operand) && toNumber(operand) === 0)
  );
  return (doc) => reach(doc, place.path, (value) => value !== undefined) === wanted;
}

function regexTest({ operand, place, all }: Condition): Test {
  return anyAt(place, matchesRegex(operand, all.$options));
}

function notEqual({ operand, place }: Condition): Test {
  if (operand instanceof BSONRegExp) throw new ServerError(2, "Can't have regex as arg to $ne.");
  return not(anyAt(place, equalTo(operand)));
}

const orNull = (operand: unknown, test: ValueTest): ValueTest => (operand === null ? equalTo(null) : test);

const operators = new Map<string, (condition: Condition) => Test>([
  [
    '$eq',
    ({ operand, place }) =>
      anyAt(place, operand instanceof BSONRegExp ? (value) => equal(value, operand) : equalTo(operand)),
  ],
  ['$ne', notEqual],
  [
    '$gt',
    ({ operand, place }) =>
      anyAt(
        place,
        ordered(operand, (order) => order > 0),
      ),
  ],
  [
    '$gte',
    ({ operand, place }) =>
      anyAt(
        place,
        orNull(
          operand,
          ordered(operand, (order) => order >= 0),
        ),
      ),
  ],
  [
    '$lt',
    ({ operand, place }) =>
      anyAt(
        place,
        ordered(operand, (order) => order < 0),
      ),
  ],
  [
    '$lte',
    ({ operand, place }) =>
      anyAt(
        place,
        orNull(
          operand,
          ordered(operand, (order) => order <= 0),
        ),
      ),
  ],
  ['$in', ({ operand, place }) => anyAt(place, oneOf(operand))],
  ['$nin', ({ operand, place }) => not(anyAt(place, oneOf(operand)))],
  ['$exists', exists],
  ['$type', ({ operand, place }) => anyAt(place, compileType(operand))],
  ['$regex', regexTest],
  ['$options', ({ all }) => ('$regex' in all ? () => true : fail(2, '$options needs a $regex'))],
  ['$not', negated],
  ['$size', sizeIs],
  ['$all', allOf],
  ['$elemMatch', elementMatch],
]);

function compileAt(place: Place, condition: unknown, compile: Compile): Test {
  if (!isOperators(condition)) return anyAt(place, valueTest(condition));
  const tests = Object.entries(condition).map(([name, operand]) => {
    const operator = operators.get(name) ?? fail(2, `unknown operator: ${name}`);
    return operator({ operand, place, all: condition, compile });
  });
  const [only] = tests;
  return tests.length === 1 && only ? only : (doc) => tests.every((test) => test(doc));
}

/** A condition on one path: operators, a regular expression or a value. */
export const compileField = (path: readonly string[], condition: unknown, compile: Compile): Test =>
  compileAt({ path, single: false }, condition, compile);
