// After a new private app token was configured: the account it belongs to works again by itself, with what waited.
import { isCoded } from '../../errors.ts';
import { accountOfToken } from '../../hubspot/account.ts';
import { digestOf } from '../../lib/ids.ts';
import type { Context } from '../context.ts';
import { requestProvisioning } from '../provision.ts';

/** True when there is nothing more to find out. Asked at once at start, and every five seconds until HubSpot has answered. */
export async function revivePrivateApp(context: Context): Promise<boolean> {
  const { config, hubspot, store, now, log, nudge } = context;
  const token = config.hubspot.privateAppToken;
  if (token === undefined) return true;
  try {
    const { portalId } = await accountOfToken(hubspot, token);
    const portal = await store.portals.find(portalId);
    const revivable = portal?.auth === 'private_app' && portal.state === 'needs_sign_in';
    if (!revivable) return true;
    await store.portals.trustPrivateToken({ portalId, digest: digestOf(token), now: now() });
    await requestProvisioning(context, portalId);
    await store.deliveries.release({ filter: { portalId, state: 'blocked_auth' }, now: now() });
    await store.portals.wake({ portalIds: [portalId], at: now() });
    nudge();
    log.info({ portalId }, 'the private app token works again');
    return true;
  } catch (error) {
    const refused = isCoded(error, 'hubspot_token_rejected', 'hubspot_insufficient_permissions');
    log.warn({ err: error }, 'the private app token could not be tried');
    return refused;
  }
}
