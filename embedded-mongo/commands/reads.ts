/** find, getMore, killCursors, count and distinct. */
import { Long } from 'bson';
import { ServerError, fail } from '../errors.ts';
import { compileProjection } from '../pipeline/projection.ts';
import { runQuery, type Answer } from '../planner/run-query.ts';
import { valuesAt } from '../query/path.ts';
import { compare } from '../values/compare.ts';
import { isDoc, type Doc } from '../values/document.ts';
import { keyOf } from '../values/key.ts';
import { numberOr } from '../values/numbers.ts';
import { namespaceOf, type Command, type Context, type Handler, type Request } from './context.ts';

/** A size or a limit: a whole number, not negative. */
function sizeField(command: Doc, name: string, fallback: number): number {
  const size = numberOr(command[name], fallback);
  if (Number.isInteger(size) && size >= 0) return size;
  throw new ServerError(51024, `BSON field '${name}' value must be >= 0, actual value '${String(command[name])}'`);
}

/** Runs the query part that find, count and explain share. */
function queryOf(context: Context, request: Request, filter: unknown = request.command.filter): Answer {
  const { command } = request;
  return runQuery(context.store.get(namespaceOf(request)), {
    filter,
    sort: command.sort,
    skip: sizeField(command, 'skip', 0),
    limit: Math.abs(numberOr(command.limit, 0)),
    hint: command.hint,
    now: context.now(),
  });
}

/** Applies a projection, if there is one. */
export function project(docs: readonly Doc[], projection: unknown, now: Date): readonly Doc[] {
  if (!isDoc(projection) || !Object.keys(projection).length) return docs;
  const transform = compileProjection(projection);
  return docs.map((doc) => transform(doc, { NOW: now }));
}

const find: Handler = (context, request) => {
  const { command } = request;
  const docs = queryOf(context, request).records.map(({ doc }) => doc);
  return context.cursors.start({
    namespace: namespaceOf(request),
    docs: project(docs, command.projection, context.now()),
    batchSize: command.batchSize === undefined ? undefined : sizeField(command, 'batchSize', 0),
    single: command.singleBatch === true,
  });
};

const getMore: Handler = ({ cursors }, { command }) =>
  cursors.more(String(command.getMore), sizeField(command, 'batchSize', 0));

const killCursors: Handler = ({ cursors }, { command }) => {
  const ids = Array.isArray(command.cursors) ? (command.cursors as unknown[]) : fail(14, "'cursors' must be an array");
  const killed = ids.filter((id) => cursors.kill(String(id)));
  return {
    cursorsKilled: killed,
    cursorsNotFound: ids.filter((id) => !killed.includes(id)).map((id) => Long.fromString(String(id))),
    cursorsAlive: [],
    cursorsUnknown: [],
  };
};

const count: Handler = (context, request) => ({ n: queryOf(context, request, request.command.query).records.length });

const distinct: Handler = (context, request) => {
  const { key, query } = request.command;
  if (typeof key !== 'string')
    throw new ServerError(14, "BSON field 'distinct.key' is the wrong type, expected type 'string'");
  const values = new Map<string, unknown>();
  for (const { doc } of queryOf(context, request, query).records) {
    for (const value of valuesAt(doc, key.split('.'))) values.set(keyOf(value), value);
  }
  return { values: [...values.values()].sort(compare) };
};

export const readCommands: [string, Command][] = [
  [
    'find',
    {
      run: find,
      fields: [
        'filter',
        'sort',
        'projection',
        'hint',
        'skip',
        'limit',
        'batchSize',
        'singleBatch',
        'noCursorTimeout',
        'allowDiskUse',
      ],
    },
  ],
  ['getMore', { run: getMore, fields: ['collection', 'batchSize'] }],
  ['killCursors', { run: killCursors, fields: ['cursors'] }],
  ['count', { run: count, fields: ['query', 'limit', 'skip', 'hint'] }],
  ['distinct', { run: distinct, fields: ['key', 'query', 'hint'] }],
];
