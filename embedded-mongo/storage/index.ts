/** One index of a collection: which documents it holds, under which keys, and whether a key is taken. */
import type { ServerError } from '../errors.ts';
import { compileFilter } from '../query/filter.ts';
import type { Doc } from '../values/document.ts';
import { isDoc } from '../values/document.ts';
import { afterAll } from '../values/key.ts';
import { numberOr } from '../values/numbers.ts';
import { duplicateKey } from './duplicate-key.ts';
import { docKeys, type IndexField } from './index-keys.ts';
import type { StoredRecord } from './record.ts';
import { SortedKeys } from './sorted-keys.ts';

export type CollectionIndex = {
  readonly name: string;
  readonly spec: Doc;
  readonly fields: readonly IndexField[];
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly partial: Doc | undefined;
  readonly expireAfterSeconds: number | undefined;
  readonly entries: SortedKeys;
  /** Positions of fields that have met an array; it never shrinks. */
  readonly arrayFields: Set<number>;
  readonly keysFor: (doc: Doc) => string[];
  /** False: a change of these top-level fields alone leaves the keys of a document as they are. */
  readonly isTouchedBy: (changed: ReadonlySet<string>) => boolean;
};

const parseKeyPattern = (key: Doc): IndexField[] =>
  Object.entries(key).map(([name, direction]) => ({
    name,
    path: name.split('.'),
    direction: numberOr(direction, 1) < 0 ? -1 : 1,
  }));

/** The top-level fields that a filter looks at; undefined when that cannot be told. */
function fieldsOf(filter: Doc): string[] | undefined {
  const fields: string[] = [];
  for (const [name, condition] of Object.entries(filter)) {
    if (!name.startsWith('$')) fields.push(name.split('.')[0] ?? '');
    else if (!Array.isArray(condition)) return undefined;
    else {
      for (const part of condition) {
        const inner = isDoc(part) ? fieldsOf(part) : undefined;
        if (!inner) return undefined;
        fields.push(...inner);
      }
    }
  }
  return fields;
}

export function makeIndex(spec: Doc): CollectionIndex {
  const fields = parseKeyPattern(isDoc(spec.key) ? spec.key : {});
  const partial = isDoc(spec.partialFilterExpression) ? spec.partialFilterExpression : undefined;
  const covers = partial && compileFilter(partial);
  const sparse = spec.sparse === true;
  const arrayFields = new Set<number>();
  const filtered = fieldsOf(partial ?? {});
  const decisive = filtered && [...new Set([...fields.map(({ path }) => path[0] ?? ''), ...filtered])];
  const keysFor = (doc: Doc): string[] => {
    if (covers && !covers(doc)) return [];
    const { keys, hasValue, arrayFields: found } = docKeys(doc, fields);
    for (const position of found) arrayFields.add(position);
    return sparse && !hasValue ? [] : keys;
  };
  return {
    name: String(spec.name),
    spec,
    fields,
    unique: spec.unique === true,
    sparse,
    partial,
    expireAfterSeconds: spec.expireAfterSeconds === undefined ? undefined : numberOr(spec.expireAfterSeconds, 0),
    entries: new SortedKeys(),
    arrayFields,
    keysFor,
    isTouchedBy: (changed) => decisive?.some((name) => changed.has(name)) ?? true,
  };
}

/** Fills an empty index. A unique one over duplicates throws and stays unused. */
export function buildIndex(index: CollectionIndex, records: Iterable<StoredRecord>, namespace: string): void {
  const entries = [...records].flatMap((record) => index.keysFor(record.doc).map((key) => ({ key, record })));
  index.entries.load(entries);
  if (!index.unique) return;
  let previous: (typeof entries)[number] | undefined;
  for (const entry of entries) {
    if (previous?.key === entry.key && previous.record !== entry.record)
      throw duplicateKey(namespace, index, entry.record.doc);
    previous = entry;
  }
}

/** The error for the first of `keys` that another record already has, if any. */
export function findClash(index: CollectionIndex, keys: readonly string[], candidate: Clash): ServerError | undefined {
  if (!index.unique) return undefined;
  for (const key of keys) {
    for (const entry of index.entries.range(key, key + afterAll)) {
      if (entry.key !== key) break;
      if (entry.record !== candidate.record) return duplicateKey(candidate.namespace, index, candidate.doc);
    }
  }
  return undefined;
}

type Clash = { namespace: string; doc: Doc; record?: StoredRecord | undefined };
