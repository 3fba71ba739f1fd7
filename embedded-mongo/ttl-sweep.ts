/** Removes what TTL indexes say is past its time. */
import type { Collection } from './storage/collection.ts';
import type { CollectionIndex } from './storage/index.ts';
import type { StoredRecord } from './storage/record.ts';
import type { Store } from './storage/store.ts';
import { afterAll, invertKey, keyOf } from './values/key.ts';

const earliest = new Date(-8.64e15);

function expired(
  { entries, fields, expireAfterSeconds = 0 }: CollectionIndex,
  { now, most }: Sweep,
): Set<StoredRecord> {
  const first = keyOf(earliest);
  const last = keyOf(new Date(now.getTime() - expireAfterSeconds * 1000));
  const range = fields[0]?.direction === 1 ? [first, last] : [invertKey(last), invertKey(first)];
  const found = new Set<StoredRecord>();
  for (const { record } of entries.range(range[0] ?? '', (range[1] ?? '') + afterAll)) {
    found.add(record);
    if (found.size >= most) break;
  }
  return found;
}

type Sweep = { now: Date; most: number };

function sweepCollection(collection: Collection, sweep: Sweep): number {
  let gone = 0;
  for (const index of collection.indexes.values()) {
    if (index.expireAfterSeconds === undefined) continue;
    const records = expired(index, sweep);
    for (const record of records) collection.remove(record);
    gone += records.size;
  }
  return gone;
}

/** At most about `most` documents per index, so that one sweep never holds up clients for long. */
export function sweepExpired(store: Store, sweep: Sweep): number {
  let gone = 0;
  for (const collection of store.collections.values()) gone += sweepCollection(collection, sweep);
  return gone;
}
