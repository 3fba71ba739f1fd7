/** Array and object expressions. */
import { ServerError, fail } from '../errors.ts';
import { typeName } from '../query/types.ts';
import { isDoc, type Doc } from '../values/document.ts';
import { keyOf } from '../values/key.ts';
import { isNumber, toNumber } from '../values/numbers.ts';
import { namedParts, required, withList, withValues } from './arguments.ts';
import { isNullish, isTruthy, type Expression, type Operator } from './scope.ts';

function elementAt(name: string, list: unknown, position: unknown): unknown {
  if (isNullish(list) || isNullish(position)) return null;
  if (!Array.isArray(list))
    throw new ServerError(28689, `${name}'s first argument must be an array, but is ${typeName(list)}`);
  if (!isNumber(position)) throw new ServerError(28690, `${name}'s second argument must be a numeric value`);
  return list.at(toNumber(position));
}

const sizeOf = (list: unknown): number =>
  Array.isArray(list)
    ? list.length
    : fail(17124, `The argument to $size must be an array, but was of type: ${typeName(list)}`);

function concatArrays(lists: unknown[]): unknown {
  if (lists.some(isNullish)) return null;
  return lists.flatMap((list) =>
    Array.isArray(list)
      ? (list as unknown[])
      : fail(28664, `$concatArrays only supports arrays, not ${typeName(list)}`),
  );
}

function setUnion(lists: unknown[]): unknown {
  if (lists.some(isNullish)) return null;
  const members = new Map<string, unknown>();
  for (const list of lists) {
    if (!Array.isArray(list))
      throw new ServerError(
        17043,
        `All operands of $setUnion must be arrays. One argument is of type: ${typeName(list)}`,
      );
    for (const item of list) members.set(keyOf(item), item);
  }
  return [...members.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}

function mergeObjects(values: unknown[]): Doc {
  const merged: Doc = {};
  for (const value of values.length === 1 && Array.isArray(values[0]) ? (values[0] as unknown[]) : values) {
    if (isNullish(value)) continue;
    if (!isDoc(value))
      throw new ServerError(40400, `$mergeObjects requires object inputs, but input is of type ${typeName(value)}`);
    Object.assign(merged, value);
  }
  return merged;
}

/** `input` element by element, each in a scope where the variable `as` (or `this`) stands for it. */
function overInput(
  name: string,
  work: 'cond' | 'in',
  apply: (items: unknown[], run: (item: unknown) => unknown) => unknown,
): Operator {
  return (argument, compile) => {
    if (!isDoc(argument)) return fail(28646, `${name} only supports an object as its argument`);
    const { as = 'this', ...rest } = argument;
    const parts = namedParts({ name, argument: rest, allowed: ['input', work], compile });
    const input = required(parts.input, `'input' parameter to ${name}`);
    const each: Expression = required(parts[work], `'${work}' parameter to ${name}`);
    return ({ root, variables }) => {
      const items = input({ root, variables });
      if (isNullish(items)) return null;
      if (!Array.isArray(items))
        throw new ServerError(
          name === '$map' ? 16883 : 28651,
          `input to ${name} must be an array not ${typeName(items)}`,
        );
      return apply(items, (item) => each({ root, variables: { ...variables, [String(as)]: item } }));
    };
  };
}

export const arrayOperators: [string, Operator][] = [
  ['$arrayElemAt', withValues('$arrayElemAt', 2, (list, position) => elementAt('$arrayElemAt', list, position))],
  ['$first', withValues('$first', 1, (list) => elementAt('$first', list, 0))],
  ['$last', withValues('$last', 1, (list) => elementAt('$last', list, -1))],
  ['$size', withValues('$size', 1, sizeOf)],
  ['$concatArrays', withList(concatArrays)],
  ['$setUnion', withList(setUnion)],
  ['$mergeObjects', withList(mergeObjects)],
  ['$filter', overInput('$filter', 'cond', (items, run) => items.filter((item) => isTruthy(run(item))))],
  ['$map', overInput('$map', 'in', (items, run) => items.map((item) => run(item) ?? null))],
];
