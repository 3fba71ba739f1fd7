// Kills processes at random moments. Each is started again at once.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Child } from '../processes/child.ts';
import { waitFor } from '../world/wait-for.ts';
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

/** The store reads a log of some hundred megabytes before it answers, and everybody else starts after it. */
const patienceMs = 300_000;

export async function killAtRandom({ kills, everyMs, staff, store, storeShare, random, onKill }: KillOptions) {
  for (let done = 0; done < kills; done += 1) {
    await sleep(everyMs * 2 * random.next());
    const victim = random.next() < storeShare ? store : random.pick(staff);
    // What is just being started has nothing to lose yet; and killing only who is up would leave nobody on a slow machine.
    await waitFor(`${victim.name} to be up again`, () => Promise.resolve(victim.isReady), {
      everyMs: 10,
      withinMs: patienceMs,
    });
    await victim.killAndRestart();
    onKill(victim.name);
  }
}
