/** `$group` and its accumulators. */
import { ServerError, fail } from '../errors.ts';
import { average, extreme, sum } from '../expression/arithmetic.ts';
import { compileExpression } from '../expression/expression.ts';
import type { Expression } from '../expression/scope.ts';
import { isDoc, type Doc } from '../values/document.ts';
import { keyOf } from '../values/key.ts';
import { isNumber, arithmetic, type BsonNumber } from '../values/numbers.ts';

/** Gathers one value per document of a group. */
type Accumulator = { add: (value: unknown) => void; result: () => unknown };

/** Keeps one running value. */
function folding(start: unknown, step: (kept: unknown, value: unknown) => unknown): () => Accumulator {
  return () => {
    let kept = start;
    return {
      add: (value) => {
        kept = step(kept, value);
      },
      result: () => kept ?? null,
    };
  };
}

const addUp = (kept: unknown, value: unknown): unknown =>
  isNumber(value) && isNumber(kept) ? arithmetic('add', kept, value) : kept;

function makeFirst(): Accumulator {
  let first: { value: unknown } | undefined;
  return { add: (value) => void (first ??= { value }), result: () => first?.value ?? null };
}

function makeAverage(): Accumulator {
  let total: BsonNumber = 0;
  let count = 0;
  return {
    add: (value) => {
      if (!isNumber(value)) return;
      total = sum([total, value]);
      count += 1;
    },
    result: () => (count ? average([total, ...Array<number>(count - 1).fill(0)]) : null),
  };
}

function makePush(): Accumulator {
  const items: unknown[] = [];
  return { add: (value) => void (value === undefined || items.push(value)), result: () => items };
}

function makeSet(): Accumulator {
  const items = new Map<string, unknown>();
  return {
    add: (value) => void (value === undefined || items.set(keyOf(value), value)),
    result: () => [...items.values()],
  };
}

const accumulators = new Map<string, () => Accumulator>([
  ['$sum', folding(0, addUp)],
  ['$count', folding(0, (kept) => addUp(kept, 1))],
  ['$min', folding(null, (kept, value) => extreme([kept, value], -1))],
  ['$max', folding(null, (kept, value) => extreme([kept, value], 1))],
  ['$last', folding(undefined, (_, value) => value)],
  ['$first', makeFirst],
  ['$avg', makeAverage],
  ['$push', makePush],
  ['$addToSet', makeSet],
]);

function compileAccumulator(name: string, spec: unknown): { name: string; make: () => Accumulator; value: Expression } {
  if (name.includes('.')) throw new ServerError(40235, `The field name '${name}' cannot contain '.'`);
  const [operator, ...others] = isDoc(spec) ? Object.keys(spec) : [];
  if (!isDoc(spec) || operator === undefined || !operator.startsWith('$'))
    throw new ServerError(40234, `The field '${name}' must be an accumulator object`);
  if (others.length) throw new ServerError(40238, `The field '${name}' must specify one accumulator`);
  const make = accumulators.get(operator) ?? fail(15952, `unknown group operator '${operator}'`);
  return { name, make, value: compileExpression(spec[operator]) };
}

export function compileGroup(spec: unknown): (docs: Iterable<Doc>, variables: Doc) => Doc[] {
  if (!isDoc(spec)) return fail(15947, "a group's fields must be specified in an object");
  if (!('_id' in spec)) throw new ServerError(15955, 'a group specification must include an _id');
  const { _id, ...rest } = spec;
  const id = compileExpression(_id);
  const fields = Object.entries(rest).map(([name, field]) => compileAccumulator(name, field));
  return (docs, variables) => {
    const groups = new Map<string, { id: unknown; gathered: Accumulator[] }>();
    for (const root of docs) {
      const scope = { root, variables };
      const value = id(scope) ?? null;
      const key = keyOf(value);
      const group = groups.get(key) ?? { id: value, gathered: fields.map(({ make }) => make()) };
      groups.set(key, group);
      for (const [i, field] of fields.entries()) group.gathered[i]?.add(field.value(scope));
    }
    return [...groups.values()].map(({ id: _id, gathered }) => ({
      _id,
      ...Object.fromEntries(fields.map(({ name }, i) => [name, gathered[i]?.result()])),
    }));
  };
}
