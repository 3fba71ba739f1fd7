// A busy account's batches are spread over the window of its calls; nobody waits while little of it was used.
import { describe, expect, it } from 'vitest';
import { gatherMs } from '../../server/domain/gather-ms.ts';

const limit = 100;
const windowMs = 10_000;

describe('between two batches that were not full', () => {
  it.each([
    ['little was used', { spent: 19, limit, calls: 7, elapsedMs: 100 }, 0],
    ['more was used: its share of the time', { spent: 20, limit, calls: 7, elapsedMs: 100 }, 900],
    ['the batch itself took that long', { spent: 80, limit, calls: 7, elapsedMs: 1_200 }, 0],
    ['the batch asked nobody', { spent: 80, limit, calls: 0, elapsedMs: 5 }, 0],
  ])('%s', (_, batch, expected) => {
    expect(Math.round(gatherMs(batch))).toBe(expected);
  });

  it.each([1, 3, 6])(
    'a steady stream of batches of %i calls never uses up the window, and waits below a second',
    (calls) => {
      const elapsedMs = 30;
      const spentAt: number[] = [];
      for (let now = 0; now < 60_000;) {
        now += elapsedMs;
        for (let call = 0; call < calls; call += 1) spentAt.push(now);
        const spent = spentAt.filter((at) => at > now - windowMs).length;
        expect(spent).toBeLessThan(limit);
        const pause = gatherMs({ spent, limit, calls, elapsedMs });
        expect(pause).toBeLessThan(1_000);
        now += pause;
      }
    },
  );
});
