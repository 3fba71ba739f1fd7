// Remembers what a pure function said of a text: most visitors have one of few user agents, and many one of few addresses.
import type { Now } from '../../lib/clock.ts';
import { makeLru } from '../../lib/lru.ts';

const most = 5_000;
const forMs = 24 * 3600_000;

export function remembering<T>(work: (text: string) => T, now: Now): (text: string) => T {
  const known = makeLru<T>({ max: most, ttlMs: forMs, now });
  return (text) => {
    const before = known.get(text);
    if (before) return before.value;
    const value = work(text);
    known.set(text, value);
    return value;
  };
}
