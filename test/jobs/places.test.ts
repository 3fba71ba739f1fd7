// The places of a worker: a table of who may come and who has to go.
import { describe, expect, it } from 'vitest';
import { isCrowded, leavers, roomIn, type Place } from '../../server/jobs/places.ts';

const limits = { portalsAtOnce: 3, mostAtOnce: 8 };
const now = 1_000_000;
const place = (ageMs: number, { waits = 0, isSuspect = false } = {}): Place => ({
  beganAt: now - ageMs,
  isSuspect,
  answers: { openForMs: () => waits },
  leave: new AbortController(),
});
const of = (count: number, ...rest: Parameters<typeof place>) => Array.from({ length: count }, () => place(...rest));

describe('the places of a worker', () => {
  it.each([
    ['nobody is there', [], 'any'],
    ['as many are at work as may be', of(3, 10), 'none'],
    ['those at work for long make room', of(3, 5_000), 'any'],
    ['those who wait for an answer make room', of(3, 700, { waits: 600 }), 'any'],
    ['suspects have their share', of(4, 5_000, { isSuspect: true }), 'answering'],
    ['whoever hangs now counts as one', of(4, 5_000, { waits: 2_000 }), 'answering'],
    [
      'a suspect that answers counts too',
      [...of(3, 5_000, { waits: 3_000 }), place(5_000, { isSuspect: true })],
      'answering',
    ],
    ['long queues are no suspects', of(7, 5_000), 'any'],
    ['all places are taken', of(8, 5_000), 'none'],
  ] as const)('%s', (_what, places, room) => {
    expect(roomIn(places, limits, now)).toBe(room);
  });

  it('at least one suspect may come, however few places there are', () => {
    expect(roomIn([], { portalsAtOnce: 1, mostAtOnce: 1 }, now)).toBe('any');
  });

  it('a suspect gives way to suspects, everybody gives way when all is taken', () => {
    const suspect = place(5_000, { isSuspect: true });
    const answering = place(5_000);
    const others = of(3, 5_000, { isSuspect: true });
    const crowded = (one: Place) => isCrowded([suspect, answering, ...others], one, limits, now);
    expect([crowded(suspect), crowded(answering)]).toEqual([true, false]);
    expect(isCrowded(of(8, 5_000), answering, limits, now)).toBe(true);
  });

  it('who hangs leaves when all is taken, longest first, no more at a time than can come; suspects are waited for', () => {
    const waits = [9_000, 2_000, 1_999, 12_000, 3_000];
    const places = [
      ...waits.map((ms) => place(20_000, { waits: ms })),
      ...of(3, 20_000, { isSuspect: true, waits: 14_000 }),
    ];
    expect(leavers(places.slice(1), limits), 'a place is free').toEqual([]);
    const leaving = leavers(places, limits);
    expect(leaving.map(({ answers }) => answers.openForMs())).toEqual([12_000, 9_000, 3_000]);
    for (const { leave } of leaving.slice(0, 2)) leave.abort();
    expect(leavers(places, limits).map(({ answers }) => answers.openForMs())).toEqual([3_000]);
  });

  it('places that suspects may not have can always be had from who hangs', () => {
    const suspects = of(4, 20_000, { isSuspect: true, waits: 14_000 });
    const unknown = of(4, 20_000, { waits: 2_500 });
    const wide = { portalsAtOnce: 8, mostAtOnce: 8 };
    expect(leavers([...suspects, ...unknown], wide)).toEqual(unknown);
  });
});
