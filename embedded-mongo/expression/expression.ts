/** Aggregation expressions, compiled once into functions of a scope. A missing value is undefined. */
import { ServerError, fail } from '../errors.ts';
import { isDoc, type Doc } from '../values/document.ts';
import { findOperator } from './operators.ts';
import type { Expression } from './scope.ts';

/** The value at a path; arrays on the way give an array of what their documents have there. */
function pathValue(value: unknown, path: readonly string[], depth = 0): unknown {
  const name = path[depth];
  if (name === undefined) return value;
  if (Array.isArray(value)) {
    return value
      .map((item) => (isDoc(item) || Array.isArray(item) ? pathValue(item, path, depth) : undefined))
      .filter((item) => item !== undefined);
  }
  return isDoc(value) && Object.hasOwn(value, name) ? pathValue(value[name], path, depth + 1) : undefined;
}

function compileVariable(text: string): Expression {
  const [name = '', ...path] = text.split('.');
  if (name === 'ROOT' || name === 'CURRENT') return ({ root }) => pathValue(root, path);
  if (name === 'REMOVE') return () => undefined;
  return ({ variables }) => {
    if (!Object.hasOwn(variables, name) || (name === 'NOW' && !variables.NOW))
      throw new ServerError(17276, `Use of undefined variable: ${name}`);
    return pathValue(variables[name], path);
  };
}

function compileDocument(spec: Doc): Expression {
  const fields = Object.entries(spec).map(([name, value]) => [name, compileExpression(value)] as const);
  return (scope) => {
    const result: Doc = {};
    for (const [name, expression] of fields) {
      const value = expression(scope);
      if (value !== undefined) result[name] = value;
    }
    return result;
  };
}

export function compileExpression(spec: unknown): Expression {
  if (typeof spec === 'string' && spec.startsWith('$$')) return compileVariable(spec.slice(2));
  if (typeof spec === 'string' && spec.startsWith('$')) {
    const path = spec.slice(1).split('.');
    if (path.includes('')) throw new ServerError(40353, "FieldPath must not be empty or end with a '.'.");
    return ({ root }) => pathValue(root, path);
  }
  if (Array.isArray(spec)) {
    const items = spec.map(compileExpression);
    return (scope) => items.map((item) => item(scope) ?? null);
  }
  if (!isDoc(spec)) return () => spec;
  const [name] = Object.keys(spec);
  if (!name?.startsWith('$')) return compileDocument(spec);
  if (Object.keys(spec).length > 1)
    throw new ServerError(15983, 'an expression specification must contain exactly one field');
  if (name === '$literal') return () => spec.$literal;
  const operator = findOperator(name) ?? fail(168, `Unrecognized expression '${name}'`);
  return operator(spec[name], compileExpression);
}
