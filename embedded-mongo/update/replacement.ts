/** A replacement: the whole document but its _id. */
import { ServerError } from '../errors.ts';
import { equal } from '../values/compare.ts';
import { clone, type Doc } from '../values/document.ts';
import { same } from '../values/same.ts';

export function assertSameId(before: Doc, after: Doc): void {
  if (before._id === undefined || (after._id !== undefined && equal(before._id, after._id))) return;
  throw new ServerError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
}

export function compileReplacement(replacement: Doc): (doc: Doc) => Doc {
  const wrong = Object.keys(replacement).find((name) => name.startsWith('$'));
  if (wrong !== undefined) {
    throw new ServerError(
      52,
      `The dollar ($) prefixed field '${wrong}' is not allowed in the context of an update's replacement document.`,
    );
  }
  return (doc) => {
    const { _id, ...rest } = clone(replacement);
    const result: Doc = { _id: doc._id ?? _id, ...rest };
    assertSameId(doc, _id === undefined ? doc : replacement);
    return same(result, doc) ? doc : result;
  };
}
