/** Error 11000, with the text and the fields that drivers and mongoose read. */
import { ObjectId } from 'bson';
import { ServerError } from '../errors.ts';
import { reach } from '../query/path.ts';
import { isDoc, textOf, type Doc } from '../values/document.ts';
import type { IndexField } from './index-keys.ts';

function show(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`;
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (isDoc(value))
    return `{ ${Object.entries(value)
      .map(([name, field]) => `${name}: ${show(field)}`)
      .join(', ')} }`;
  return typeof value === 'string' ? JSON.stringify(value) : textOf(value);
}

function firstAt(doc: Doc, path: readonly string[]): unknown {
  let found: unknown = null;
  reach(doc, path, (value) => {
    found = (Array.isArray(value) ? value[0] : value) ?? null;
    return true;
  });
  return found;
}

export function duplicateKey(
  namespace: string,
  index: { name: string; spec: Doc; fields: readonly IndexField[] },
  doc: Doc,
): ServerError {
  const keyValue: Doc = {};
  for (const { name, path } of index.fields) keyValue[name] = firstAt(doc, path);
  const shown = Object.entries(keyValue).map(([name, value]) => `${name}: ${show(value)}`);
  return new ServerError(
    11000,
    `E11000 duplicate key error collection: ${namespace} index: ${index.name} dup key: { ${shown.join(', ')} }`,
    { keyPattern: index.spec.key, keyValue },
  );
}
