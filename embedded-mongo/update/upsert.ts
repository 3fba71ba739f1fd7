/** The document an upsert starts from: what the query says must be equal. */
import { BSONRegExp } from 'bson';
import { ServerError } from '../errors.ts';
import { isOperators } from '../query/operators.ts';
import { clone, isDoc, type Doc } from '../values/document.ts';

/** The value a condition pins its field to; undefined for none. */
function pinned(condition: unknown): unknown {
  if (condition instanceof BSONRegExp) return undefined;
  if (!isOperators(condition)) return condition;
  if ('$eq' in condition) return condition.$eq;
  for (const list of [condition.$in, condition.$all]) {
    if (Array.isArray(list) && list.length === 1 && !isOperators(list[0]) && !(list[0] instanceof BSONRegExp))
      return list[0];
  }
  return undefined;
}

function put(doc: Doc, path: string, value: unknown): void {
  const parts = path.split('.');
  const leaf = parts.pop() ?? '';
  let holder = doc;
  for (const name of parts) {
    const next = Object.hasOwn(holder, name) ? holder[name] : {};
    if (!isDoc(next)) throw new ServerError(54, `cannot infer query fields to set, path '${path}' is matched twice`);
    holder[name] = next;
    holder = next;
  }
  if (Object.hasOwn(holder, leaf))
    throw new ServerError(54, `cannot infer query fields to set, path '${path}' is matched twice`);
  holder[leaf] = clone(value);
}

export function upsertSeed(filter: Doc, doc: Doc = {}): Doc {
  for (const [name, condition] of Object.entries(filter)) {
    const parts =
      name === '$and' || (name === '$or' && Array.isArray(condition) && condition.length === 1) ? condition : undefined;
    if (Array.isArray(parts)) for (const part of parts) if (isDoc(part)) upsertSeed(part, doc);
    const value = name.startsWith('$') ? undefined : pinned(condition);
    if (value !== undefined) put(doc, name, value);
  }
  return doc;
}
