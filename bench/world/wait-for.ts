// Waits until something is so, and says what was waited for when it does not come.
import { setTimeout as sleep } from 'node:timers/promises';

export async function waitFor(
  what: string,
  look: () => Promise<boolean>,
  { withinMs = 60_000, everyMs = 25 }: { withinMs?: number; everyMs?: number } = {},
): Promise<void> {
  const endAt = performance.now() + withinMs;
  while (!(await look())) {
    if (performance.now() > endAt) throw new Error(`Waited ${Math.round(withinMs / 1_000)} s in vain for ${what}.`);
    await sleep(everyMs);
  }
}
