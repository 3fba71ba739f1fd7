// The circuit breaker: when it opens, how long it rests, and what closes it.
import { describe, expect, it } from 'vitest';
import {
  afterBatch,
  isHalfOpen,
  isResting,
  resultOf,
  slowAnswerMs,
  type BatchResult,
  type Breaker,
} from '../../server/domain/breaker.ts';

const now = Date.UTC(2026, 10, 20);
const at = { now, random: () => 0.5 };
const run = (results: BatchResult[], from: Breaker | null = null) =>
  results.reduce<Breaker | null>((breaker, result) => afterBatch(breaker, { result, longestAnswerMs: 100 }, at), from);
const slowly = (result: BatchResult, from: Breaker | null = null) =>
  afterBatch(from, { result, longestAnswerMs: slowAnswerMs }, at);
const failures = (count: number) => Array.from({ length: count }, () => 'failed' as const);

describe('the circuit breaker', () => {
  it('opens with the fifth failed batch in a row, not before', () => {
    expect(run(failures(4))).toEqual({ failures: 4, openUntil: null });
    expect(run(failures(5))?.openUntil?.getTime()).toBeGreaterThan(now);
    expect(run([...failures(4), 'served', ...failures(4)])).toEqual({ failures: 4, openUntil: null });
  });

  it('counts on over batches in which nothing was tried', () => {
    expect(run([...failures(4), 'nothing_tried', 'failed'])?.openUntil).not.toBeNull();
  });

  it('rests longer after each failed probe, five minutes at most, and closes with the first that is served', () => {
    const restOf = (count: number) => (run(failures(count))?.openUntil?.getTime() ?? 0) - now;
    expect([5, 6, 7, 30].map(restOf)).toEqual([11_250, 22_500, 45_000, 225_000]);
    expect(run(['served'], run(failures(9)))).toBeNull();
  });

  it('that was served slowly stays a suspect until a batch is served in time', () => {
    const suspect = slowly('served');
    expect(suspect).toEqual({ failures: 0, openUntil: null });
    expect(slowly('nothing_tried')).toEqual(suspect);
    expect(slowly('served', suspect), 'nothing changed, nothing is written').toBe(suspect);
    expect(run(['nothing_tried'], suspect)).toBe(suspect);
    expect(run(['served'], suspect)).toBeNull();
    expect(run(['failed'], suspect)).toEqual({ failures: 1, openUntil: null });
    expect(slowly('served', run(failures(6))), 'and an open one closes').toEqual(suspect);
    expect([isResting(suspect, now), isHalfOpen(suspect, now)]).toEqual([false, false]);
  });

  it('is resting until its time, then half open', () => {
    const breaker = { failures: 5, openUntil: new Date(now + 1_000) };
    expect([isResting(breaker, now), isHalfOpen(breaker, now)]).toEqual([true, false]);
    expect([isResting(breaker, now + 1_000), isHalfOpen(breaker, now + 1_000)]).toEqual([false, true]);
    expect([isResting(undefined, now), isHalfOpen({ failures: 2, openUntil: null }, now)]).toEqual([false, false]);
  });

  it.each([
    [
      'one that arrived among failures',
      [
        ['delivered', null],
        ['retrying', 'hubspot_unavailable'],
      ],
      'served',
    ],
    ['a refused value', [['dead', 'hubspot_validation']], 'served'],
    [
      'server errors only',
      [
        ['retrying', 'hubspot_unavailable'],
        ['retrying', 'hubspot_outcome_unknown'],
      ],
      'failed',
    ],
    ['no connection', [['retrying', 'hubspot_unreachable']], 'failed'],
    ['an event that gave up in an outage', [['dead', 'hubspot_unavailable']], 'failed'],
    ['no quota', [['held', 'hubspot_rate_limited']], 'nothing_tried'],
    [
      'nobody to write to',
      [
        ['skipped', 'no_identity'],
        ['waiting_contact', 'waiting_for_contact'],
      ],
      'nothing_tried',
    ],
  ] as const)('%s', (_what, settlements, result) => {
    expect(resultOf(settlements.map(([state, reason]) => ({ state, reason })))).toBe(result);
  });
});
