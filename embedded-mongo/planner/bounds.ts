/** What a filter says about single paths, as far as an index can use it. Always wider than the filter, never narrower. */
import { BSONRegExp } from 'bson';
import { isOperators } from '../query/operators.ts';
import { isDoc, type Doc } from '../values/document.ts';

export type Bound = {
  /** The value is one of these. */
  equal?: unknown[];
  low?: { value: unknown };
  high?: { value: unknown };
  /** The path is present. */
  exists?: true;
  /** The conditions as written, to recognise those of a partial index. */
  conditions: unknown[];
};
export type Bounds = Map<string, Bound>;

const maxListed = 1000;
/** An array or a regular expression also matches values that do not have its key. */
const hasOneKey = (value: unknown): boolean =>
  !Array.isArray(value) && !(value instanceof BSONRegExp) && value !== undefined;

export function findBounds(filter: Doc, prefix = '', bounds: Bounds = new Map()): Bounds {
  for (const [name, condition] of Object.entries(filter)) {
    if (name === '$and' || (name === '$or' && Array.isArray(condition) && condition.length === 1)) {
      for (const part of condition as unknown[]) if (isDoc(part)) findBounds(part, prefix, bounds);
    } else if (!name.startsWith('$')) {
      const path = prefix + name;
      const bound = bounds.get(path) ?? { conditions: [] };
      bounds.set(path, bound);
      bound.conditions.push(condition);
      addCondition({ bound, bounds, path, condition });
    }
  }
  return bounds;
}

function addCondition({
  bound,
  bounds,
  path,
  condition,
}: {
  bound: Bound;
  bounds: Bounds;
  path: string;
  condition: unknown;
}): void {
  if (!isOperators(condition)) {
    if (hasOneKey(condition)) bound.equal ??= [condition];
    return;
  }
  for (const [operator, operand] of Object.entries(condition)) {
    const usable = operand !== null && hasOneKey(operand);
    if (operator === '$eq' && hasOneKey(operand)) bound.equal ??= [operand];
    if (operator === '$in' && Array.isArray(operand) && operand.length <= maxListed && operand.every(hasOneKey))
      bound.equal ??= operand;
    if ((operator === '$gt' || operator === '$gte') && usable) bound.low ??= { value: operand };
    if ((operator === '$lt' || operator === '$lte') && usable) bound.high ??= { value: operand };
    if (operator === '$exists' && operand === true) bound.exists = true;
    if (operator === '$elemMatch' && isDoc(operand)) {
      if (isOperators(operand)) addCondition({ bound, bounds, path, condition: operand });
      else findBounds(operand, `${path}.`, bounds);
    }
  }
}
