// Which times are believed, and when a counter is counted again.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventTimeProblem } from '../../server/domain/event-time.ts';
import { recentSince, recountAt } from '../../server/domain/recount.ts';
import { day, noon } from './samples.ts';

const minute = 60_000;

describe('the time of an event', () => {
  it.each<[string, number, RegExp]>([
    ['now', noon, /^believed$/],
    ['five minutes ahead', noon + 5 * minute, /^believed$/],
    ['more than five minutes ahead', noon + 5 * minute + 1, /future/],
    ['almost 30 days old', noon - 30 * day + 1, /^believed$/],
    ['30 days old', noon - 30 * day, /30 days old/],
    ['from 1970', 0, /30 days old/],
  ])('%s', (_when, at, problem) => {
    expect(eventTimeProblem({ at, now: noon, maxAgeDays: 30 }) ?? 'believed').toMatch(problem);
  });
});

describe('a recount', () => {
  const anyMoment = fc.integer({ min: 0, max: 4_000_000_000_000 });
  const anyWindow = fc.integer({ min: 1, max: 365 });

  it('is due at a midnight within a day after the click has left the window, never before', () => {
    fc.assert(
      fc.property(anyMoment, anyWindow, (clickedAt, days) => {
        const at = recountAt(clickedAt, days);
        expect(at % day).toBe(0);
        expect(recentSince(at, days)).toBeGreaterThan(clickedAt);
        expect(recentSince(at, days) - clickedAt).toBeLessThanOrEqual(day);
      }),
    );
  });
});
