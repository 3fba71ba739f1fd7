/** The documents of one collection and their indexes, kept in step. Every change is handed to the journal. */
import { BSONRegExp } from 'bson';
import { ServerError } from '../errors.ts';
import { changeOf } from './change-of.ts';
import type { Doc } from '../values/document.ts';
import { keyOf } from '../values/key.ts';
import { duplicateKey } from './duplicate-key.ts';
import { buildIndex, findClash, makeIndex, type CollectionIndex } from './index.ts';
import type { Note } from './journal.ts';
import type { StoredRecord } from './record.ts';

export type Collection = ReturnType<typeof makeCollection>;
type KeysByIndex = [index: CollectionIndex, keys: string[]][];

const idIndexSpec = { v: 2, key: { _id: 1 }, name: '_id_' };

export function makeCollection(namespace: string, note: Note) {
  const records = new Map<string, StoredRecord>();
  const indexes = new Map<string, CollectionIndex>();
  const idIndex = makeIndex(idIndexSpec);
  // Looking up an _id needs only the map; the ordered _id index is built when a query first wants its order.
  let idIndexBuilt = false;
  let lastSerial = 0;

  const secondary = (): CollectionIndex[] => [...indexes.values()];

  /** The keys of a document in each of these indexes, or the duplicate key error that keeps it out. */
  function claimKeys(touched: CollectionIndex[], doc: Doc, record?: StoredRecord): KeysByIndex {
    return touched.map((index) => {
      const keys = index.keysFor(doc);
      const clash = findClash(index, keys, { namespace, doc, record });
      if (clash) throw clash;
      return [index, keys];
    });
  }

  /** `bytes`: the document as it came, if it is stored as it came. */
  function insert(doc: Doc, bytes?: Uint8Array): StoredRecord {
    const { _id } = doc;
    if (Array.isArray(_id) || _id instanceof BSONRegExp || _id === undefined) {
      throw new ServerError(53, `The '_id' value cannot be of type ${Array.isArray(_id) ? 'array' : 'regex'}`);
    }
    const id = keyOf(_id);
    if (records.has(id)) throw duplicateKey(namespace, idIndex, doc);
    const claimed = claimKeys(secondary(), doc);
    const record: StoredRecord = { id, serial: (lastSerial += 1), doc };
    records.set(id, record);
    for (const [index, keys] of claimed) for (const key of keys) index.entries.add({ key, record });
    if (idIndexBuilt) idIndex.entries.add({ key: id, record });
    note({ kind: 'put', namespace, doc }, bytes);
    return record;
  }

  function replace(record: StoredRecord, doc: Doc): void {
    const change = changeOf(record.doc, doc);
    const touched = secondary().filter((index) => index.isTouchedBy(change.fields));
    for (const [index, keys] of claimKeys(touched, doc, record)) {
      const old = index.keysFor(record.doc);
      if (old.length === keys.length && old.every((key, i) => key === keys[i])) continue;
      for (const key of old) index.entries.remove({ key, record });
      for (const key of keys) index.entries.add({ key, record });
    }
    record.doc = doc;
    const { patch } = change;
    note(patch ? { kind: 'patch', namespace, id: doc._id, ...patch } : { kind: 'put', namespace, doc });
  }

  function remove(record: StoredRecord): void {
    for (const index of indexes.values()) {
      for (const key of index.keysFor(record.doc)) index.entries.remove({ key, record });
    }
    if (idIndexBuilt) idIndex.entries.remove({ key: record.id, record });
    records.delete(record.id);
    note({ kind: 'remove', namespace, id: record.doc._id });
  }

  function addIndex(spec: Doc): void {
    const index = makeIndex(spec);
    buildIndex(index, records.values(), namespace);
    indexes.set(index.name, index);
    note({ kind: 'index', namespace, spec });
  }

  function dropIndex(name: string): void {
    indexes.delete(name);
    note({ kind: 'dropIndex', namespace, name });
  }

  function orderedIdIndex(): CollectionIndex {
    if (!idIndexBuilt) buildIndex(idIndex, records.values(), namespace);
    idIndexBuilt = true;
    return idIndex;
  }

  return {
    namespace,
    records,
    /** Every index but the one on _id. */
    indexes,
    idIndex,
    orderedIdIndex,
    byId: (id: unknown) => records.get(keyOf(id)),
    specs: () => [idIndexSpec, ...secondary().map(({ spec }) => spec)],
    insert,
    replace,
    remove,
    addIndex,
    dropIndex,
  };
}
