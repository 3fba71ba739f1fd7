// What arrives for an account that nobody may write to: the delivery log says so at once, and the queue is kept until somebody reconnects.
import type { Context } from '../context.ts';

const portalsAtOnce = 100;
const portion = 1_000;
/** A reinstall makes it due; nothing else can. */
const restMs = 365 * 24 * 3600_000;

export async function blockQueues({ store, now }: Context): Promise<void> {
  for (const { _id: portalId, workSeq } of await store.portals.listStopped({ now: now(), limit: portalsAtOnce })) {
    const until = now() + restMs;
    const blocked = await store.deliveries.block({ portalId, now: now(), until, limit: portion });
    // What is left is looked at next time; a hint that came meanwhile stays.
    if (blocked < portion) await store.portals.setNextWork({ portalId, workSeq, workAt: null });
  }
}
