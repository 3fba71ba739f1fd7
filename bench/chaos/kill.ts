// Kills processes at random moments. Each is started again at once.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Child } from '../processes/child.ts';
import type { Random } from './random.ts';

export interface KillOptions {
  kills: number;
  everyMs: number;
  staff: readonly Child[];
  store: Child;
  storeShare: number;
  random: Random;
  onKill: (name: string) => void;
}

export async function killAtRandom({ kills, everyMs, staff, store, storeShare, random, onKill }: KillOptions) {
  for (let done = 0; done < kills; done += 1) {
    await sleep(everyMs * 2 * random.next());
    const victim = await pickVictim(random.next() < storeShare ? [store] : staff, random);
    await victim.killAndRestart();
    onKill(victim.name);
  }
}

/** One that does its work: what has just been started has nothing to lose yet. */
async function pickVictim(candidates: readonly Child[], random: Random): Promise<Child> {
  for (;;) {
    const ready = candidates.filter(({ isReady }) => isReady);
    if (ready.length > 0) return random.pick(ready);
    await sleep(20);
  }
}
