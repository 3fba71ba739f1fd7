/** insert, update, delete and findAndModify. A statement that fails is reported by its position in the command. */
import { ServerError, fail } from '../errors.ts';
import { runQuery } from '../planner/run-query.ts';
import { isDoc, type Doc } from '../values/document.ts';
import { numberOr } from '../values/numbers.ts';
import { namespaceOf, type Command, type Handler } from './context.ts';
import { assertFields } from './fields.ts';
import { project } from './reads.ts';
import { assertSize, runStatement, withIdFirst } from './write-one.ts';

/** The statements of a write, all of them well formed before the first one runs. */
function statementsOf(command: Doc, name: string, fields?: readonly string[]): Doc[] {
  const list = command[name];
  if (!Array.isArray(list)) return fail(14, `BSON field '${name}' is the wrong type, expected type 'array'`);
  return list.map((statement, index) => {
    if (!isDoc(statement)) return fail(14, `BSON field '${name}.${index}' is the wrong type, expected type 'object'`);
    if (fields) assertFields(name, statement, fields);
    return statement;
  });
}

/** Runs statement by statement; an ordered command stops at the first failure. */
function eachStatement(command: Doc, statements: readonly Doc[], run: (statement: Doc, index: number) => void): Doc {
  const writeErrors: Doc[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      run(statement, index);
    } catch (error) {
      if (!(error instanceof ServerError)) throw error;
      writeErrors.push({ index, code: error.code, ...error.details, errmsg: error.message });
      if (command.ordered !== false) break;
    }
  }
  return writeErrors.length ? { writeErrors } : {};
}

const filterOf = (value: unknown): Doc =>
  value === undefined ? {} : isDoc(value) ? value : fail(14, 'the filter has to be a document');

const insert: Handler = (context, request) => {
  const collection = context.store.getOrCreate(namespaceOf(request));
  let n = 0;
  const errors = eachStatement(request.command, statementsOf(request.command, 'documents'), (doc) => {
    assertSize(doc);
    const stored = withIdFirst(doc, context.newId);
    collection.insert(stored, stored === doc ? request.bytesOf.get(doc) : undefined);
    n += 1;
  });
  return { n, ...errors };
};

const updateFields = ['q', 'u', 'upsert', 'multi', 'arrayFilters', 'hint', 'sort'];

const update: Handler = (context, request) => {
  const namespace = namespaceOf(request);
  const upserted: Doc[] = [];
  let n = 0;
  let nModified = 0;
  const errors = eachStatement(
    request.command,
    statementsOf(request.command, 'updates', updateFields),
    (statement, index) => {
      const { q, u, arrayFilters, sort, hint } = statement;
      const outcome = runStatement(context, namespace, {
        filter: filterOf(q),
        update: u,
        arrayFilters,
        sort,
        hint,
        multi: statement.multi === true,
        upsert: statement.upsert === true,
      });
      n += outcome.matched + (outcome.upserted ? 1 : 0);
      nModified += outcome.modified;
      if (outcome.upserted) upserted.push({ index, _id: outcome.upserted.id });
    },
  );
  return { n, nModified, ...(upserted.length ? { upserted } : {}), ...errors };
};

const remove: Handler = (context, request) => {
  const collection = context.store.get(namespaceOf(request));
  let n = 0;
  const errors = eachStatement(
    request.command,
    statementsOf(request.command, 'deletes', ['q', 'limit', 'hint']),
    (statement) => {
      const { records } = runQuery(collection, {
        filter: filterOf(statement.q),
        limit: numberOr(statement.limit, 0),
        hint: statement.hint,
        now: context.now(),
      });
      for (const record of records) collection?.remove(record);
      n += records.length;
    },
  );
  return { n, ...errors };
};

const findAndModify: Handler = (context, request) => {
  const { command } = request;
  const namespace = namespaceOf(request);
  const shown = (doc: Doc | undefined): Doc | null =>
    doc ? (project([doc], command.fields, context.now())[0] ?? null) : null;
  const filter = filterOf(command.query);
  if (command.remove === true) {
    if (command.update !== undefined || command.upsert === true || command.new === true)
      throw new ServerError(9, 'Cannot specify both an update and remove=true');
    const collection = context.store.get(namespace);
    const [record] = runQuery(collection, {
      filter,
      sort: command.sort,
      limit: 1,
      hint: command.hint,
      now: context.now(),
    }).records;
    if (record) collection?.remove(record);
    return { lastErrorObject: { n: record ? 1 : 0 }, value: shown(record?.doc) };
  }
  if (command.update === undefined) throw new ServerError(9, 'Either an update or remove=true must be specified');
  const { update: change, arrayFilters, sort, hint } = command;
  const { matched, upserted, before, after } = runStatement(context, namespace, {
    filter,
    update: change,
    arrayFilters,
    sort,
    hint,
    upsert: command.upsert === true,
  });
  return {
    lastErrorObject: {
      n: matched + (upserted ? 1 : 0),
      updatedExisting: matched > 0,
      ...(upserted ? { upserted: upserted.id } : {}),
    },
    value: shown(command.new === true ? after : before),
  };
};

const findAndModifyCommand: Command = {
  run: findAndModify,
  fields: ['query', 'sort', 'remove', 'update', 'new', 'fields', 'upsert', 'arrayFilters', 'hint'],
};

export const writeCommands: [string, Command][] = [
  ['insert', { run: insert, fields: ['documents'] }],
  ['update', { run: update, fields: ['updates'] }],
  ['delete', { run: remove, fields: ['deletes'] }],
  ['findAndModify', findAndModifyCommand],
  ['findandmodify', findAndModifyCommand],
];
