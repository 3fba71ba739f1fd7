// A bounded map whose entries age. A reader decides what to do with an aged one, so that a cache can answer when its source cannot.
import type { Now } from './clock.ts';

export interface Lru<V> {
  /** The value and whether it is still within its time; undefined when it was never kept or has been pushed out. */
  get(key: string): { value: V; fresh: boolean } | undefined;
  set(key: string, value: V, ttlMs?: number): void;
  delete(key: string): void;
  clear(): void;
  readonly size: number;
}

/** The least recently read entry leaves first. */
export function makeLru<V>({ max, ttlMs, now }: { max: number; ttlMs: number; now: Now }): Lru<V> {
  // A Map keeps insertion order: re-inserting on read makes the first key the least recently read.
  const entries = new Map<string, { value: V; until: number }>();

  return {
    get(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      entries.delete(key);
      entries.set(key, entry);
      return { value: entry.value, fresh: now() < entry.until };
    },
    set(key, value, lifeMs = ttlMs) {
      entries.delete(key);
      entries.set(key, { value, until: now() + lifeMs });
      if (entries.size > max) entries.delete(entries.keys().next().value as string);
    },
    delete: (key) => {
      entries.delete(key);
    },
    clear: () => {
      entries.clear();
    },
    get size() {
      return entries.size;
    },
  };
}
