/** BSON bytes to in-memory documents and back, keeping every number type. Must hold on to no part of the bytes it read. */
import { Binary, DBRef, Double, Int32, deserialize, serialize } from 'bson';
import { isDoc, isInt32, type Doc } from './document.ts';

const options = { promoteValues: false, promoteLongs: false, bsonRegExp: true, validation: { utf8: false } } as const;

export const decode = (bytes: Uint8Array): Doc => {
  const doc = deserialize(bytes, options);
  return (doc instanceof DBRef ? settle(doc) : settleFields(doc)) as Doc;
};

export const encode = (doc: Doc): Uint8Array => serialize(doc, { ignoreUndefined: true });

function settleFields(holder: Doc | unknown[]): Doc | unknown[] {
  const fields = holder as Doc;
  for (const key of Object.keys(holder)) {
    const value = fields[key];
    if (typeof value === 'object' && value !== null) fields[key] = settle(value);
  }
  return holder;
}

function settle(value: object): unknown {
  if (Array.isArray(value) || isDoc(value)) return settleFields(value);
  if (value instanceof Int32) return value.value;
  if (value instanceof Double) return isInt32(value.value) ? value : value.value;
  // The parser hands out a view of the whole message; a stored view would keep all of it alive.
  if (value instanceof Binary)
    return new Binary(Uint8Array.prototype.slice.call(value.buffer, 0, value.position), value.sub_type);
  // The parser turns {$ref, $id} documents into DBRef objects; in the store they are documents.
  if (value instanceof DBRef) {
    const { collection, oid, db, fields } = value;
    return settleFields({ $ref: collection, $id: oid, ...(db === undefined ? {} : { $db: db }), ...fields });
  }
  return value;
}

/** A quick estimate, a little above the real BSON size for usual documents. */
export function approximateSize(value: unknown): number {
  if (typeof value === 'string') return value.length + 12;
  if (Array.isArray(value)) return value.reduce<number>((size, item) => size + approximateSize(item) + 4, 8);
  if (value instanceof Binary) return value.position + 16;
  if (!isDoc(value)) return 24;
  let size = 8;
  for (const key of Object.keys(value)) size += key.length + 2 + approximateSize(value[key]);
  return size;
}
