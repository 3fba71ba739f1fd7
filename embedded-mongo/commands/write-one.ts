/** One update statement, as update and findAndModify share it: find, change, or insert instead. */
import { ServerError, fail } from '../errors.ts';
import { runQuery } from '../planner/run-query.ts';
import { compilePipelineUpdate } from '../update/pipeline-update.ts';
import { compileUpdate, isReplacement, type Update } from '../update/update.ts';
import { upsertSeed } from '../update/upsert.ts';
import { approximateSize, encode } from '../values/codec.ts';
import { isDoc, type Doc } from '../values/document.ts';
import { maxDocumentBytes, type Context } from './context.ts';

export type Statement = {
  filter: Doc;
  update: unknown;
  arrayFilters?: unknown;
  multi?: boolean;
  upsert?: boolean;
  sort?: unknown;
  hint?: unknown;
};
export type Outcome = { matched: number; modified: number; upserted?: { id: unknown }; before?: Doc; after?: Doc };

export function assertSize(doc: Doc): void {
  if (approximateSize(doc) < maxDocumentBytes / 2) return;
  const size = encode(doc).length;
  if (size > maxDocumentBytes)
    throw new ServerError(
      10334,
      `BSONObj size: ${size} is invalid. Size must be between 0 and ${maxDocumentBytes}(16MB)`,
    );
}

/** The server stores _id first, wherever the client put it. */
export function withIdFirst(doc: Doc, newId: () => unknown): Doc {
  for (const first in doc) {
    if (first === '_id') return doc;
    break;
  }
  const { _id = newId(), ...rest } = doc;
  return { _id, ...rest };
}

function compile({ filter, update, arrayFilters, multi }: Statement): Update {
  if (Array.isArray(update)) return compilePipelineUpdate(update);
  if (!isDoc(update)) return fail(9, 'Update argument must be either an object or an array');
  if (multi && isReplacement(update))
    throw new ServerError(9, 'multi update is not supported for replacement-style update');
  return compileUpdate(update, { filter, arrayFilters });
}

function insertInstead(
  context: Context,
  { namespace, statement, change }: { namespace: string; statement: Statement; change: Update },
): Outcome {
  const { filter, update } = statement;
  const seed = upsertSeed(filter);
  const replaced = isDoc(update) && isReplacement(update);
  const start: Doc = !replaced ? seed : seed._id === undefined ? {} : { _id: seed._id };
  const doc = withIdFirst(change(start, { insert: true, now: context.now() }), context.newId);
  assertSize(doc);
  context.store.getOrCreate(namespace).insert(doc);
  return { matched: 0, modified: 0, upserted: { id: doc._id }, after: doc };
}

export function runStatement(context: Context, namespace: string, statement: Statement): Outcome {
  const change = compile(statement);
  const { filter, sort, hint, multi, upsert } = statement;
  const now = context.now();
  const collection = context.store.get(namespace);
  const { records } = runQuery(collection, { filter, sort, hint, limit: multi ? 0 : 1, now });
  if (!records.length && upsert) return insertInstead(context, { namespace, statement, change });
  const outcome: Outcome = { matched: records.length, modified: 0 };
  for (const record of records) {
    const before = record.doc;
    const after = change(before, { insert: false, now });
    if (after !== before) {
      assertSize(after);
      collection?.replace(record, after);
      outcome.modified += 1;
    }
    Object.assign(outcome, { before, after });
  }
  return outcome;
}
