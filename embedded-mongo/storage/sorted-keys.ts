/** A sorted list of (key, record) entries in chunks: the body of an index. Knows nothing of BSON. */
import type { StoredRecord } from './record.ts';

export type Entry = { key: string; record: StoredRecord };
type Bound = { key: string; record: { serial: number } };

const maxChunk = 512;
/** Entries with the same key stand in the order their records were inserted. */
const order = (a: Bound, b: Bound): number =>
  a.key < b.key ? -1 : a.key > b.key ? 1 : a.record.serial - b.record.serial;
const before = (key: string): Bound => ({ key, record: { serial: -1 } });

/** The first position in a chunk that is not below the bound. */
function positionIn(chunk: Entry[], bound: Bound): number {
  let low = 0;
  let high = chunk.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (order(chunk[middle] as Entry, bound) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

export class SortedKeys {
  #chunks: Entry[][] = [[]];

  #chunkFor(bound: Bound): number {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (order(this.#chunks[middle]?.[0] as Entry, bound) <= 0) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  add(entry: Entry): void {
    const at = this.#chunkFor(entry);
    const chunk = this.#chunks[at] as Entry[];
    chunk.splice(positionIn(chunk, entry), 0, entry);
    if (chunk.length <= maxChunk) return;
    // Keys that only grow fill the last chunk; splitting it near its end keeps the others full.
    const keep = at === this.#chunks.length - 1 ? maxChunk - 8 : maxChunk >> 1;
    this.#chunks.splice(at + 1, 0, chunk.splice(keep));
  }

  remove(entry: Entry): void {
    const at = this.#chunkFor(entry);
    const chunk = this.#chunks[at] as Entry[];
    const position = positionIn(chunk, entry);
    const found = chunk[position];
    if (!found || order(found, entry) !== 0) return;
    chunk.splice(position, 1);
    if (!chunk.length && this.#chunks.length > 1) this.#chunks.splice(at, 1);
  }

  load(entries: Entry[]): void {
    entries.sort(order);
    this.#chunks = [];
    for (let i = 0; i < entries.length; i += maxChunk >> 1) this.#chunks.push(entries.slice(i, i + (maxChunk >> 1)));
    if (!this.#chunks.length) this.#chunks.push([]);
  }

  /** Entries with low <= key < high. The list must not change until the caller is done. */
  *range(low: string, high: string, reverse = false): Generator<Entry> {
    const bound = before(reverse ? high : low);
    let at = this.#chunkFor(bound);
    let chunk = this.#chunks[at];
    let position = positionIn(chunk ?? [], bound) - (reverse ? 1 : 0);
    while (chunk) {
      for (; position >= 0 && position < chunk.length; position += reverse ? -1 : 1) {
        const entry = chunk[position] as Entry;
        if (reverse ? entry.key < low : entry.key >= high) return;
        yield entry;
      }
      at += reverse ? -1 : 1;
      chunk = this.#chunks[at];
      position = reverse ? (chunk?.length ?? 0) - 1 : 0;
    }
  }
}
