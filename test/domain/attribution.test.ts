// The touch ledger: what each of its touches means, and that the order in which clicks arrive makes no difference.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  emptyLedger,
  foldTouches,
  type Milestones,
  type NewTouches,
  type Touch,
  type TouchLedger,
} from '../../server/domain/attribution.ts';
import type { Utm } from '../../server/domain/utm.ts';

const unknown: Milestones = { contactCreatedAt: null, dealCreatedAt: null };

function touch(at: number, utm: Utm = { source: `s${at}` }, clickId = `clk_${at}`): Touch {
  return { clickId, at, slug: 'q2-pricing', utm };
}

/** The moments at which the touches of a ledger happened. */
function moments({ first, lead, deal, last, lastClick, lastConversion }: TouchLedger) {
  return [first, lead, deal, last, lastClick, lastConversion].map((one) => one?.at ?? null);
}

const fold = (clicks: Touch[], milestones = unknown, conversions: Touch[] = []) =>
  foldTouches(emptyLedger, { clicks, conversions }, milestones);

describe('what the touches mean', () => {
  it.each<[string, Touch[], Milestones, (number | null)[]]>([
    ['no touch', [], unknown, [null, null, null, null, null, null]],
    ['one click is first and last', [touch(5)], unknown, [5, null, null, 5, 5, null]],
    ['first is the oldest, last the newest', [touch(5), touch(9), touch(2)], unknown, [2, null, null, 9, 9, null]],
    [
      'lead is the newest before the contact was created, deal the newest before its deal',
      [touch(1), touch(3), touch(5), touch(7)],
      { contactCreatedAt: 4, dealCreatedAt: 6 },
      [1, 3, 5, 7, 7, null],
    ],
    [
      'a click in the very moment of creation led to it',
      [touch(4), touch(6)],
      { contactCreatedAt: 4, dealCreatedAt: 6 },
      [4, 4, 6, 6, 6, null],
    ],
    [
      'a contact that was there before its first click has no lead touch',
      [touch(5)],
      { contactCreatedAt: 4, dealCreatedAt: 4 },
      [5, null, null, 5, 5, null],
    ],
    [
      'a click without UTM values is the newest click and no touch',
      [touch(5), touch(9, {})],
      { contactCreatedAt: 10, dealCreatedAt: 10 },
      [5, 5, 5, 5, 9, null],
    ],
    ['only clicks without UTM values', [touch(9, {})], unknown, [null, null, null, null, 9, null]],
  ])('%s', (_promise, clicks, milestones, expected) => {
    expect(moments(fold(clicks, milestones))).toEqual(expected);
  });

  it('a conversion with UTM values is a touch, and never the newest click', () => {
    expect(moments(fold([touch(5)], unknown, [touch(8)]))).toEqual([5, null, null, 8, 5, 8]);
  });

  it('a late click of long ago becomes the first touch and leaves the last alone', () => {
    const ledger = fold([touch(10)], { contactCreatedAt: 8, dealCreatedAt: null });
    const after = foldTouches(
      ledger,
      { clicks: [touch(2)], conversions: [] },
      { contactCreatedAt: 8, dealCreatedAt: null },
    );
    expect(moments(after)).toEqual([2, 2, null, 10, 10, null]);
  });

  it('a newer deal moves the deal touch forward and leaves first and lead', () => {
    const before = fold([touch(1), touch(5)], { contactCreatedAt: 2, dealCreatedAt: 3 });
    const after = foldTouches(
      before,
      { clicks: [touch(9)], conversions: [] },
      { contactCreatedAt: 2, dealCreatedAt: 7 },
    );
    expect(moments(after)).toEqual([1, 1, 5, 9, 9, null]);
  });
});

/** Two touches of the same moment and click are the same touch, as in life. */
const anyTouch = fc
  .record({ at: fc.integer({ min: 0, max: 20 }), name: fc.constantFrom('a', 'b'), withUtm: fc.boolean() })
  .map(({ at, name, withUtm }) =>
    touch(at, withUtm ? { source: `${name}${at}` } : {}, `clk_${name}${at}${withUtm ? 'u' : ''}`),
  );
const anyMilestones = fc.record({
  contactCreatedAt: fc.option(fc.integer({ min: 0, max: 20 })),
  dealCreatedAt: fc.option(fc.integer({ min: 0, max: 20 })),
});

interface Arrival {
  kind: keyof NewTouches;
  touch: Touch;
}
const anyArrivals = fc.array(fc.record<Arrival>({ kind: fc.constantFrom('clicks', 'conversions'), touch: anyTouch }), {
  maxLength: 25,
});

/** As batches would bring them: cut at random places, each folded into the ledger of the one before. */
function foldInBatches(arrivals: Arrival[], cuts: number[], milestones: Milestones): TouchLedger {
  const edges = [...new Set([0, ...cuts.map((cut) => cut % (arrivals.length + 1)), arrivals.length])].sort(
    (a, b) => a - b,
  );
  let ledger = emptyLedger;
  for (const [at, edge] of edges.entries()) {
    const batch = arrivals.slice(edge, edges[at + 1] ?? arrivals.length);
    const of = (kind: keyof NewTouches) => batch.filter((one) => one.kind === kind).map((one) => one.touch);
    ledger = foldTouches(ledger, { clicks: of('clicks'), conversions: of('conversions') }, milestones);
  }
  return ledger;
}

const anyShuffle = anyArrivals.chain((arrivals) =>
  fc.tuple(
    fc.constant(arrivals),
    fc.shuffledSubarray(arrivals, { minLength: arrivals.length, maxLength: arrivals.length }),
    fc.array(fc.nat(30), { maxLength: 4 }),
  ),
);

describe('folding', () => {
  it('gives the same ledger in any order and any batches', () => {
    fc.assert(
      fc.property(anyShuffle, anyMilestones, ([arrivals, shuffled, cuts], milestones) => {
        expect(foldInBatches(shuffled, cuts, milestones)).toEqual(foldInBatches(arrivals, [], milestones));
      }),
    );
  });

  it('the same touches a second time change nothing', () => {
    fc.assert(
      fc.property(anyArrivals, anyMilestones, (arrivals, milestones) => {
        const once = foldInBatches(arrivals, [], milestones);
        expect(foldInBatches([...arrivals, ...arrivals], [arrivals.length], milestones)).toEqual(once);
      }),
    );
  });

  it('first is never after lead, deal or last; last is never before them', () => {
    fc.assert(
      fc.property(anyArrivals, anyMilestones, (arrivals, milestones) => {
        const { first, lead, deal, last } = foldInBatches(arrivals, [], milestones);
        for (const one of [lead, deal]) {
          expect(one === null || (first?.at ?? Infinity) <= one.at).toBe(true);
          expect(one === null || one.at <= (last?.at ?? -Infinity)).toBe(true);
        }
      }),
    );
  });
});
