// Takes portals that have work, one lease each, a few at a time. Any number of workers may run on one store.
import { CodedError } from '../errors.ts';
import type { Context } from '../flows/context.ts';
import { makeAnswerWatch } from '../lib/answer-watch.ts';
import type { Portal } from '../store/portals.ts';
import { leaseTtlMs } from './hold-lease.ts';
import { isCrowded, leavers, roomIn, type Place } from './places.ts';
import { workPortal } from './portal-work.ts';

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

export function startWorker(
  context: Context,
  { portalsAtOnce = 8, mostAtOnce = portalsAtOnce * 8, idleMs = 250 }: WorkerOptions = {},
): Worker {
  const { store, now, log } = context;
  const owner = context.newId('request');
  const ending = new AbortController();
  const underWay = new Map<Promise<void>, Place>();
  const limits = { portalsAtOnce, mostAtOnce };
  const places = (): Place[] => [...underWay.values()];
  let looking: Promise<void> | null = null;
  let again = false;
  /** The last look ended for want of a place, not for want of work. */
  let isMissing = false;

  async function look(): Promise<void> {
    do {
      again = false;
      for (const { leave } of leavers(places(), limits)) leave.abort(placeNeeded());
      for (;;) {
        const room = roomIn(places(), limits, performance.now());
        isMissing = room !== 'any';
        if (ending.signal.aborted || room === 'none') break;
        const answering = room === 'answering';
        const portal = await store.portals.claim({ owner, ttlMs: leaseTtlMs, now: now(), answering });
        if (!portal) break;
        begin(portal);
      }
    } while (again);
  }

  function begin(portal: Portal): void {
    const answers = makeAnswerWatch();
    const leave = new AbortController();
    const place = { beganAt: performance.now(), isSuspect: portal.breaker !== undefined, answers, leave };
    const work = workPortal(context, portal, {
      signal: ending.signal,
      leave: leave.signal,
      answers,
      isCrowded: () => isCrowded(places(), place, limits, performance.now()),
    })
      .catch((error: unknown) => log.error({ portalId: portal._id, err: error }, 'a portal could not be given back'))
      .finally(() => {
        underWay.delete(work);
        if (isMissing) nudge();
      });
    underWay.set(work, place);
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

function placeNeeded(): CodedError {
  return new CodedError('hubspot_unavailable', 'HubSpot keeps this account waiting, and others need its place.');
}
