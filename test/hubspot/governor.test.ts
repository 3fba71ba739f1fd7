// The budget of a portal: exact in every window, urgent work first, honest after restarts and other people's calls.
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { lanes, makeGovernor, type Governor, type GovernorOptions, type Lane } from '../../server/hubspot/governor.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const windowMs = 10_000;

interface Call {
  lane: Lane;
  askedAt: number;
  startedAt: number;
  endedAt: number;
}

/** Asks now, holds the slot for `durationMs` once it has it. */
async function run(governor: Governor, lane: Lane, durationMs: number, done: Call[]): Promise<void> {
  const askedAt = performance.now();
  const slot = await governor.take({ lane });
  const startedAt = performance.now();
  await new Promise<void>((over) => void setTimeout(over, durationMs));
  slot.done();
  done.push({ lane, askedAt, startedAt, endedAt: performance.now() });
}

/** The most calls that HubSpot can have counted in one window, when each arrived at the given moment of its flight. */
function mostInWindow(calls: readonly Call[], arrival: (call: Call) => number): number {
  const moments = calls.map(arrival).sort((a, b) => a - b);
  let first = 0;
  return Math.max(
    0,
    ...moments.map((moment, last) => {
      while ((moments[first] ?? 0) <= moment - windowMs) first += 1;
      return last - first + 1;
    }),
  );
}

async function takeOnce(
  governor: Governor,
  request: { lane: Lane; search?: boolean },
  taken: () => unknown,
): Promise<void> {
  const slot = await governor.take(request);
  taken();
  slot.done();
}

const headersOf = (headers: Record<string, string>) => new Headers(headers);

describe('the window', () => {
  const loadArbitrary = fc.array(
    fc.record({
      pauseBeforeMs: fc.integer({ min: 0, max: 3_000 }),
      burst: fc.integer({ min: 1, max: 15 }),
      lane: fc.constantFrom(...lanes),
      durationMs: fc.integer({ min: 0, max: 4_000 }),
      hold: fc.option(fc.integer({ min: 100, max: 20_000 }), { nil: undefined, freq: 6 }),
      seenMax: fc.option(fc.integer({ min: 8, max: 20 }), { nil: undefined, freq: 6 }),
    }),
    { minLength: 1, maxLength: 25 },
  );

  test('over any load, flight time and pause, no ten seconds hold more calls than the limit, and every call gets its turn', async () => {
    await fc.assert(
      fc.asyncProperty(loadArbitrary, async (steps) => {
        const governor = makeGovernor({ limit: 20, reserve: 0 });
        const done: Call[] = [];
        const work: Promise<void>[] = [];
        for (const { pauseBeforeMs, burst, lane, durationMs, hold } of steps) {
          await vi.advanceTimersByTimeAsync(pauseBeforeMs);
          if (hold !== undefined) governor.pauseFor(hold);
          for (let count = 0; count < burst; count += 1) work.push(run(governor, lane, durationMs, done));
        }
        await vi.advanceTimersByTimeAsync(3_600_000);
        await Promise.all(work);

        expect(done).toHaveLength(steps.reduce((sum, { burst }) => sum + burst, 0));
        for (const share of [0, 0.5, 1]) {
          const most = mostInWindow(done, ({ startedAt, endedAt }) => startedAt + (endedAt - startedAt) * share);
          expect(most).toBeLessThanOrEqual(20);
        }
        governor.close();
      }),
      { numRuns: 60 },
    );
  });

  test('nothing starts while paused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 29_000 }), fc.integer({ min: 1, max: 10 }), async (pauseMs, count) => {
        const governor = makeGovernor({ limit: 20, reserve: 0 });
        const done: Call[] = [];
        const from = performance.now();
        governor.pauseFor(pauseMs);
        const work = Array.from({ length: count }, () => run(governor, 'live', 0, done));
        await vi.advanceTimersByTimeAsync(60_000);
        await Promise.all(work);
        expect(Math.min(...done.map(({ startedAt }) => startedAt))).toBeGreaterThanOrEqual(from + pauseMs);
        governor.close();
      }),
      { numRuns: 30 },
    );
  });

  test('110 less the reserve of 10 leave at once, the rest as the window allows', async () => {
    const governor = makeGovernor();
    const done: Call[] = [];
    for (let count = 0; count < 250; count += 1) void run(governor, 'live', 50, done);
    await vi.advanceTimersByTimeAsync(60);
    expect(done).toHaveLength(100);
    expect(governor.left).toBe(0);
    expect(governor.waiting).toBe(150);
    await vi.advanceTimersByTimeAsync(2 * windowMs + 200);
    expect(done).toHaveLength(250);
    governor.close();
  });
});

describe('lanes', () => {
  test('whatever the arrival, a call never starts before a more urgent one that was waiting, and lanes are first come, first served', async () => {
    const arrivals = fc.array(fc.constantFrom(...lanes), { minLength: 2, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(arrivals, async (asked) => {
        const governor = makeGovernor({ limit: 1, reserve: 0, windowMs: 100 });
        const blocker = await governor.take({ lane: 'backfill' });
        const order: number[] = [];
        const work = asked.map(async (lane, index) => {
          const slot = await governor.take({ lane });
          order.push(index);
          slot.done();
        });
        blocker.done();
        await vi.advanceTimersByTimeAsync(100 * (asked.length + 2));
        await Promise.all(work);
        const expected = asked
          .map((lane, index) => ({ index, rank: lanes.indexOf(lane) }))
          .sort((a, b) => a.rank - b.rank || a.index - b.index)
          .map(({ index }) => index);
        expect(order).toEqual(expected);
        governor.close();
      }),
      { numRuns: 50 },
    );
  });

  test('search spends five a second of its own and none of the portal’s budget', async () => {
    const governor = makeGovernor({ limit: 20, reserve: 0 });
    let taken = 0;
    for (let count = 0; count < 12; count += 1) {
      void takeOnce(governor, { lane: 'live', search: true }, () => (taken += 1));
    }
    await vi.advanceTimersByTimeAsync(10);
    expect(taken).toBe(5);
    expect(governor.spent).toBe(0);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(taken).toBe(10);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(taken).toBe(12);
    governor.close();
  });
});

describe('giving up', () => {
  test('a caller who stops waiting leaves no trace, and the next one moves up', async () => {
    const governor = makeGovernor({ limit: 1, reserve: 0 });
    const first = await governor.take({ lane: 'live' });
    const stop = new AbortController();
    const impatient = governor.take({ lane: 'live', signal: stop.signal });
    const patient = governor.take({ lane: 'live' });
    stop.abort();
    await expect(impatient).rejects.toMatchObject({ code: 'hubspot_unreachable' });
    expect(governor.waiting).toBe(1);
    first.done();
    await vi.advanceTimersByTimeAsync(windowMs);
    (await patient).done();
    await expect(governor.take({ lane: 'live', signal: stop.signal })).rejects.toMatchObject({
      code: 'hubspot_unreachable',
    });
    governor.close();
  });

  test('a pause of an hour is an error at once, for those who wait and those who come', async () => {
    const governor = makeGovernor({ limit: 1, reserve: 0 });
    const slot = await governor.take({ lane: 'live' });
    const waiting = governor.take({ lane: 'live' });
    governor.pauseFor(3_600_000);
    await expect(waiting).rejects.toMatchObject({ code: 'hubspot_rate_limited', retryAfterMs: 3_600_000 });
    await vi.advanceTimersByTimeAsync(600_000);
    await expect(governor.take({ lane: 'card' })).rejects.toMatchObject({ retryAfterMs: 3_000_000 });
    slot.done();
    governor.close();
  });

  test('closing refuses everybody and leaves no timer', async () => {
    const governor = makeGovernor({ limit: 1, reserve: 0 });
    (await governor.take({ lane: 'live' })).done();
    const waiting = governor.take({ lane: 'live' });
    governor.close();
    await expect(waiting).rejects.toMatchObject({ code: 'hubspot_unreachable' });
    await expect(governor.take({ lane: 'live' })).rejects.toMatchObject({ code: 'hubspot_unreachable' });
    expect(vi.getTimerCount()).toBe(0);
  });

  test('giving a slot back twice counts once', async () => {
    const governor = makeGovernor();
    const slot = await governor.take({ lane: 'live' });
    slot.done();
    slot.done();
    expect(governor.spent).toBe(1);
    governor.close();
  });
});

describe('HubSpot’s headers', () => {
  async function afterCalls(count: number, options: GovernorOptions = {}): Promise<Governor> {
    const governor = makeGovernor({ limit: 110, reserve: 10, ...options });
    for (let call = 0; call < count; call += 1) (await governor.take({ lane: 'live' })).done();
    return governor;
  }
  const observed = (max: number, remaining: number, interval = 10_000) =>
    headersOf({
      'X-HubSpot-RateLimit-Max': String(max),
      'X-HubSpot-RateLimit-Remaining': String(remaining),
      'X-HubSpot-RateLimit-Interval-Milliseconds': String(interval),
    });

  test('calls of others lower what is left, for one window', async () => {
    const governor = await afterCalls(5);
    governor.observe(observed(110, 65));
    expect(governor.spent).toBe(45);
    expect(governor.left).toBe(55);
    governor.observe(observed(110, 65));
    expect(governor.spent).toBe(45);
    await vi.advanceTimersByTimeAsync(windowMs + 1);
    expect(governor.left).toBe(100);
    governor.close();
  });

  test('a remaining number above our own bookkeeping is not believed', async () => {
    const governor = await afterCalls(40);
    governor.observe(observed(110, 110));
    expect(governor.left).toBe(60);
    governor.close();
  });

  test('a smaller or larger maximum moves the limit, the reserve stays', async () => {
    const governor = await afterCalls(1);
    governor.observe(observed(190, 189));
    expect(governor.limit).toBe(180);
    governor.observe(observed(100, 99));
    expect(governor.limit).toBe(90);
    governor.observe(observed(5, 4));
    expect(governor.limit).toBe(1);
    governor.close();
  });

  test('missing, broken or foreign headers change nothing', async () => {
    const governor = await afterCalls(1);
    governor.observe(headersOf({}));
    governor.observe(headersOf({ 'X-HubSpot-RateLimit-Max': 'many', 'X-HubSpot-RateLimit-Remaining': '-3' }));
    governor.observe(observed(10, 0, 1_000));
    expect(governor.limit).toBe(100);
    expect(governor.left).toBe(99);
    governor.close();
  });
});

describe('handing the portal on', () => {
  test('the next process counts the calls of the one before, by their age', async () => {
    const before = makeGovernor();
    for (let call = 0; call < 100; call += 1) (await before.take({ lane: 'live' })).done();
    before.pauseFor(8_000);
    await vi.advanceTimersByTimeAsync(1_000);
    const snapshot = before.snapshot();
    before.close();
    expect(snapshot.agesMs).toHaveLength(100);

    const after = makeGovernor();
    after.restore(snapshot, 2_000);
    expect(after.left).toBe(0);
    let started = false;
    void takeOnce(after, { lane: 'live' }, () => (started = true));
    await vi.advanceTimersByTimeAsync(6_900);
    expect(started).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    expect(started).toBe(true);
    after.close();
  });

  test('a snapshot older than the window says nothing', async () => {
    const before = makeGovernor();
    (await before.take({ lane: 'live' })).done();
    const snapshot = before.snapshot();
    before.close();
    const after = makeGovernor();
    after.restore(snapshot, 60_000);
    expect(after.left).toBe(100);
    after.close();
  });

  test('calls still on their way are in the snapshot as new', async () => {
    const governor = makeGovernor();
    await governor.take({ lane: 'live' });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(governor.snapshot().agesMs).toEqual([0]);
    governor.close();
  });
});

test('a day that is nearly used up stops everything but what is reserved of it, and is asked about again after a quarter of an hour', async () => {
  const daily = (left: number) =>
    new Headers({ 'X-HubSpot-RateLimit-Daily': '1000', 'X-HubSpot-RateLimit-Daily-Remaining': String(left) });
  const governor = makeGovernor({ dayReserve: 0.1 });
  expect(governor.dayLeft).toBeNull();
  governor.observe(daily(101));
  await takeOnce(governor, { lane: 'live' }, () => undefined);
  governor.observe(daily(100));
  expect(governor.dayLeft).toBe(100);
  const next = makeGovernor({ dayReserve: 0.1 });
  next.restore(governor.snapshot(), 60_000);
  for (const [one, waitMs] of [
    [governor, 900_000],
    [next, 840_000],
  ] as const)
    await expect(one.take({ lane: 'live' })).rejects.toMatchObject({
      code: 'hubspot_rate_limited',
      retryAfterMs: waitMs,
    });
  expect(next.snapshot().day, 'to be shown').toEqual({ max: 1_000, left: 100 });
  expect(next.dayLeft, 'and not taken for today').toBeNull();
  vi.advanceTimersByTime(900_000);
  await takeOnce(next, { lane: 'backfill' }, () => undefined);
});
