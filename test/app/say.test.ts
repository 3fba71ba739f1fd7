// Numbers, moments and charts in words.
import { describe, expect, it } from 'vitest';
import { plural, sayCount, sayExactly, sayMoments, sayShare, sayUntil, sayWhen } from '../../app/components/say.ts';
import { describeDays } from '../../app/pages/overview/chart-series.ts';

const now = Date.parse('2026-11-25T12:00:00Z');
const minute = 60_000;

describe('a moment', () => {
  it.each([
    [0, 'just now'],
    [-3 * minute, '3 minutes ago'],
    [-26 * 60 * minute, 'yesterday'],
    [-20 * 24 * 60 * minute, '5 Nov'],
    [-400 * 24 * 60 * minute, '21 Oct 2025'],
  ])('%i ms away is said as %s', (distance, words) => {
    expect(sayWhen(now + distance, now)).toBe(words);
  });
  it('that is over is never promised, whatever the clock of the server says', () => {
    expect(sayWhen(now + 24 * 60 * minute, now)).toBe('just now');
  });
  it('to come is said as such', () => {
    expect([sayUntil(now + 2 * 60 * minute, now), sayUntil(now + 26 * 60 * minute, now)]).toEqual([
      'in 2 hours',
      'tomorrow',
    ]);
  });
});

describe('a number', () => {
  it('is grouped, and shortened when it is large', () => {
    expect([sayCount(1_234), sayCount(1_234_567)]).toEqual(['1,234', '1.2M']);
  });
  it('is a share only when there is something to have a share of', () => {
    expect([sayShare(0.876), sayShare(null)]).toEqual(['88 %', '–']);
  });
  it('agrees with its noun', () => {
    expect([plural(1, 'link'), plural(2, 'link'), plural(0, 'delivery', 'deliveries')]).toEqual([
      '1 link',
      '2 links',
      '0 deliveries',
    ]);
  });
});

describe('a chart for those who do not see it', () => {
  const day = (date: string, human: number, machine: number) => ({
    day: date,
    clicks: human + machine,
    conversions: 0,
    human,
    machine,
    unsure: 0,
    human_share: null,
    delivered: human,
    waiting: 0,
    failed: 0,
    skipped: machine,
  });

  it('says how much, and when most', () => {
    const days = [day('2026-11-23', 4, 1), day('2026-11-24', 1, 0)];
    expect(describeDays(days, 'clicks')).toBe('6 clicks from 23 Nov to 24 Nov; most on 23 Nov: 5 clicks.');
  });
  it('says when there is nothing', () => {
    expect(describeDays([day('2026-11-23', 0, 0)], 'clicks')).toBe('Nothing in this span yet.');
  });
});

it('writes the times of a sentence as people here do, and leaves everything else', () => {
  const said = sayMoments(
    'It happened at 2026-11-25T19:19:39.613Z. Retry at 2026-11-25T19:20:00Z, build 2026-11-25T1.',
  );
  expect(said).toBe(
    `It happened at ${sayExactly('2026-11-25T19:19:39.613Z')}. Retry at ${sayExactly('2026-11-25T19:20:00Z')}, build 2026-11-25T1.`,
  );
  expect(sayMoments('Nothing to do.')).toBe('Nothing to do.');
});
