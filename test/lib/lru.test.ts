// The bounded map behind the caches.
import { expect, it } from 'vitest';
import { makeLru } from '../../server/lib/lru.ts';

function makeAging({ max = 2, ttlMs = 10 } = {}) {
  let time = 0;
  const lru = makeLru<string | null>({ max, ttlMs, now: () => time });
  return { lru, pass: (ms: number) => (time += ms) };
}

it('keeps the most recently read and drops the rest', () => {
  const { lru } = makeAging();
  lru.set('a', '1');
  lru.set('b', '2');
  lru.get('a');
  lru.set('c', '3');
  expect([lru.get('a')?.value, lru.get('b'), lru.get('c')?.value]).toEqual(['1', undefined, '3']);
  expect(lru.size).toBe(2);
});

it('says when a value has aged, and still has it', () => {
  const { lru, pass } = makeAging();
  lru.set('a', '1');
  expect(lru.get('a')).toEqual({ value: '1', fresh: true });
  pass(10);
  expect(lru.get('a')).toEqual({ value: '1', fresh: false });
});

it('tells "known to be nothing" from "not known"', () => {
  const { lru, pass } = makeAging();
  lru.set('a', null, 5);
  expect(lru.get('a')).toEqual({ value: null, fresh: true });
  expect(lru.get('b')).toBeUndefined();
  pass(5);
  expect(lru.get('a')?.fresh).toBe(false);
});

it('forgets what it is told to forget', () => {
  const { lru } = makeAging();
  lru.set('a', '1');
  lru.set('b', '2');
  lru.delete('a');
  expect([lru.get('a'), lru.size]).toEqual([undefined, 1]);
  lru.clear();
  expect(lru.size).toBe(0);
});
