// How long to wait before the next attempt: doubling, capped, with jitter so that a crowd does not return at once.

export interface BackoffPolicy {
  firstMs: number;
  maxMs: number;
}

/** `attempt` counts from 1. Half of the wait is fixed, half is chance. */
export function backoffMs(
  attempt: number,
  { firstMs, maxMs }: BackoffPolicy,
  random: () => number = Math.random,
): number {
  const full = Math.min(maxMs, firstMs * 2 ** Math.min(attempt - 1, 40));
  return Math.round(full / 2 + (full / 2) * random());
}
