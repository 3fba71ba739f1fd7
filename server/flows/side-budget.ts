// The calls that are made outside the worker's lease: cards, settings, rules, the doctor, an uninstall. All processes together share one
// small budget per portal, counted in the store on its own clock; the worker's governor leaves exactly that much free.
import { setTimeout as sleep } from 'node:timers/promises';
import { CodedError } from '../errors.ts';
import type { CallBudget } from '../hubspot/governor.ts';
import type { Context } from './context.ts';

const windowMs = 10_000;
const lookAgainMs = 100;
/** A person waits for these: longer than a window is too long. */
const patienceMs = 12_000;

export function sideBudget(context: Context, portalId: number): CallBudget {
  const { store, config, log } = context;
  // A process that dies during a call leaves its place taken until the call must have ended.
  const heldMs = config.hubspot.timeoutMs + windowMs;

  return {
    async take({ signal }) {
      const id = context.newId('request');
      const startedAt = performance.now();
      while (!(await store.portals.takeSideCall({ portalId, id, limit: config.hubspot.sideCalls, heldMs }))) {
        if (performance.now() - startedAt > patienceMs) throw usedUp();
        await sleep(lookAgainMs, undefined, signal ? { signal } : {});
      }
      return {
        waitedMs: performance.now() - startedAt,
        done: () => {
          store.portals
            .endSideCall({ portalId, id, windowMs })
            .catch((error: unknown) => log.debug({ portalId, err: error }, 'a side call could not be given back'));
        },
      };
    },
    // The worker follows the headers; this share is small and fixed.
    observe: () => undefined,
    pauseFor: () => undefined,
  };
}

function usedUp(): CodedError {
  return new CodedError('rate_limited', 'Many are asking about this account at once. Try again in a moment.', {
    retryAfterMs: windowMs,
    details: { policy: 'SIDE' },
  });
}
