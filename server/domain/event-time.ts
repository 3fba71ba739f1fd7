// Which times of a click or conversion are believed. Pure.

const futureToleranceMs = 5 * 60_000;
const dayMs = 24 * 3600_000;

/** What is wrong with the time, in words, or null. Clocks of callers may be five minutes ahead of ours. */
export function eventTimeProblem({
  at,
  now,
  maxAgeDays,
}: {
  at: number;
  now: number;
  maxAgeDays: number;
}): string | null {
  if (at > now + futureToleranceMs) return 'The time lies in the future. Check the clock of the sender.';
  if (at <= now - maxAgeDays * dayMs) return `The event is ${maxAgeDays} days old or older and is no longer accepted.`;
  return null;
}
