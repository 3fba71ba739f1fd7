// Tells HubSpot which waits of workflows are over, clicked or timed out. Only the holder of the portal's lease may run it.
// A completion that HubSpot does not know any more is given up: the workflow went on without us.
import { toCoded, type ErrorCode } from '../../errors.ts';
import { completeCallbacks, completionsPerCall } from '../../hubspot/callbacks.ts';
import type { PortalApi } from '../../hubspot/client.ts';
import type { ActionWait } from '../../store/action-waits.ts';
import type { Context } from '../context.ts';
import type { PortalSession } from '../delivery/session.ts';
import { waitOutputs } from './wait-for-click.ts';

const ours: readonly ErrorCode[] = ['internal', 'store_unavailable'];
/** HubSpot does not know the execution any more. */
const refusals: readonly ErrorCode[] = ['hubspot_validation', 'hubspot_not_found', 'hubspot_conflict'];
const retryMs = 60_000;
const mostAttempts = 100;

/** True when more may be due now. Asks only when one is known to be due. */
export async function completeWaits(context: Context, session: PortalSession): Promise<boolean> {
  const { store, now } = context;
  const { portalId, outlook } = session;
  if (!outlook.isDue('waits', now())) return false;
  const due = await store.actionWaits.takeDue({ portalId, now: now(), limit: completionsPerCall });
  if (due.length === 0) return false;
  // What comes after these is to be asked.
  outlook.doubt('waits');
  session.signal.throwIfAborted();
  await complete(context, session.api.withLane('rules'), due);
  return due.length === completionsPerCall;
}

async function complete(context: Context, api: PortalApi, waits: readonly ActionWait[]): Promise<void> {
  const { store, now, log } = context;
  const ids = waits.map(({ _id }) => _id);
  try {
    await completeCallbacks(
      api,
      waits.map((wait) => ({ callbackId: wait.callbackId, outputFields: waitOutputs(wait) })),
    );
    await store.actionWaits.settle({ ids, now: now() });
  } catch (error) {
    const failure = toCoded(error);
    if (ours.includes(failure.code)) throw error;
    const isRefused = refusals.includes(failure.code);
    log.warn({ portalId: api.portalId, code: failure.code, waits: waits.length }, 'workflows could not be told now');
    if (isRefused && waits.length > 1) {
      for (const wait of waits) await complete(context, api, [wait]);
    } else if (isRefused || waits.some(({ attempts }) => attempts >= mostAttempts)) {
      await store.actionWaits.settle({ ids, now: now() });
    } else await store.actionWaits.postpone({ ids, dueAt: now() + retryMs });
  }
}
