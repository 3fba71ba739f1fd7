/** The shapes an operator's argument can take: a fixed list, any list, or named parts. */
import { ServerError, fail } from '../errors.ts';
import { isDoc } from '../values/document.ts';
import type { Expression, Operator } from './scope.ts';

/** An operator of exactly `count` values. One value needs no list around it. */
export function withValues(name: string, count: number, apply: (...values: unknown[]) => unknown): Operator {
  return (argument, compile) => {
    const list: unknown[] = Array.isArray(argument) ? argument : [argument];
    if (list.length !== count) {
      throw new ServerError(
        16020,
        `Expression ${name} takes exactly ${count} arguments. ${list.length} were passed in.`,
      );
    }
    const expressions = list.map(compile);
    return (scope) => apply(...expressions.map((expression) => expression(scope)));
  };
}

/** An operator of any number of values. */
export function withList(apply: (values: unknown[]) => unknown): Operator {
  return (argument, compile) => {
    const expressions = (Array.isArray(argument) ? argument : [argument]).map(compile);
    return (scope) => apply(expressions.map((expression) => expression(scope)));
  };
}

/** Named parts, each compiled; unknown names are refused. */
export function namedParts(options: {
  name: string;
  argument: unknown;
  allowed: readonly string[];
  compile: (spec: unknown) => Expression;
}): Partial<Record<string, Expression>> {
  const { name, argument, allowed, compile } = options;
  if (!isDoc(argument)) return fail(9, `${name} needs an object with ${allowed.join(', ')}`);
  const parts: Record<string, Expression> = {};
  for (const [key, spec] of Object.entries(argument)) {
    if (!allowed.includes(key)) throw new ServerError(9, `Unrecognized argument to ${name}: ${key}`);
    parts[key] = compile(spec);
  }
  return parts;
}

export const required = (expression: Expression | undefined, what: string): Expression =>
  expression ?? fail(9, `Missing ${what}`);
