/** Collections and databases: create, drop, dropDatabase, listCollections, listDatabases and their sizes. */
import { ServerError } from '../errors.ts';
import { compileFilter } from '../query/filter.ts';
import { isDoc, type Doc } from '../values/document.ts';
import { namespaceOf, type Command, type Context, type Handler } from './context.ts';

const create: Handler = ({ store }, request) => {
  const namespace = namespaceOf(request);
  if (store.get(namespace)) throw new ServerError(48, `Collection ${namespace} already exists.`);
  store.getOrCreate(namespace);
  return {};
};

const drop: Handler = ({ store }, request) => {
  const namespace = namespaceOf(request);
  const collection = store.get(namespace);
  if (!collection) return {};
  store.drop(namespace);
  return { nIndexesWas: collection.indexes.size + 1, ns: namespace };
};

const dropDatabase: Handler = ({ store }, { database }) => {
  for (const { namespace } of store.inDatabase(database)) store.drop(namespace);
  return { dropped: database };
};

const listCollections: Handler = ({ store, cursors }, { command, database }) => {
  const test = compileFilter(command.filter ?? {});
  const idIndex = { v: 2, key: { _id: 1 }, name: '_id_' };
  const docs: Doc[] = store.inDatabase(database).map(({ namespace }) => {
    const name = namespace.slice(database.length + 1);
    return {
      name,
      type: 'collection',
      ...(command.nameOnly === true ? {} : { options: {}, info: { readOnly: false }, idIndex }),
    };
  });
  return cursors.start({
    namespace: `${database}.$cmd.listCollections`,
    docs: docs.filter(test),
    batchSize: Number.POSITIVE_INFINITY,
  });
};

const databaseNames = ({ store }: Context): string[] => [
  ...new Set([...store.collections.keys()].map((namespace) => namespace.split('.')[0] ?? '')),
];

const listDatabases: Handler = (context, { command }) => {
  const test = compileFilter(isDoc(command.filter) ? command.filter : {});
  const databases = databaseNames(context).map((name): Doc => ({ name, sizeOnDisk: 0, empty: false }));
  return { databases: databases.filter(test), totalSize: 0 };
};

const collStats: Handler = ({ store }, request) => {
  const namespace = namespaceOf(request);
  const collection = store.get(namespace);
  return {
    ns: namespace,
    count: collection?.records.size ?? 0,
    nindexes: collection ? collection.indexes.size + 1 : 0,
  };
};

const dbStats: Handler = ({ store }, { database }) => {
  const collections = store.inDatabase(database);
  return {
    db: database,
    collections: collections.length,
    objects: collections.reduce((total, { records }) => total + records.size, 0),
    indexes: collections.reduce((total, { indexes }) => total + indexes.size + 1, 0),
  };
};

export const catalogCommands: [string, Command][] = [
  ['create', { run: create, fields: ['autoIndexId'] }],
  ['drop', { run: drop, fields: [] }],
  ['dropDatabase', { run: dropDatabase, fields: [] }],
  ['listCollections', { run: listCollections, fields: ['filter', 'nameOnly', 'authorizedCollections', 'cursor'] }],
  ['listDatabases', { run: listDatabases, fields: ['filter', 'nameOnly', 'authorizedDatabases'] }],
  ['collStats', { run: collStats, fields: ['scale'] }],
  ['dbStats', { run: dbStats, fields: ['scale', 'freeStorage'] }],
];
