/** createIndexes, listIndexes and dropIndexes. Kinds of index that would answer differently are refused. */
import { ServerError, fail } from '../errors.ts';
import { compileFilter } from '../query/filter.ts';
import { isArrayIndex } from '../query/path.ts';
import type { Collection } from '../storage/collection.ts';
import { equal } from '../values/compare.ts';
import { isDoc, type Doc } from '../values/document.ts';
import { isNumber, numberOr, toNumber } from '../values/numbers.ts';
import { namespaceOf, type Command, type Handler } from './context.ts';

const understood = new Set([
  'v',
  'key',
  'name',
  'unique',
  'sparse',
  'partialFilterExpression',
  'expireAfterSeconds',
  'background',
  'hidden',
  'ns',
]);
const optionNames = ['unique', 'sparse', 'partialFilterExpression', 'expireAfterSeconds'];
const partialOperators = new Set(['$eq', '$exists', '$gt', '$gte', '$lt', '$lte', '$type', '$in', '$and', '$or']);
const maxIndexes = 64;

const cannot = (why: string): never => fail(67, why);

function checkKey(key: unknown): Doc {
  if (!isDoc(key) || !Object.keys(key).length) return cannot('Index keys cannot be empty.');
  for (const [name, direction] of Object.entries(key)) {
    if (!isNumber(direction) || toNumber(direction) === 0)
      cannot(`the index type ${JSON.stringify(direction)} of '${name}' is not supported by the embedded store`);
    if (name.includes('$')) cannot(`the index key '${name}' is not supported by the embedded store`);
    if (!name || name.split('.').includes('')) cannot('Index keys cannot be an empty field.');
    if (name.split('.').some(isArrayIndex))
      cannot(`an index on an array position ('${name}') is not supported by the embedded store`);
  }
  return key;
}

function checkPartial(filter: unknown): void {
  if (filter === undefined) return;
  if (!isDoc(filter)) cannot('partialFilterExpression must be an object');
  const operatorsIn = (value: unknown): string[] => {
    if (Array.isArray(value)) return value.flatMap(operatorsIn);
    return isDoc(value)
      ? Object.entries(value).flatMap(([name, inner]) => [
          ...(name.startsWith('$') ? [name] : []),
          ...operatorsIn(inner),
        ])
      : [];
  };
  const refused = operatorsIn(filter).find((name) => !partialOperators.has(name));
  if (refused !== undefined) cannot(`Expression not supported in partial index: ${refused}`);
  compileFilter(filter);
}

/** A request's index, checked and in the form listIndexes shows. */
function toSpec(raw: unknown): Doc {
  if (!isDoc(raw)) return cannot('an index has to be a document');
  for (const [option, value] of Object.entries(raw)) {
    const simple = option === 'collation' && isDoc(value) && value.locale === 'simple';
    if (!understood.has(option) && !simple) cannot(`the index option ${option} is not supported by the embedded store`);
  }
  if (raw.hidden === true) cannot('hidden indexes are not supported by the embedded store');
  const key = checkKey(raw.key);
  checkPartial(raw.partialFilterExpression);
  if (raw.sparse === true && raw.partialFilterExpression !== undefined)
    cannot('cannot mix "partialFilterExpression" and "sparse" options');
  if (raw.expireAfterSeconds !== undefined && Object.keys(key).length > 1)
    cannot('TTL indexes are single-field indexes, compound indexes do not support TTL');
  if (numberOr(raw.expireAfterSeconds, 0) < 0)
    cannot('TTL index expireAfterSeconds option must be within an acceptable range');
  const name =
    raw.name ??
    Object.entries(key)
      .map(([field, direction]) => `${field}_${String(direction)}`)
      .join('_');
  const spec: Doc = { v: 2, key, name };
  for (const option of optionNames) if (raw[option] !== undefined && raw[option] !== false) spec[option] = raw[option];
  return spec;
}

const sameOptions = (a: Doc, b: Doc, names = optionNames): boolean =>
  names.every((name) => equal(a[name] ?? null, b[name] ?? null));

/** True when the very same index is there; throws when another one is in the way. */
function isPresent(collection: Collection, spec: Doc): boolean {
  const specs = collection.specs();
  const named = specs.find(({ name }) => name === spec.name);
  if (named && !equal(named.key, spec.key))
    throw new ServerError(
      86,
      `An existing index has the same name as the requested index. Requested index: ${JSON.stringify(spec)}, existing index: ${JSON.stringify(named)}`,
    );
  if (named && !sameOptions(named, spec)) {
    const identity = sameOptions(named, spec, ['unique', 'sparse', 'partialFilterExpression']);
    throw new ServerError(
      identity ? 85 : 86,
      `An equivalent index already exists with the same name but different options. Requested index: ${JSON.stringify(spec)}, existing index: ${JSON.stringify(named)}`,
    );
  }
  if (named) return true;
  const twin = specs.find(
    (other) => equal(other.key, spec.key) && sameOptions(other, spec, ['unique', 'sparse', 'partialFilterExpression']),
  );
  if (twin) throw new ServerError(85, `Index already exists with a different name: ${String(twin.name)}`);
  return false;
}

const createIndexes: Handler = ({ store }, request) => {
  const namespace = namespaceOf(request);
  const { indexes } = request.command;
  const specs = Array.isArray(indexes) ? indexes.map(toSpec) : fail(14, "'indexes' must be an array");
  const createdCollectionAutomatically = !store.get(namespace);
  const collection = store.getOrCreate(namespace);
  const numIndexesBefore = collection.indexes.size + 1;
  for (const spec of specs) {
    if (equal(spec.key, { _id: 1 }) || isPresent(collection, spec)) continue;
    if (collection.indexes.size + 1 >= maxIndexes) cannot(`add index fails, too many indexes for ${namespace}`);
    collection.addIndex(spec);
  }
  return { numIndexesBefore, numIndexesAfter: collection.indexes.size + 1, createdCollectionAutomatically };
};

const listIndexes: Handler = ({ store, cursors }, request) => {
  const namespace = namespaceOf(request);
  const collection = store.get(namespace) ?? fail(26, `ns does not exist: ${namespace}`);
  return cursors.start({ namespace, docs: collection.specs(), batchSize: Number.POSITIVE_INFINITY });
};

const dropIndexes: Handler = ({ store }, request) => {
  const namespace = namespaceOf(request);
  const collection = store.get(namespace) ?? fail(26, `ns not found ${namespace}`);
  const nIndexesWas = collection.indexes.size + 1;
  const { index } = request.command;
  const wanted: unknown[] = index === '*' ? [...collection.indexes.keys()] : Array.isArray(index) ? index : [index];
  const names = wanted.map((item) => {
    const found = collection.specs().find((spec) => (isDoc(item) ? equal(spec.key, item) : spec.name === item));
    return found ? String(found.name) : fail(27, `index not found with name [${JSON.stringify(item)}]`);
  });
  if (names.includes('_id_')) throw new ServerError(72, 'cannot drop _id index');
  for (const name of names) collection.dropIndex(name);
  return { nIndexesWas };
};

export const indexCommands: [string, Command][] = [
  ['createIndexes', { run: createIndexes, fields: ['indexes', 'commitQuorum'] }],
  ['listIndexes', { run: listIndexes, fields: ['cursor'] }],
  ['dropIndexes', { run: dropIndexes, fields: ['index'] }],
];
