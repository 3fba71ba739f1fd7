// Holds the lease of a portal while its work lasts: renewed in time, and known to be lost as soon as it may have passed to somebody else.
import { CodedError } from '../errors.ts';
import type { Context } from '../flows/context.ts';

/** Longer than HubSpot's window of ten seconds plus the pause between renewals, so that a dead holder's calls have aged out. */
export const leaseTtlMs = 15_000;
const renewEveryMs = 3_500;

export interface HeldLease {
  signal: AbortSignal;
  /** Throws once the lease may have passed to somebody else, even if this process slept through it. */
  assertHeld: () => void;
  /** No renewal is under way any more, and none begins before `resume`: only then may the lease be given back. */
  pause: () => Promise<void>;
  resume: () => void;
}

export function holdLease(
  { store, log }: Context,
  { portalId, fence }: { portalId: number; fence: number },
): HeldLease {
  const lost = new AbortController();
  let heldUntil = performance.now() + leaseTtlMs;
  let timer: NodeJS.Timeout | undefined;
  let renewing: Promise<void> = Promise.resolve();

  async function renew(): Promise<void> {
    const askedAt = performance.now();
    try {
      if (await store.portals.renew({ portalId, fence, ttlMs: leaseTtlMs })) heldUntil = askedAt + leaseTtlMs;
      else lost.abort();
    } catch (error) {
      log.warn({ portalId, err: error }, 'the lease could not be renewed');
    }
  }

  function resume(): void {
    timer = setInterval(() => {
      renewing = Promise.all([renewing, renew()]).then(() => undefined);
    }, renewEveryMs);
    timer.unref();
  }

  resume();
  return {
    signal: lost.signal,
    assertHeld() {
      if (performance.now() < heldUntil && !lost.signal.aborted) return;
      lost.abort();
      throw new CodedError('hubspot_unavailable', 'The lease of the portal was lost. Another process goes on.');
    },
    async pause() {
      clearInterval(timer);
      await renewing;
    },
    resume,
  };
}
