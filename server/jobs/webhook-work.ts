// Looks for stored webhook events and works on them portal by portal, under the portal's lease. Any number of processes may run it.
// A portal whose worker is busy is left to that worker, which does the same between two batches.
import { CodedError } from '../errors.ts';
import type { Context } from '../flows/context.ts';
import { workReceipts } from '../flows/webhooks/work-receipts.ts';
import { leaseTtlMs } from './hold-lease.ts';

export interface WebhookWork {
  /** Finishes the round under way and gives the lease back. */
  stop(): Promise<void>;
}

const lookedAtOnce = 1_000;

export function startWebhookWork(context: Context, { everyMs = 250 }: { everyMs?: number } = {}): WebhookWork {
  const owner = context.newId('request');
  const ending = new AbortController();
  let running: Promise<void> | null = null;

  async function look(): Promise<void> {
    const { portals, webhookReceipts } = context.store;
    const waiting = await webhookReceipts.portalsWithWork({ now: context.now(), limit: lookedAtOnce });
    if (waiting.length === 0) return;
    const known = new Set((await portals.findMany(waiting)).map(({ _id }) => _id));
    const foreign = waiting.filter((portalId) => !known.has(portalId));
    if (foreign.length > 0) await webhookReceipts.ignorePortals({ portalIds: foreign, reason: 'unknown_portal' });
    for (const portalId of known) if (!ending.signal.aborted) await workOnPortal(portalId);
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

  const timer = setInterval(() => {
    running ??= look()
      .catch((error: unknown) => context.log.warn({ err: error }, 'webhook events could not be worked on'))
      .finally(() => {
        running = null;
      });
  }, everyMs);
  timer.unref();
  return {
    async stop() {
      ending.abort();
      clearInterval(timer);
      await running;
    },
  };
}
