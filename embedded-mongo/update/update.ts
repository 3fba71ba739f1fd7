/** An update document, compiled once and applied to copies: the stored document is never touched. */
import { ServerError, fail } from '../errors.ts';
import { isArrayIndex } from '../query/path.ts';
import { typeName } from '../query/types.ts';
import { clone, isDoc, textOf, type Doc } from '../values/document.ts';
import { same } from '../values/same.ts';
import { arrayOperators } from './array-operators.ts';
import { fieldOperators, removed, unchanged, type UpdateOperator } from './field-operators.ts';
import { assertSameId, compileReplacement } from './replacement.ts';
import { isPositional, parseArrayFilters, positionsFor, type ArrayFilters } from './positional.ts';

type UpdateContext = { insert: boolean; now: Date };
/** The same object comes back when nothing changes. */
export type Update = (doc: Doc, context: UpdateContext) => Doc;
type Step = { name: string; operator: UpdateOperator; path: string; parts: readonly string[]; operand: unknown };
type Walk = { step: Step; doc: Doc; now: Date; filter: Doc; filters: ArrayFilters };

const operators = new Map<string, UpdateOperator>([...fieldOperators, ...arrayOperators]);
const setOperator = operators.get('$set') as UpdateOperator;

function checkPath(path: string): void {
  const parts = path.split('.');
  if (parts.includes(''))
    throw new ServerError(56, `The update path '${path}' contains an empty field name, which is not allowed.`);
  const wrong = parts.find(
    (part, i) =>
      part === '__proto__' ||
      (part.startsWith('$') && (i === 0 || !isPositional(part)) && !['$ref', '$id', '$db'].includes(part)),
  );
  if (wrong !== undefined)
    throw new ServerError(52, `The dollar ($) prefixed field '${wrong}' in '${path}' is not valid for storage.`);
}

/** No path may repeat or lead through another. */
function checkConflicts(paths: readonly string[]): void {
  const sorted = [...paths].sort();
  for (const [i, path] of sorted.entries()) {
    const other = sorted.slice(i + 1).find((next) => next === path || next.startsWith(`${path}.`));
    if (other !== undefined)
      throw new ServerError(40, `Updating the path '${other}' would create a conflict at '${path}'`);
  }
}

function parseSteps(update: Doc): Step[] {
  return Object.entries(update).flatMap(([name, fields]) => {
    const operator = name === '$rename' ? setOperator : operators.get(name);
    if (!operator)
      throw new ServerError(
        9,
        `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
    if (!isDoc(fields))
      return fail(
        9,
        `Modifiers operate on fields but we found type ${typeName(fields)} instead. For example: {$mod: {<field>: ...}}`,
      );
    return Object.entries(fields).map(([path, operand]) => {
      checkPath(path);
      if (name === '$rename') checkRename(path, operand);
      else operator.check?.(operand, path);
      return { name, operator, path, parts: path.split('.'), operand };
    });
  });
}

function checkRename(path: string, target: unknown): void {
  if (typeof target !== 'string') throw new ServerError(2, `The 'to' field for $rename must be a string: ${path}`);
  checkPath(target);
  if (path === target) throw new ServerError(2, `The source and target field for $rename must differ: ${path}`);
  if (`${path}.${target}`.split('.').some(isPositional))
    throw new ServerError(2, `The fields of $rename may not be dynamic: ${path}`);
}

function assign(parent: Doc | unknown[], name: string, value: unknown): void {
  if (!Array.isArray(parent)) {
    parent[name] = value;
    return;
  }
  const position = Number(name);
  if (position > parent.length + 1_500_000) throw new ServerError(2, "can't backfill more than 1500000 elements");
  while (parent.length < position) parent.push(null);
  parent[position] = value;
}

/** Follows a step's path from `parent` and applies it at the end; true when something changed. */
function walk(parent: unknown, at: number, done: string, run: Walk): boolean {
  const { step } = run;
  const name = step.parts[at] ?? '';
  if (isPositional(name)) return walkPositions(parent, at, done, run);
  const path = done ? `${done}.${name}` : name;
  if (Array.isArray(parent) ? !isArrayIndex(name) : !isDoc(parent)) {
    // Of all operators only $unset takes a path that cannot exist for one that does not.
    if (step.name === '$unset') return false;
    throw new ServerError(
      28,
      `Cannot create field '${name}' in element {${done.split('.').pop() ?? ''}: ${JSON.stringify(parent)}}`,
    );
  }
  const holder = parent as Doc;
  const current = Object.hasOwn(holder, name) ? holder[name] : undefined;
  if (at < step.parts.length - 1) return walkInto({ parent, name, current, at, path }, run);
  const result = step.operator.apply({ current, operand: step.operand, path, doc: run.doc, now: run.now });
  if (result === unchanged) return false;
  if (result === removed) {
    if (Array.isArray(parent)) parent[Number(name)] = null;
    else delete holder[name];
    return true;
  }
  if (current !== undefined && same(current, result)) return false;
  assign(holder, name, result);
  return true;
}

function walkInto(
  { parent, name, current, at, path }: { parent: unknown; name: string; current: unknown; at: number; path: string },
  run: Walk,
): boolean {
  if (current !== undefined) return walk(current, at + 1, path, run);
  if (isPositional(run.step.parts[at + 1] ?? ''))
    throw new ServerError(2, `The path '${path}' must exist in the document in order to apply array updates.`);
  if (!run.step.operator.creates) return false;
  const made: Doc = {};
  assign(parent as Doc, name, made);
  walk(made, at + 1, path, run);
  return true;
}

function walkPositions(parent: unknown, at: number, base: string, run: Walk): boolean {
  if (!Array.isArray(parent))
    throw new ServerError(2, `The path '${base}' must exist in the document in order to apply array updates.`);
  const { step, doc, filter, filters } = run;
  const positions = positionsFor(step.parts[at] ?? '', { array: parent, base, doc, filter, filters });
  const results = positions.map((position) => {
    const parts = step.parts.with(at, String(position));
    return walk(parent, at, base, { ...run, step: { ...step, parts } });
  });
  return results.includes(true);
}

/** The document that holds the field to rename; undefined when it is not there. */
function renameSource({ parts, path }: Step, doc: Doc): Doc | undefined {
  let holder: unknown = doc;
  let inArray = false;
  for (const name of parts.slice(0, -1)) {
    if (holder === undefined) return undefined;
    assertPassable(holder, name, path);
    inArray ||= Array.isArray(holder);
    const fields = holder as Doc;
    holder = Object.hasOwn(fields, name) ? fields[name] : undefined;
  }
  const leaf = parts.at(-1) ?? '';
  if (holder === undefined) return undefined;
  assertPassable(holder, leaf, path);
  if (!Object.hasOwn(holder as Doc, leaf)) return undefined;
  if (inArray || Array.isArray(holder))
    throw new ServerError(2, `The source field cannot be an array element, '${path}'`);
  return holder as Doc;
}

function assertPassable(holder: unknown, name: string, path: string): void {
  if (Array.isArray(holder) ? isArrayIndex(name) : isDoc(holder)) return;
  throw new ServerError(
    28,
    `Cannot use the part (${name}) of (${path}) to traverse the element (${JSON.stringify(holder)})`,
  );
}

function rename(step: Step, run: Walk): boolean {
  const holder = renameSource(step, run.doc);
  if (!holder) return false;
  const leaf = step.parts.at(-1) ?? '';
  const operand = holder[leaf];
  delete holder[leaf];
  const path = textOf(step.operand);
  walk(run.doc, 0, '', {
    ...run,
    step: { name: '$set', operator: setOperator, path, parts: path.split('.'), operand },
  });
  return true;
}

const topOf = (path: string): string => path.split('.')[0] ?? '';

export const isReplacement = (update: Doc): boolean => !Object.keys(update)[0]?.startsWith('$');

/** `filter` is the query's, for the positional `$`. */
export function compileUpdate(update: Doc, { filter, arrayFilters }: { filter: Doc; arrayFilters?: unknown }): Update {
  if (isReplacement(update)) return compileReplacement(update);
  const steps = parseSteps(update);
  checkConflicts(steps.flatMap(({ name, path, operand }) => (name === '$rename' ? [path, String(operand)] : [path])));
  const filters = parseArrayFilters(
    arrayFilters,
    steps.map(({ path }) => path),
  );
  // The server applies operators in the order of their paths, so new fields appear in that order.
  steps.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const touched = new Set(
    steps.flatMap(({ name, path, operand }) => [path, ...(name === '$rename' ? [textOf(operand)] : [])]).map(topOf),
  );
  return (doc, { insert, now }) => {
    // What no step touches stays the same object: indexes and journal see by that what changed.
    const copy = { ...doc };
    for (const name of touched) if (Object.hasOwn(copy, name)) copy[name] = clone(copy[name]);
    let changed = false;
    for (const step of steps) {
      if (step.name === '$setOnInsert' && !insert) continue;
      const run: Walk = { step, doc: copy, now, filter, filters };
      const stepChanged = step.name === '$rename' ? rename(step, run) : walk(copy, 0, '', run);
      changed ||= stepChanged;
    }
    assertSameId(doc, copy);
    return changed ? copy : doc;
  };
}
