/** A MongoDB filter, compiled once into a test of a document. */
import { ServerError, fail } from '../errors.ts';
import { compileExpression } from '../expression/expression.ts';
import { isTruthy } from '../expression/scope.ts';
import { isDoc } from '../values/document.ts';
import { compileField, type Compile, type Test } from './operators.ts';

function branches(name: string, list: unknown, now?: Date): Test[] {
  if (!Array.isArray(list) || !list.length) throw new ServerError(2, `${name} argument must be a non-empty array`);
  return list.map((filter) => compileFilter(filter, now));
}

function topLevel(name: string, operand: unknown, now?: Date): Test {
  switch (name) {
    case '$and': {
      const tests = branches(name, operand, now);
      return (doc) => tests.every((test) => test(doc));
    }
    case '$or': {
      const tests = branches(name, operand, now);
      return (doc) => tests.some((test) => test(doc));
    }
    case '$nor': {
      const tests = branches(name, operand, now);
      return (doc) => !tests.some((test) => test(doc));
    }
    case '$expr': {
      const expression = compileExpression(operand);
      return (doc) => isTruthy(expression({ root: doc, variables: { NOW: now } }));
    }
    case '$comment':
      return () => true;
    default:
      return fail(2, `unknown top level operator: ${name}`);
  }
}

/** `now` is what `$$NOW` stands for in `$expr`. */
export function compileFilter(filter: unknown, now?: Date): Test {
  if (!isDoc(filter)) throw new ServerError(14, 'Expected field filter to be of type object');
  const compile: Compile = (inner) => compileFilter(inner, now);
  const tests = Object.entries(filter).map(([name, condition]) =>
    name.startsWith('$') ? topLevel(name, condition, now) : compileField(name.split('.'), condition, compile),
  );
  const [only] = tests;
  return tests.length === 1 && only ? only : (doc) => tests.every((test) => test(doc));
}
