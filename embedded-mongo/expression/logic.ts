/** Comparison, boolean and conditional expressions. Comparison is across types, with missing below everything but MinKey. */
import { ServerError, fail } from '../errors.ts';
import { compare, typeOrder } from '../values/compare.ts';
import { isDoc } from '../values/document.ts';
import { namedParts, required, withList, withValues } from './arguments.ts';
import { isNullish, isTruthy, type Operator } from './scope.ts';

function compareAny(a: unknown, b: unknown): number {
  if (a === undefined && b === undefined) return 0;
  if (a === undefined) return typeOrder(b) === 1 ? 1 : -1;
  if (b === undefined) return typeOrder(a) === 1 ? -1 : 1;
  return compare(a, b);
}

const comparison = (name: string, passes: (order: number) => boolean): [string, Operator] => [
  name,
  withValues(name, 2, (a, b) => passes(compareAny(a, b))),
];

const cond: Operator = (argument, compile) => {
  const list: unknown[] | undefined = Array.isArray(argument) ? argument : undefined;
  if (list && list.length !== 3)
    throw new ServerError(16020, `Expression $cond takes exactly 3 arguments. ${list.length} were passed in.`);
  const named: unknown = list ? Object.fromEntries(['if', 'then', 'else'].map((part, i) => [part, list[i]])) : argument;
  const parts = namedParts({ name: '$cond', argument: named, allowed: ['if', 'then', 'else'], compile });
  const test = required(parts.if, "'if' parameter to $cond");
  const yes = required(parts.then, "'then' parameter to $cond");
  const no = required(parts.else, "'else' parameter to $cond");
  return (scope) => (isTruthy(test(scope)) ? yes(scope) : no(scope));
};

const switchOperator: Operator = (argument, compile) => {
  if (!isDoc(argument) || !Array.isArray(argument.branches))
    return fail(40061, "$switch expected an array for 'branches'");
  const branches = argument.branches.map((branch) => {
    const parts = namedParts({ name: '$switch', argument: branch, allowed: ['case', 'then'], compile });
    return {
      test: required(parts.case, "'case' in a $switch branch"),
      result: required(parts.then, "'then' in a $switch branch"),
    };
  });
  const otherwise = 'default' in argument ? compile(argument.default) : undefined;
  return (scope) => {
    const branch = branches.find(({ test }) => isTruthy(test(scope)));
    const result =
      branch?.result ??
      otherwise ??
      fail(40066, '$switch could not find a matching branch for an input, and no default was specified.');
    return result(scope);
  };
};

function isIn(value: unknown, list: unknown): boolean {
  if (!Array.isArray(list)) throw new ServerError(40081, '$in requires an array as a second argument');
  return list.some((item) => compareAny(item, value) === 0);
}

function ifNull(values: unknown[]): unknown {
  if (values.length < 2) throw new ServerError(1257300, '$ifNull needs at least two arguments');
  return values.find((value) => !isNullish(value)) ?? values.at(-1);
}

export const logicOperators: [string, Operator][] = [
  comparison('$eq', (order) => order === 0),
  comparison('$ne', (order) => order !== 0),
  comparison('$gt', (order) => order > 0),
  comparison('$gte', (order) => order >= 0),
  comparison('$lt', (order) => order < 0),
  comparison('$lte', (order) => order <= 0),
  ['$and', withList((values) => values.every(isTruthy))],
  ['$or', withList((values) => values.some(isTruthy))],
  ['$not', withValues('$not', 1, (value) => !isTruthy(value))],
  ['$in', withValues('$in', 2, isIn)],
  ['$ifNull', withList(ifNull)],
  ['$cond', cond],
  ['$switch', switchOperator],
];
