// Works on the webhook events that no worker was told of: those that are tried again, those of accounts that are not ours, and those whose
// hint was lost. Portal by portal, under the portal's lease; any number of processes may run it. The others are worked where clicks are.
import { CodedError } from '../errors.ts';
import type { Context } from '../flows/context.ts';
import { workReceipts } from '../flows/webhooks/work-receipts.ts';
import { leaseTtlMs } from './hold-lease.ts';
import { startPoll } from './poll.ts';

export interface WebhookWork {
  /** Finishes the round under way and gives the lease back. */
  stop(): Promise<void>;
}

const lookedAtOnce = 1_000;
/** While nothing is found the pause grows to so many times the first. */
const longestPause = 16;

export function startWebhookWork(context: Context, { everyMs = 250 }: { everyMs?: number } = {}): WebhookWork {
  const owner = context.newId('request');
  const ending = new AbortController();

  async function look(): Promise<boolean> {
    const { portals, webhookReceipts } = context.store;
    const waiting = await webhookReceipts.portalsWithWork({ now: context.now(), limit: lookedAtOnce });
    if (waiting.length === 0) return false;
    const known = new Set((await portals.findMany(waiting)).map(({ _id }) => _id));
    const foreign = waiting.filter((portalId) => !known.has(portalId));
    if (foreign.length > 0) await webhookReceipts.ignorePortals({ portalIds: foreign, reason: 'unknown_portal' });
    for (const portalId of known) if (!ending.signal.aborted) await workOnPortal(portalId);
    return true;
  }

  async function workOnPortal(portalId: number): Promise<void> {
    const { portals } = context.store;
    const portal = await portals.claimOne({ portalId, owner, ttlMs: leaseTtlMs });
    const fence = portal?.lease?.fence;
    if (fence === undefined) return;
    const assertHeld = async () => {
      if (await portals.renew({ portalId, fence, ttlMs: leaseTtlMs })) return;
      throw new CodedError('internal', 'The lease of the portal was lost. Another process goes on.');
    };
    try {
      for (let worked = 1; worked > 0 && !ending.signal.aborted;)
        worked = await workReceipts(context, { portalId, assertHeld });
    } finally {
      await portals.release({ portalId, fence });
    }
    context.nudge();
  }

  const poll = startPoll({
    everyMs,
    restMs: longestPause * everyMs,
    look,
    onError: (error) => context.log.warn({ err: error }, 'webhook events could not be worked on'),
  });
  return {
    async stop() {
      ending.abort();
      await poll.stop();
    },
  };
}
