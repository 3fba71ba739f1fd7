// What arrives for an account that nobody may write to: the delivery log says so at once, and the queue is kept until somebody reconnects.
// Only the holder of the portal's lease may run it.
import type { Portal } from '../../store/portals.ts';
import type { Context } from '../context.ts';

const portion = 1_000;
/** A reinstall makes it due; nothing else can. */
const restMs = 365 * 24 * 3600_000;

/** `signal` ends it after a portion; the rest is due as before. */
export async function blockQueue({ store, now }: Context, portal: Portal, signal: AbortSignal): Promise<void> {
  const { _id: portalId, workSeq } = portal;
  for (let blocked = portion; blocked === portion;) {
    if (signal.aborted) return;
    blocked = await store.deliveries.block({ portalId, now: now(), until: now() + restMs, limit: portion });
  }
  // A hint that came meanwhile stays.
  await store.portals.setNextWork({ portalId, workSeq, workAt: null });
}
