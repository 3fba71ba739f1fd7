/** Whether a query can only match documents that a partial index holds. In doubt the answer is no. */
import { isOperators } from '../query/operators.ts';
import { compileFilter } from '../query/filter.ts';
import { equal } from '../values/compare.ts';
import { isDoc, type Doc } from '../values/document.ts';
import { isNumber } from '../values/numbers.ts';
import type { Bound, Bounds } from './bounds.ts';

const at = (path: string, value: unknown): Doc =>
  path.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as Doc;

/** A range tells the type, but for numbers not which of the number types. */
const typeIsShared = (wanted: unknown, value: unknown): boolean => !isNumber(value) || wanted === 'number';

function operatorImplied(
  bound: Bound,
  [operator, operand]: [string, unknown],
  passes: (value: unknown) => boolean,
): boolean {
  const { low, high } = bound;
  switch (operator) {
    case '$exists':
      return operand === true && Boolean(low ?? high ?? bound.exists);
    case '$gt':
    case '$gte':
      return low !== undefined && passes(low.value);
    case '$lt':
    case '$lte':
      return high !== undefined && passes(high.value);
    case '$type': {
      const edge = low ?? high;
      return edge !== undefined && typeIsShared(operand, edge.value) && passes(edge.value);
    }
    default:
      return false;
  }
}

function pathImplied(path: string, condition: unknown, bound: Bound): boolean {
  if (bound.conditions.some((written) => equal(written, condition))) return true;
  const test = compileFilter({ [path]: condition });
  const passes = (value: unknown) => test(at(path, value));
  const byType = isDoc(condition) && '$type' in condition && condition.$type !== 'number';
  if (bound.equal) {
    // Equality with null also matches what is missing; equality with 1 also matches 1.0.
    return bound.equal.every((value) => passes(value) && (value !== null || test({})) && !(byType && isNumber(value)));
  }
  if (!isOperators(condition)) return false;
  return Object.entries(condition).every((part) => operatorImplied(bound, part, passes));
}

export function isImplied(partial: Doc, bounds: Bounds): boolean {
  return Object.entries(partial).every(([name, condition]) => {
    if (name === '$and')
      return Array.isArray(condition) && condition.every((part) => isDoc(part) && isImplied(part, bounds));
    const bound = bounds.get(name);
    return bound !== undefined && pathImplied(name, condition, bound);
  });
}
