// The clicks of a chaos run are the same for the same seed, as many as asked for, and never two under one id.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planClicks } from '../../bench/chaos/plan-clicks.ts';
import { makeRandom } from '../../bench/chaos/random.ts';
import { makePeople } from '../../bench/world/seed.ts';

const household = {
  portalId: 1,
  workspaceId: 'ws_1',
  key: 'key',
  slug: 'slug',
  people: makePeople(5, (n) => ({ open: n % 2, closed: 0 })),
};
const plan = (clicks: number, seed: number) => planClicks([household], { clicks, random: makeRandom(seed) });

describe('the clicks of a chaos run', () => {
  it('are as many as asked for, each under an id of its own', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500 }), fc.integer(), (clicks, seed) => {
        const sendings = plan(clicks, seed);
        const ids = sendings.flatMap((sending) =>
          sending.kind === 'visit' ? [] : sending.clicks.map((c) => c.clickId),
        );
        const visits = sendings.filter(({ kind }) => kind === 'visit').length;
        expect(ids.length + visits).toBe(clicks);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  it('are the same for the same seed', () => {
    expect(plan(200, 7)).toEqual(plan(200, 7));
    expect(plan(200, 7)).not.toEqual(plan(200, 8));
  });
});
