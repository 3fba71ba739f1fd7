/** The stages of an aggregation, each from documents to documents. Input documents are never changed. */
import { ServerError, fail } from '../errors.ts';
import { compileExpression } from '../expression/expression.ts';
import { compileFilter } from '../query/filter.ts';
import { parseSort, sortBy } from '../query/sort.ts';
import { typeName } from '../query/types.ts';
import { fieldAt, isDoc, type Doc } from '../values/document.ts';
import { numberOr } from '../values/numbers.ts';
import { compileGroup } from './group.ts';
import { compileAddFields, compileProjection, compileUnset } from './projection.ts';

/** `variables` holds NOW. */
export type Stage = (docs: Doc[], variables: Doc) => Doc[];

const perDoc =
  (transform: (doc: Doc, variables: Doc) => Doc): Stage =>
  (docs, variables) =>
    docs.map((doc) => transform(doc, variables));

export function wholeNumber(name: string, value: unknown, least: number): number {
  const number = numberOr(value, Number.NaN);
  if (Number.isInteger(number) && number >= least) return number;
  throw new ServerError(
    15958 - (least ? 0 : 2),
    `invalid argument to ${name} stage: the ${name.slice(1)} must be ${least ? 'positive' : 'at least 0'}`,
  );
}

function replaceWith(spec: unknown): Stage {
  const expression = compileExpression(spec);
  return perDoc((root, variables) => {
    const value = expression({ root, variables });
    return isDoc(value)
      ? value
      : fail(
          40228,
          `'newRoot' expression must evaluate to an object, but resulting value was of type: ${typeName(value)}`,
        );
  });
}

function unwind(spec: unknown): Stage {
  const {
    path,
    preserveNullAndEmptyArrays: preserve = false,
    includeArrayIndex: indexField,
    ...other
  }: Doc = isDoc(spec) ? spec : { path: spec };
  if (typeof path !== 'string' || !path.startsWith('$'))
    return fail(28818, "path option to $unwind stage should be prefixed with a '$'");
  const [unknown] = Object.keys(other);
  if (unknown !== undefined) throw new ServerError(28811, `unrecognized option to $unwind stage: ${unknown}`);
  const parts = path.slice(1).split('.');
  const numbered = (doc: Doc, position: number | null): Doc =>
    typeof indexField === 'string' ? { ...doc, [indexField]: position } : doc;
  const opened = (doc: Doc): Doc[] => {
    const value = fieldAt(doc, parts);
    if (Array.isArray(value) && value.length) return value.map((item, i) => numbered(withField(doc, parts, item), i));
    const empty = value === undefined || value === null || Array.isArray(value);
    if (!empty) return [numbered(doc, null)];
    return preserve === true ? [numbered(Array.isArray(value) ? withField(doc, parts, undefined) : doc, null)] : [];
  };
  return (docs) => docs.flatMap(opened);
}

/** A copy with the field set, or left out when undefined. */
function withField(doc: Doc, [name = '', ...rest]: readonly string[], value: unknown): Doc {
  const inner = doc[name];
  const next = rest.length && isDoc(inner) ? withField(inner, rest, value) : value;
  const copy = { ...doc, [name]: next };
  if (next === undefined) delete copy[name];
  return copy;
}

function count(spec: unknown): Stage {
  if (typeof spec !== 'string' || !spec || /^\$|\./.test(spec))
    return fail(40156, 'the count field must be a non-empty string without $ and .');
  return (docs) => (docs.length ? [{ [spec]: docs.length }] : []);
}

function sortByCount(spec: unknown): Stage {
  const group = compileGroup({ _id: spec, count: { $sum: 1 } });
  const fields = parseSort({ count: -1 });
  return (docs, variables) => sortBy({ items: group(docs, variables), docOf: (doc) => doc, fields });
}

const stages = new Map<string, (spec: unknown) => Stage>([
  [
    '$match',
    (spec) =>
      (docs, { NOW }) =>
        docs.filter(compileFilter(spec, NOW instanceof Date ? NOW : undefined)),
  ],
  [
    '$sort',
    (spec) => {
      const fields = parseSort(spec);
      return (docs) => sortBy({ items: docs, docOf: (doc) => doc, fields });
    },
  ],
  [
    '$limit',
    (spec) => {
      const limit = wholeNumber('$limit', spec, 1);
      return (docs) => docs.slice(0, limit);
    },
  ],
  [
    '$skip',
    (spec) => {
      const skip = wholeNumber('$skip', spec, 0);
      return (docs) => docs.slice(skip);
    },
  ],
  ['$project', (spec) => perDoc(compileProjection(spec))],
  ['$addFields', (spec) => perDoc(compileAddFields(spec))],
  ['$set', (spec) => perDoc(compileAddFields(spec))],
  ['$unset', (spec) => perDoc(compileUnset(spec))],
  ['$replaceWith', replaceWith],
  ['$replaceRoot', (spec) => replaceWith(isDoc(spec) ? spec.newRoot : undefined)],
  ['$group', compileGroup],
  ['$unwind', unwind],
  ['$count', count],
  ['$sortByCount', sortByCount],
]);

export function compileStage(stage: unknown): Stage {
  const [name, ...others] = isDoc(stage) ? Object.keys(stage) : [];
  if (!isDoc(stage) || name === undefined || others.length)
    throw new ServerError(40323, 'A pipeline stage specification object must contain exactly one field.');
  if (name === '$changeStream')
    throw new ServerError(40573, 'The $changeStream stage is only supported on replica sets');
  const compile = stages.get(name) ?? fail(40324, `Unrecognized pipeline stage name: '${name}'`);
  return compile(stage[name]);
}
