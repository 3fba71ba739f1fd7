// A refresh token that HubSpot refuses for good: finds out why as far as the evidence goes, stops sending at once and says so.
// The queue is kept until somebody reinstalls.
import { causeOfDeath } from '../../domain/cause-of-death.ts';
import type { PortalCause } from '../../domain/portal-health.ts';
import { introspectToken } from '../../hubspot/oauth.ts';
import type { Portal } from '../../store/portals.ts';
import type { Context } from '../context.ts';
import { appCredentials, tokenAad } from './credentials.ts';

export interface DeadChain {
  /** As it stood under the lock. */
  portal: Portal;
  /** The access token that a call was refused with, if one was. */
  rejected: string | undefined;
  /** The newest version of the tokens that this host or process has seen. */
  knownVersion: number;
}

/** Does nothing when newer tokens were stored meanwhile: then nobody died. */
export async function buryChain(context: Context, dead: DeadChain): Promise<void> {
  const { portal } = dead;
  await stopPortal(context, portal, await findCause(context, dead));
}

export async function stopPortal(
  { store, log, now }: Context,
  { _id: portalId, tokenVersion }: Portal,
  reason: PortalCause | 'hubspot_token_revoked',
): Promise<void> {
  const state = reason === 'uninstalled_in_hubspot' ? 'uninstalled' : 'needs_sign_in';
  const stopped = await store.portals.stop({ portalId, tokenVersion, state, reason, now: now() });
  if (stopped) log.warn({ portalId, reason }, 'HubSpot no longer accepts the installation');
}

async function findCause(context: Context, { portal, rejected, knownVersion }: DeadChain) {
  const { config, now } = context;
  return causeOfDeath({
    accessToken: await fateOfAccessToken(context, portal, rejected),
    storeIsOlder: knownVersion > portal.tokenVersion,
    storedElsewhere: portal.storedBy !== undefined && portal.storedBy !== config.publicUrl,
    rotates: portal.rotates === true,
    interrupted: portal.refreshLock?.after != null || portal.refreshRest?.code === 'hubspot_outcome_unknown',
    sinceLastRefreshMs: now() - portal.lastRefreshAt.getTime(),
  });
}

/** One question to HubSpot, at the moment a chain dies and never again. */
async function fateOfAccessToken(
  context: Context,
  portal: Portal,
  rejected: string | undefined,
): Promise<'alive' | 'dead' | 'not_known'> {
  const { vault, config, hubspot, now, log } = context;
  if (portal.expiresAt.getTime() <= now()) return 'not_known';
  const token = vault.open(portal.accessToken, tokenAad(portal._id, 'access'));
  if (token === rejected) return 'dead';
  try {
    const facts = await introspectToken(hubspot, { ...appCredentials(config), token, kind: 'access_token' });
    return facts === null ? 'dead' : 'alive';
  } catch (error) {
    log.debug({ portalId: portal._id, err: error }, 'the access token could not be asked about');
    return 'not_known';
  }
}
