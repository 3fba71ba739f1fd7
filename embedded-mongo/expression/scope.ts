/** What an expression is evaluated in, and what counts as true or as nothing there. */
import type { Doc } from '../values/document.ts';
import { isNumber, toNumber } from '../values/numbers.ts';

/** `root` is the document at hand; variables are named without their `$$`. */
export type Scope = { root: Doc; variables: Doc };
export type Expression = (scope: Scope) => unknown;
/** Compiles the argument of one operator. */
export type Operator = (argument: unknown, compile: (spec: unknown) => Expression) => Expression;

export const isNullish = (value: unknown): value is null | undefined => value === null || value === undefined;

export const isTruthy = (value: unknown): boolean =>
  !(value === false || isNullish(value) || (isNumber(value) && toNumber(value) === 0));
