/** All collections by namespace (`database.collection`), and how a change of the journal is applied to them again. */
import type { Doc } from '../values/document.ts';
import { patched } from './change-of.ts';
import { makeCollection, type Collection } from './collection.ts';
import type { Change, Note } from './journal.ts';

export type Store = ReturnType<typeof makeStore>;

export function makeStore(note: Note) {
  const collections = new Map<string, Collection>();

  function create(namespace: string): Collection {
    const collection = makeCollection(namespace, note);
    collections.set(namespace, collection);
    note({ kind: 'collection', namespace });
    return collection;
  }

  return {
    collections,
    get: (namespace: string) => collections.get(namespace),
    getOrCreate: (namespace: string): Collection => collections.get(namespace) ?? create(namespace),
    drop: (namespace: string) => {
      if (collections.delete(namespace)) note({ kind: 'drop', namespace });
    },
    inDatabase: (database: string): Collection[] =>
      [...collections.values()].filter(({ namespace }) => namespace.startsWith(`${database}.`)),
  };
}

/** Applies changes read back from disk. Indexes are built at the end, once the documents are in. */
export function makeReplay(store: Store): { apply: (change: Change) => void; finish: () => void } {
  const specs = new Map<string, Map<string, Doc>>();
  const specsOf = (namespace: string): Map<string, Doc> => {
    const found = specs.get(namespace) ?? new Map<string, Doc>();
    specs.set(namespace, found);
    return found;
  };

  function apply(change: Change): void {
    const { namespace } = change;
    const collection = store.getOrCreate(namespace);
    switch (change.kind) {
      case 'collection':
        return;
      case 'put': {
        const record = collection.byId(change.doc._id);
        if (record) collection.replace(record, change.doc);
        else collection.insert(change.doc);
        return;
      }
      case 'patch': {
        const record = collection.byId(change.id);
        if (record) collection.replace(record, patched(record.doc, change));
        return;
      }
      case 'remove': {
        const record = collection.byId(change.id);
        if (record) collection.remove(record);
        return;
      }
      case 'index':
        specsOf(namespace).set(String(change.spec.name), change.spec);
        return;
      case 'dropIndex':
        specsOf(namespace).delete(change.name);
        return;
      case 'drop':
        store.drop(namespace);
        specs.delete(namespace);
    }
  }

  function finish(): void {
    for (const [namespace, list] of specs) {
      for (const spec of list.values()) store.getOrCreate(namespace).addIndex(spec);
    }
  }

  return { apply, finish };
}
