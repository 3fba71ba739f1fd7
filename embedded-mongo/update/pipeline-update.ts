/** An update written as an aggregation pipeline. */
import { ServerError } from '../errors.ts';
import { compileStage } from '../pipeline/stages.ts';
import { isDoc, type Doc } from '../values/document.ts';
import { same } from '../values/same.ts';
import { assertStorable } from './field-operators.ts';
import { assertSameId } from './replacement.ts';
import type { Update } from './update.ts';

const allowed = new Set(['$set', '$addFields', '$unset', '$project', '$replaceWith', '$replaceRoot']);

export function compilePipelineUpdate(pipeline: readonly unknown[]): Update {
  const stages = pipeline.map((stage) => {
    const [name = ''] = isDoc(stage) ? Object.keys(stage) : [];
    const compiled = compileStage(stage);
    if (!allowed.has(name)) throw new ServerError(72, `${name} is not allowed to be used within an update`);
    return compiled;
  });
  return (doc, { now }) => {
    let docs: Doc[] = [doc];
    for (const stage of stages) docs = stage(docs, { NOW: now });
    const { _id = doc._id, ...rest } = docs[0] ?? {};
    const result: Doc = _id === undefined ? rest : { _id, ...rest };
    assertSameId(doc, result);
    assertStorable(result);
    return same(doc, result) ? doc : result;
  };
}
