/** Update operators on one field: from the present value and the operand to the new value. */
import { Timestamp } from 'bson';
import { ServerError, fail } from '../errors.ts';
import { typeName } from '../query/types.ts';
import { compare } from '../values/compare.ts';
import { clone, isDoc, type Doc } from '../values/document.ts';
import { arithmetic, isNumber } from '../values/numbers.ts';

/** What an operator may answer besides a value. */
export const unchanged = Symbol('unchanged');
export const removed = Symbol('removed');

type Change = { current: unknown; operand: unknown; path: string; doc: Doc; now: Date };
export type UpdateOperator = {
  apply: (change: Change) => unknown;
  /** Throws for an operand that can never be right. */
  check?: (operand: unknown, path: string) => void;
  /** Makes the documents on the way to a missing field. */
  creates: boolean;
};

const show = (value: unknown): string => JSON.stringify(value);

function numeric(name: '$inc' | '$mul', operation: 'add' | 'multiply'): UpdateOperator {
  return {
    creates: true,
    check: (operand, path) => {
      if (isNumber(operand)) return;
      throw new ServerError(
        14,
        `Cannot ${name === '$inc' ? 'increment' : 'multiply'} with non-numeric argument: {${path}: ${show(operand)}}`,
      );
    },
    apply: ({ current, operand, path, doc }) => {
      if (!isNumber(operand)) return unchanged;
      if (current === undefined) return name === '$inc' ? operand : arithmetic('multiply', 0, operand);
      if (isNumber(current)) return arithmetic(operation, current, operand);
      const field = path.split('.').at(-1);
      return fail(
        14,
        `Cannot apply ${name} to a value of non-numeric type. {_id: ${show(doc._id)}} has the field '${field}' of non-numeric type ${typeName(current)}`,
      );
    },
  };
}

const keepExtreme = (direction: 1 | -1): UpdateOperator => ({
  creates: true,
  apply: ({ current, operand }) =>
    current === undefined || compare(operand, current) * direction > 0 ? clone(operand) : unchanged,
});

const set: UpdateOperator = {
  creates: true,
  check: (operand) => assertStorable(operand),
  apply: ({ operand }) => clone(operand),
};

const unset: UpdateOperator = { creates: false, apply: ({ current }) => (current === undefined ? unchanged : removed) };

const currentDate: UpdateOperator = {
  creates: true,
  check: (operand) => {
    if (typeof operand === 'boolean' || (isDoc(operand) && (operand.$type === 'date' || operand.$type === 'timestamp')))
      return;
    throw new ServerError(
      2,
      `${typeName(operand)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
    );
  },
  apply: ({ operand, now }) =>
    isDoc(operand) && operand.$type === 'timestamp'
      ? new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 })
      : now,
};

/** Refuses field names that would later read as operators. */
export function assertStorable(value: unknown): void {
  if (Array.isArray(value)) value.forEach(assertStorable);
  if (!isDoc(value)) return;
  for (const [name, field] of Object.entries(value)) {
    if (name.startsWith('$') && !['$ref', '$id', '$db'].includes(name)) {
      throw new ServerError(52, `The dollar ($) prefixed field '${name}' in '${name}' is not valid for storage.`);
    }
    assertStorable(field);
  }
}

export const fieldOperators: [string, UpdateOperator][] = [
  ['$set', set],
  ['$setOnInsert', set],
  ['$unset', unset],
  ['$inc', numeric('$inc', 'add')],
  ['$mul', numeric('$mul', 'multiply')],
  ['$min', keepExtreme(-1)],
  ['$max', keepExtreme(1)],
  ['$currentDate', currentDate],
];
