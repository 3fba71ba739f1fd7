// Counts the calls of each portal in memory and writes them down every few seconds. A write whose answer is lost is not repeated:
// the number may then be short by some seconds, but never too high.
import type { CallsOfDay } from '../../store/portal-calls.ts';
import type { Context } from '../context.ts';

const dayMs = 24 * 3600_000;

export interface CallTally {
  note(portalId: number, at: number): void;
  /** What was noted since the last time. */
  take(): CallsOfDay[];
}

export function makeCallTally(): CallTally {
  let counts = new Map<string, CallsOfDay>();
  return {
    note(portalId, at) {
      const day = at - (at % dayMs);
      const key = `${portalId}:${day}`;
      const known = counts.get(key);
      if (known) known.calls += 1;
      else counts.set(key, { portalId, day, calls: 1 });
    },
    take() {
      const taken = [...counts.values()];
      counts = new Map();
      return taken;
    },
  };
}

export async function flushCalls({ store, callTally }: Pick<Context, 'store' | 'callTally'>): Promise<void> {
  await store.portalCalls.add(callTally.take());
}
