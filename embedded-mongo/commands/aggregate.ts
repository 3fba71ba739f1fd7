/** aggregate: the leading $match, $sort, $skip and $limit run as a query, along an index; the rest stage by stage. */
import { ServerError, fail } from '../errors.ts';
import { compileStage, wholeNumber } from '../pipeline/stages.ts';
import { runQuery, type Query } from '../planner/run-query.ts';
import { isDoc, type Doc } from '../values/document.ts';
import { numberOr } from '../values/numbers.ts';
import { namespaceOf, type Command, type Handler } from './context.ts';

type Leading = { query: Pick<Query, 'filter' | 'sort' | 'skip' | 'limit'>; rest: unknown[] };

/** Splits the pipeline into a query and what is left. */
export function leadingQuery(pipeline: readonly unknown[]): Leading {
  const rest = [...pipeline];
  const take = (name: string): unknown => {
    const [stage] = rest;
    if (!isDoc(stage) || !Object.hasOwn(stage, name)) return undefined;
    rest.shift();
    return stage[name];
  };
  const filters: unknown[] = [];
  for (let filter = take('$match'); filter !== undefined; filter = take('$match')) filters.push(filter);
  const sort = take('$sort');
  const skip = take('$skip');
  const limit = take('$limit');
  return {
    query: {
      filter: filters.length > 1 ? { $and: filters } : (filters[0] ?? {}),
      sort,
      skip: skip === undefined ? 0 : wholeNumber('$skip', skip, 0),
      limit: limit === undefined ? 0 : wholeNumber('$limit', limit, 1),
    },
    rest,
  };
}

const aggregate: Handler = (context, request) => {
  const { command } = request;
  const { pipeline, cursor } = command;
  if (!Array.isArray(pipeline)) throw new ServerError(14, "'pipeline' option must be specified as an array");
  if (!isDoc(cursor)) return fail(9, "The 'cursor' option is required, except for aggregate with the explain argument");
  const stages = pipeline.map(compileStage);
  const namespace = namespaceOf(request);
  const { query, rest } = leadingQuery(pipeline);
  const now = context.now();
  const { records } = runQuery(context.store.get(namespace), { ...query, hint: command.hint, now });
  let docs: Doc[] = records.map(({ doc }) => doc);
  for (const stage of stages.slice(pipeline.length - rest.length)) docs = stage(docs, { NOW: now });
  return context.cursors.start({
    namespace,
    docs,
    batchSize: cursor.batchSize === undefined ? undefined : numberOr(cursor.batchSize, 0),
  });
};

export const aggregateCommands: [string, Command][] = [
  ['aggregate', { run: aggregate, fields: ['pipeline', 'cursor', 'hint', 'allowDiskUse'] }],
];
