// The days a card looks at: each once, whole, and none beyond now.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, daysIn, nowAndBefore, periodOf, trendOf } from '../../../server/domain/card/period.ts';

const dayMs = 24 * 3_600_000;
const anyPeriod = fc
  .tuple(fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2030, 0, 1) }), fc.constantFrom(7, 30, 90))
  .map(([now, days]) => periodOf(now, days));

describe('the days of a period', () => {
  it('lie one beside the other from the first moment to now, and no moment is in two of them', () => {
    fc.assert(
      fc.property(anyPeriod, (period) => {
        const days = daysIn(period).toReversed();
        expect(days[0]?.from).toBe(period.beforeFrom);
        expect(days.at(-1)?.to).toBe(period.to);
        for (const [at, { day, from, to }] of days.entries()) {
          expect(dayOf(from)).toBe(day);
          expect(dayOf(to)).toBe(day);
          expect(days[at + 1]?.from ?? to + 1).toBe(to + 1);
        }
        expect(days).toHaveLength(2 * period.days);
      }),
    );
  });

  it('show each day in the trend, and count as now or as before', () => {
    const period = periodOf(Date.UTC(2026, 2, 15, 12), 7);
    const byDay = new Map(daysIn(period).map(({ day }) => [day, 1]));
    expect(trendOf(period, byDay).map(({ clicks }) => clicks)).toEqual([1, 1, 1, 1, 1, 1, 1]);
    expect(nowAndBefore(period, byDay)).toEqual({ now: 7, before: 7 });
    expect(period.to - period.from).toBe(6.5 * dayMs);
  });
});
