/** Update operators on one array. */
import { BSONRegExp } from 'bson';
import { ServerError, fail } from '../errors.ts';
import { compileFilter } from '../query/filter.ts';
import { isOperators } from '../query/operators.ts';
import { parseSort, sortBy } from '../query/sort.ts';
import { typeName } from '../query/types.ts';
import { compare, equal } from '../values/compare.ts';
import { clone, isDoc, type Doc } from '../values/document.ts';
import { isNumber, numberOr, toNumber } from '../values/numbers.ts';
import { assertStorable, unchanged, type UpdateOperator } from './field-operators.ts';

const pushClauses = ['$each', '$slice', '$sort', '$position'];

const arrayOr = (current: unknown, message: () => string, code = 2): unknown[] => {
  if (current === undefined) return [];
  return Array.isArray(current) ? [...(current as unknown[])] : fail(code, message());
};

/** The elements to add: the operand itself, or those of its `$each`. */
function additions(operand: unknown): unknown[] {
  if (!isDoc(operand) || !('$each' in operand)) return [operand];
  return Array.isArray(operand.$each) ? (operand.$each as unknown[]) : [];
}

function checkEach(name: string, operand: unknown, clauses: readonly string[]): void {
  if (!isDoc(operand) || !('$each' in operand)) {
    assertStorable(operand);
    return;
  }
  if (!Array.isArray(operand.$each))
    throw new ServerError(
      name === '$push' ? 2 : 14,
      `The argument to $each in ${name} must be an array but it was of type: ${typeName(operand.$each)}`,
    );
  const unknown = Object.keys(operand).find((key) => !clauses.includes(key));
  if (unknown !== undefined) throw new ServerError(2, `Unrecognized clause in ${name}: ${unknown}`);
  for (const clause of ['$slice', '$position']) {
    if (!Number.isInteger(numberOr(operand[clause], 0)))
      throw new ServerError(
        2,
        `The value for ${clause} must be an integer value but was given type: ${typeName(operand[clause])}`,
      );
  }
  assertStorable(operand.$each);
}

function sorted(items: unknown[], spec: unknown): unknown[] {
  if (isDoc(spec)) return sortBy({ items, docOf: (item) => (isDoc(item) ? item : {}), fields: parseSort(spec) });
  const direction = numberOr(spec, Number.NaN);
  if (direction !== 1 && direction !== -1)
    throw new ServerError(
      2,
      'The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields',
    );
  return items.sort((a, b) => compare(a, b) * direction);
}

const push: UpdateOperator = {
  creates: true,
  check: (operand) => checkEach('$push', operand, pushClauses),
  apply: ({ current, operand, path, doc }) => {
    let items = arrayOr(
      current,
      () =>
        `The field '${path}' must be an array but is of type ${typeName(current)} in document {_id: ${JSON.stringify(doc._id)}}`,
    );
    const modifiers: Doc = isDoc(operand) && '$each' in operand ? operand : {};
    items.splice(numberOr(modifiers.$position, items.length), 0, ...clone(additions(operand)));
    if ('$sort' in modifiers) items = sorted(items, modifiers.$sort);
    const slice = numberOr(modifiers.$slice, items.length);
    return slice < 0 ? items.slice(slice) : items.slice(0, slice);
  },
};

const addToSet: UpdateOperator = {
  creates: true,
  check: (operand) => checkEach('$addToSet', operand, ['$each']),
  apply: ({ current, operand, path }) => {
    const items = arrayOr(
      current,
      () => `Cannot apply $addToSet to non-array field. Field named '${path}' has non-array type ${typeName(current)}`,
    );
    const before = items.length;
    for (const item of additions(operand)) if (!items.some((present) => equal(present, item))) items.push(clone(item));
    return current !== undefined && items.length === before ? unchanged : items;
  },
};

/** Keeps what `keeps` lets through. Present elements that it already had are never de-duplicated. */
function without(current: unknown, name: string, keeps: (item: unknown) => boolean): unknown {
  if (current === undefined) return unchanged;
  const items = arrayOr(current, () => `Cannot apply ${name} to a non-array value`);
  const kept = items.filter(keeps);
  return kept.length === items.length ? unchanged : kept;
}

/** `$pull` takes a value, a condition on the element, or a query on elements that are documents. */
function pullTest(operand: unknown): (item: unknown) => boolean {
  if (
    isDoc(operand) &&
    (!isOperators(operand) || ['$and', '$or', '$nor', '$expr'].includes(Object.keys(operand)[0] ?? ''))
  ) {
    const test = compileFilter(operand);
    return (item) => isDoc(item) && test(item);
  }
  if (!isDoc(operand) && !(operand instanceof BSONRegExp)) return (item) => equal(item, operand);
  const test = compileFilter({ item: operand });
  return (item) => test({ item });
}

const pull: UpdateOperator = {
  creates: false,
  check: (operand) => void pullTest(operand),
  apply: ({ current, operand }) => {
    const matches = pullTest(operand);
    return without(current, '$pull', (item) => !matches(item));
  },
};

const pullAll: UpdateOperator = {
  creates: false,
  check: (operand) =>
    Array.isArray(operand)
      ? undefined
      : fail(2, `$pullAll requires an array argument but was given a ${typeName(operand)}`),
  apply: ({ current, operand }) =>
    without(current, '$pullAll', (item) => !(Array.isArray(operand) && operand.some((gone) => equal(gone, item)))),
};

const pop: UpdateOperator = {
  creates: false,
  check: (operand) =>
    isNumber(operand) && Math.abs(toNumber(operand)) === 1
      ? undefined
      : fail(9, `$pop expects 1 or -1, found: ${JSON.stringify(operand)}`),
  apply: ({ current, operand, path }) => {
    if (current === undefined) return unchanged;
    const items = arrayOr(
      current,
      () => `Path '${path}' contains an element of non-array type '${typeName(current)}'`,
      14,
    );
    if (!items.length) return unchanged;
    return toNumber(operand) < 0 ? items.slice(1) : items.slice(0, -1);
  },
};

export const arrayOperators: [string, UpdateOperator][] = [
  ['$push', push],
  ['$addToSet', addToSet],
  ['$pull', pull],
  ['$pullAll', pullAll],
  ['$pop', pop],
];
