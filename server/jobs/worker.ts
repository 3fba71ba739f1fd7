// Takes portals that have work, one lease each, a few at a time. Any number of workers may run on one store.
import type { Context } from '../flows/context.ts';
import { leaseTtlMs, workPortal } from './portal-work.ts';

export interface Worker {
  /** Looks for work now instead of at the next tick. */
  nudge: () => void;
  /** Takes nothing new, finishes the batches under way and gives the leases back. */
  stop: () => Promise<void>;
}

export interface WorkerOptions {
  /** Portals worked at the same time by this process, without those that take long. */
  portalsAtOnce?: number;
  /** Those that take long included. */
  mostAtOnce?: number;
  idleMs?: number;
}

/** A portal that is worked longer than this (slow, or a long queue) mostly waits: it no longer takes the place of another. */
const longAfterMs = 1_000;

export function startWorker(
  context: Context,
  { portalsAtOnce = 8, mostAtOnce = portalsAtOnce * 8, idleMs = 250 }: WorkerOptions = {},
): Worker {
  const { store, now, log } = context;
  const owner = context.newId('request');
  const ending = new AbortController();
  const underWay = new Map<Promise<void>, number>();
  let looking: Promise<void> | null = null;
  let again = false;

  function isFull(): boolean {
    const longSince = performance.now() - longAfterMs;
    const quick = [...underWay.values()].filter((beganAt) => beganAt > longSince);
    return quick.length >= portalsAtOnce || underWay.size >= mostAtOnce;
  }

  async function look(): Promise<void> {
    do {
      again = false;
      while (!ending.signal.aborted && !isFull()) {
        const portal = await store.portals.claim({ owner, ttlMs: leaseTtlMs, now: now() });
        if (!portal) break;
        const work = workPortal(context, portal, { signal: ending.signal, isCrowded: isFull })
          .catch((error: unknown) =>
            log.error({ portalId: portal._id, err: error }, 'a portal could not be given back'),
          )
          .finally(() => {
            underWay.delete(work);
            nudge();
          });
        underWay.set(work, performance.now());
      }
    } while (again);
  }

  function nudge(): void {
    if (ending.signal.aborted) return;
    if (looking) {
      again = true;
      return;
    }
    looking = look()
      .catch((error: unknown) => log.warn({ err: error }, 'no work could be taken from the store'))
      .finally(() => {
        looking = null;
      });
  }

  const timer = setInterval(nudge, idleMs);
  nudge();
  return {
    nudge,
    async stop() {
      clearInterval(timer);
      ending.abort();
      await looking;
      await Promise.all(underWay.keys());
    },
  };
}
