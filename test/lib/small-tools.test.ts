// The small tools that everything stands on: waits, bounded work, ids, lists in pieces, clocks.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs } from '../../server/lib/backoff.ts';
import { chunk, groupBy } from '../../server/lib/chunk.ts';
import { makeMovableClock } from '../../server/lib/clock.ts';
import { eachLimit } from '../../server/lib/each-limit.ts';
import { digestOf, idPrefixes, makeNewId, randomCharacters } from '../../server/lib/ids.ts';

const anyRandom = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('backoff', () => {
  it('lies between half and all of the doubled wait, and never beyond the longest', () => {
    const anyAttempt = fc.integer({ min: 1, max: 5_000 });
    fc.assert(
      fc.property(anyAttempt, fc.integer({ min: 1, max: 10_000 }), anyRandom, (attempt, firstMs, random) => {
        const maxMs = 3600_000;
        const full = Math.min(maxMs, firstMs * 2 ** (attempt - 1));
        const wait = backoffMs(attempt, { firstMs, maxMs }, () => random);
        expect(wait).toBeGreaterThanOrEqual(Math.floor(full / 2));
        expect(wait).toBeLessThanOrEqual(Math.ceil(full));
      }),
    );
  });

  it('a crowd does not come back at once', () => {
    const waits = new Set(Array.from({ length: 50 }, () => backoffMs(5, { firstMs: 1_000, maxMs: 60_000 })));
    expect(waits.size).toBeGreaterThan(25);
  });
});

describe('work with a limit', () => {
  it('does everything once, in order of beginning, and never more at once than allowed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(30), fc.integer({ min: 1, max: 8 }), async (count, limit) => {
        const items = Array.from({ length: count }, (_, at) => at);
        const begun: number[] = [];
        let [now, most] = [0, 0];
        await eachLimit(items, limit, async (item) => {
          begun.push(item);
          most = Math.max(most, ++now);
          for (let turn = 0; turn <= item % 3; turn++) await new Promise(setImmediate);
          now--;
        });
        expect(begun).toEqual(items);
        expect(most).toBe(Math.min(limit, count));
      }),
      { numRuns: 40 },
    );
  });

  it('the first failure is thrown and stops what has not begun', async () => {
    const begun: number[] = [];
    const work = eachLimit([0, 1, 2, 3, 4, 5], 2, async (item) => {
      begun.push(item);
      await new Promise(setImmediate);
      if (item === 1) throw new Error('no further');
    });
    await expect(work).rejects.toThrow('no further');
    for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
    expect(begun).toEqual([0, 1, 2]);
  });
});

describe('ids', () => {
  it('say what they name, sort by time of creation, and hold only plain characters', () => {
    const anyTime = fc.integer({ min: 0, max: 32 ** 9 - 1 });
    fc.assert(
      fc.property(anyTime, anyTime, (one, other) => {
        const [first, second] = [Math.min(one, other), Math.max(one, other)].map((at) => makeNewId(() => at)('click'));
        expect(first).toMatch(/^clk_[0-9a-hjkmnp-tv-z]{22}$/);
        expect(one === other || (first ?? '') < (second ?? '')).toBe(true);
      }),
    );
  });

  it('no two are alike, even in one millisecond', () => {
    const newId = makeNewId(() => 1);
    expect(new Set(Array.from({ length: 20_000 }, () => newId('click'))).size).toBe(20_000);
    expect(new Set(Object.values(idPrefixes)).size).toBe(Object.keys(idPrefixes).length);
  });

  it('every character of the alphabet is about as likely', () => {
    const counts = groupBy(randomCharacters(64_000), (character) => character);
    expect(counts.size).toBe(32);
    for (const [character, { length }] of counts) expect(Math.abs(length - 2_000), `"${character}"`).toBeLessThan(400);
  });

  it('the parts of a digest cannot run into one another', () => {
    const anyParts = fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 4 });
    fc.assert(
      fc.property(anyParts, anyParts, (one, other) => {
        const alike = JSON.stringify(one) === JSON.stringify(other);
        expect(digestOf(...one) === digestOf(...other)).toBe(alike);
      }),
    );
    expect(digestOf('ab', 'c')).not.toBe(digestOf('a', 'bc'));
    expect(digestOf('a', '')).not.toBe(digestOf('a'));
  });
});

describe('lists in pieces', () => {
  it('hold everything in order, and no piece is larger than asked or empty', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 9 }), (items, size) => {
        const pieces = chunk(items, size);
        expect(pieces.flat()).toEqual(items);
        expect(pieces.every(({ length }) => length > 0 && length <= size)).toBe(true);
      }),
    );
  });

  it('a group holds the items of its key in order of arrival', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), (items) => {
        const groups = groupBy(items, (item) => item % 3);
        for (const [key, group] of groups) expect(group).toEqual(items.filter((item) => item % 3 === key));
        expect([...groups.values()].flat()).toHaveLength(items.length);
      }),
    );
  });
});

it('a movable clock runs on and can be moved', () => {
  const clock = makeMovableClock(1_000_000);
  expect(clock.now() - 1_000_000).toBeLessThan(1_000);
  clock.advance(3600_000);
  expect(clock.now() - 4_600_000).toBeLessThan(1_000);
  expect(clock.now()).toBeGreaterThanOrEqual(4_600_000);
});
