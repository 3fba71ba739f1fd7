// The circuit breaker of a portal: after several batches in a row that HubSpot did not serve, the portal rests; then one delivery
// goes ahead and tells whether the rest may follow. While it is not closed, or an answer took long, the portal is a suspect: it has its
// place with a worker among other suspects only. Pure.
import { backoffMs } from '../lib/backoff.ts';

export interface Breaker {
  /** Batches in a row that failed; 0: it was served, and slowly. */
  failures: number;
  /** Nothing is tried before; null while it is closed. */
  openUntil: Date | null;
}

export type BatchResult = 'served' | 'failed' | 'nothing_tried';

/** An answer that takes longer makes a suspect. HubSpot's largest batches take about a second. */
export const slowAnswerMs = 2_000;

const opensAfter = 5;
const restPolicy = { firstMs: 15_000, maxMs: 300_000 };

/** HubSpot is down for this portal: nobody knows more than that. */
const outageReasons = new Set<string | null>([
  'hubspot_unavailable',
  'hubspot_unreachable',
  'hubspot_outcome_unknown',
  'hubspot_malformed_reply',
]);
const untried = new Set(['held', 'waiting_contact', 'blocked_auth']);

export function resultOf(settlements: readonly { state: string; reason: string | null }[]): BatchResult {
  const tried = settlements.filter(({ state }) => !untried.has(state));
  if (tried.some(({ state, reason }) => state === 'delivered' || (state === 'dead' && !outageReasons.has(reason))))
    return 'served';
  return tried.some(({ reason }) => outageReasons.has(reason)) ? 'failed' : 'nothing_tried';
}

/** Null: closed, nothing to remember. The same object: nothing changed. */
export function afterBatch(
  breaker: Breaker | null,
  { result, longestAnswerMs }: { result: BatchResult; longestAnswerMs: number },
  { now, random }: { now: number; random: () => number },
): Breaker | null {
  if (result === 'nothing_tried' && breaker) return breaker;
  if (result !== 'failed') {
    if (longestAnswerMs < slowAnswerMs) return null;
    return isSlowOnly(breaker) ? breaker : { failures: 0, openUntil: null };
  }
  const failures = (breaker?.failures ?? 0) + 1;
  if (failures < opensAfter) return { failures, openUntil: null };
  return { failures, openUntil: new Date(now + backoffMs(failures - opensAfter + 1, restPolicy, random)) };
}

function isSlowOnly(breaker: Breaker | null): boolean {
  return breaker?.failures === 0 && breaker.openUntil === null;
}

export function isResting(breaker: Breaker | null | undefined, now: number): boolean {
  return breaker?.openUntil != null && breaker.openUntil.getTime() > now;
}

/** Open, and its rest is over: one delivery is tried. */
export function isHalfOpen(breaker: Breaker | null | undefined, now: number): boolean {
  return breaker?.openUntil != null && breaker.openUntil.getTime() <= now;
}
