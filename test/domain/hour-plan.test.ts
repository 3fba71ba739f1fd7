// Which hours are counted again, and what rows of a count add up to.
import { expect, it } from 'vitest';
import { addCounts, countRows, dueSpans, hourMs, noCounts } from '../../server/domain/hour-plan.ts';

const now = Date.parse('2026-11-25T16:30:00Z');
const hourAgo = (count: number) => now - (now % hourMs) - count * hourMs;
const known = (hours: Record<number, { waiting?: number; agoMs: number }>) =>
  new Map(
    Object.entries(hours).map(([ago, { waiting = 0, agoMs }]) => [
      hourAgo(Number(ago)),
      { hour: hourAgo(Number(ago)), waiting, countedAt: now - agoMs },
    ]),
  );

it('counts all hours in one span when none is known', () => {
  expect(dueSpans(new Map(), { from: hourAgo(5), now })).toEqual([{ from: hourAgo(5), to: hourAgo(-1) }]);
});

it('counts the present hour again after seconds, an old one that is settled not', () => {
  const spans = dueSpans(known({ 0: { agoMs: 6_000 }, 1: { agoMs: 6_000 }, 2: { agoMs: 120_000 } }), {
    from: hourAgo(2),
    now,
  });
  expect(spans).toEqual([{ from: hourAgo(0), to: hourAgo(-1) }]);
});

it('counts an hour in which something waits more often', () => {
  const waiting = known({ 0: { agoMs: 0 }, 1: { agoMs: 0 }, 2: { agoMs: 61_000, waiting: 3 } });
  expect(dueSpans(waiting, { from: hourAgo(2), now })).toEqual([{ from: hourAgo(2), to: hourAgo(1) }]);
});

it('counts an event to two portals once, and both of its deliveries', () => {
  const row = { hour: 0, kind: 'click', verdict: 'human', audience: 2 } as const;
  const counts = countRows([
    { ...row, state: 'delivered', deliveries: 5 },
    { ...row, state: 'dead', deliveries: 5 },
    { ...row, kind: 'conversion', verdict: undefined, state: 'queued', audience: 1, deliveries: 2 },
  ]);
  expect(counts).toEqual({ ...noCounts, clicks: 5, human: 5, conversions: 2, delivered: 5, failed: 5, waiting: 2 });
  expect(addCounts(counts, counts).clicks).toBe(10);
});
