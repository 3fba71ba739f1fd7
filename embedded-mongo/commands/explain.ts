/** explain: which plan a command's query takes, and what running it touched. */
import { fail } from '../errors.ts';
import type { IndexPlan } from '../planner/index-plan.ts';
import type { Plan } from '../planner/plan.ts';
import { runQuery, type Query } from '../planner/run-query.ts';
import { parseSort } from '../query/sort.ts';
import { isDoc, type Doc } from '../values/document.ts';
import { numberOr } from '../values/numbers.ts';
import { leadingQuery } from './aggregate.ts';
import { namespaceOf, type Command, type Handler } from './context.ts';

function indexStage({ index, reverse }: IndexPlan): Doc {
  const inputStage = {
    stage: 'IXSCAN',
    indexName: index.name,
    keyPattern: index.spec.key,
    isUnique: index.unique,
    isMultiKey: index.arrayFields.size > 0,
    direction: reverse ? 'backward' : 'forward',
  };
  return { stage: 'FETCH', inputStage };
}

function accessStage(plan: Plan): Doc {
  switch (plan.kind) {
    case 'index':
      return indexStage(plan);
    case 'ids':
      return plan.ids.length === 1
        ? { stage: 'IDHACK', indexName: '_id_' }
        : { stage: 'FETCH', inputStage: { stage: 'IXSCAN', indexName: '_id_', keyPattern: { _id: 1 } } };
    case 'union':
      return { stage: 'FETCH', inputStage: { stage: 'OR', inputStages: plan.branches.map(accessStage) } };
    default:
      return { stage: 'COLLSCAN', direction: plan.reverse ? 'backward' : 'forward' };
  }
}
/** The query inside any command that has one. */
function queryIn(command: Doc): Pick<Query, 'filter' | 'sort' | 'skip' | 'limit' | 'hint'> {
  const [statement] = [command.updates, command.deletes].flatMap((list) =>
    Array.isArray(list) ? (list as unknown[]) : [],
  );
  if (isDoc(statement))
    return {
      filter: statement.q,
      sort: statement.sort,
      hint: statement.hint,
      limit: numberOr(statement.limit, statement.multi === true ? 0 : 1),
    };
  if (Array.isArray(command.pipeline)) return { ...leadingQuery(command.pipeline).query, hint: command.hint };
  const one = 'findAndModify' in command || 'findandmodify' in command;
  return {
    filter: command.filter ?? command.query ?? {},
    sort: command.sort,
    skip: numberOr(command.skip, 0),
    limit: one ? 1 : Math.abs(numberOr(command.limit, 0)),
    hint: command.hint,
  };
}

const explain: Handler = ({ store, now }, { command, database }) => {
  const inner = isDoc(command.explain) ? command.explain : fail(14, "'explain' must be a document");
  const namespace = namespaceOf({ command: inner, database });
  const query = queryIn(inner);
  const { plan, records, touched } = runQuery(store.get(namespace), { ...query, now: now() });
  const access: Doc = plan ? accessStage(plan) : { stage: 'EOF' };
  const sorts =
    plan && !plan.sorted && query.sort !== undefined && query.sort !== null && parseSort(query.sort).length > 0;
  const winningPlan = sorts ? { stage: 'SORT', sortPattern: query.sort, inputStage: access } : access;
  return {
    queryPlanner: { namespace, parsedQuery: query.filter ?? {}, winningPlan, rejectedPlans: [] },
    executionStats: {
      executionSuccess: true,
      nReturned: records.length,
      executionTimeMillis: 0,
      totalKeysExamined: touched.keys,
      totalDocsExamined: touched.docs,
    },
  };
};

export const explainCommands: [string, Command][] = [['explain', { run: explain, fields: ['verbosity'] }]];
