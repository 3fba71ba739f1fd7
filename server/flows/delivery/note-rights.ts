// What a batch says about our rights in the portal: denied, or given after all. While everything was denied, the next batches are held
// without asking, and one look an hour tells whether somebody has put it right.
import type { Delivery } from '../../domain/delivery.ts';
import { CodedError } from '../../errors.ts';
import type { Settlement } from '../../store/deliveries.ts';
import type { Context } from '../context.ts';
import type { Outcomes } from './batch.ts';
import type { PortalSession } from './session.ts';

const denied = 'hubspot_insufficient_permissions';
/** A little less than what is held waits, so that the first that is due again is the look. */
const lookAgainMs = 3600_000 - 5_000;

/** True when the batch is held without a call, because HubSpot denied the last one. */
export function holdDenied(
  { now }: Context,
  { limited }: PortalSession,
  { taken, outcomes }: { taken: readonly Delivery[]; outcomes: Outcomes },
): boolean {
  if (!limited || limited.recheckAt.getTime() <= now()) return false;
  const words = limited.scopes.length === 0 ? '' : ` (${limited.scopes.join(', ')})`;
  const error = new CodedError(
    denied,
    `The app lacks rights in this HubSpot account${words}: reconnect as a super admin.`,
  );
  for (const delivery of taken) outcomes.fail(delivery, error);
  return true;
}

export async function noteRights(
  { store, now, log }: Context,
  { portalId, limited }: PortalSession,
  { settlements, scopes }: { settlements: readonly Settlement[]; scopes: readonly string[] },
): Promise<void> {
  const isDenied = settlements.some(({ reason }) => reason === denied);
  const isGiven = settlements.some(({ state }) => state === 'delivered');
  if (isDenied) {
    if (!limited) log.warn({ portalId, scopes }, 'HubSpot denies the app rights in this account');
    const recheckAt = isGiven ? now() : now() + lookAgainMs;
    await store.portals.limit({ portalId, reason: denied, scopes, now: now(), recheckAt });
  } else if (isGiven && limited?.reason === denied) await store.portals.unlimit(portalId);
}
