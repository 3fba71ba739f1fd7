// The one road to an access token that still lives for a while: shared in the process, locked across processes,
// read again under the lock, stored with a compare-and-swap on `tokenVersion`.
import { setTimeout as sleep } from 'node:timers/promises';
import { CodedError, isCoded } from '../errors.ts';
import { refreshTokens } from '../hubspot/oauth.ts';
import { makeLru } from '../lib/lru.ts';
import type { Portal } from '../store/portals.ts';
import type { Context } from './context.ts';

export interface Tokens {
  /** `rejected`: the access token HubSpot just refused; it is not handed out again. */
  fresh(portalId: number, rejected?: string): Promise<string>;
}

/** Refreshed this long before the end. HubSpot's tokens live 30 minutes. */
export const refreshMarginMs = 90_000;
const keepMs = 60_000;
const lockTtlMs = 30_000;
const lockPatienceMs = 25_000;
const lockPollMs = 150;

interface LiveToken {
  token: string;
  /** When its margin begins. */
  freshUntil: number;
}

/** Callers that ask at the same moment share one answer; a token in its time is asked of the store once a minute at most. */
export function makeTokens(context: Context): Tokens {
  const inFlight = new Map<number, Promise<LiveToken>>();
  const kept = makeLru<LiveToken>({ max: 10_000, ttlMs: keepMs, now: context.now });

  async function ask(portalId: number, rejected: string | undefined): Promise<string> {
    const running = inFlight.get(portalId) ?? freshToken(context, portalId, rejected);
    inFlight.set(portalId, running);
    try {
      const live = await running;
      kept.set(String(portalId), live);
      return live.token;
    } finally {
      inFlight.delete(portalId);
    }
  }

  return {
    async fresh(portalId, rejected) {
      const known = kept.get(String(portalId));
      const usable = known?.fresh === true && known.value.freshUntil > context.now() && known.value.token !== rejected;
      return usable ? known.value.token : ask(portalId, rejected);
    },
  };
}

async function freshToken(context: Context, portalId: number, rejected?: string): Promise<LiveToken> {
  const owner = context.newId('request');
  const giveUpAt = Date.now() + lockPatienceMs;
  for (;;) {
    const portal = await context.store.portals.find(portalId);
    const token = usableToken(context, portal, rejected);
    if (token !== null) return token;
    const locked = await context.store.portals.lockRefresh({ portalId, owner, ttlMs: lockTtlMs });
    if (locked) return refreshLocked(context, { portal: locked, owner, rejected });
    if (Date.now() > giveUpAt) {
      throw new CodedError('hubspot_unavailable', 'Another process is refreshing the token and does not finish.');
    }
    await sleep(lockPollMs);
  }
}

interface LockedRefresh {
  portal: Portal;
  owner: string;
  rejected: string | undefined;
}

async function refreshLocked(context: Context, { portal, owner, rejected }: LockedRefresh): Promise<LiveToken> {
  try {
    return usableToken(context, portal, rejected) ?? (await refresh(context, portal));
  } catch (error) {
    if (isCoded(error, 'hubspot_token_revoked')) await markRevoked(context, portal, error);
    throw error;
  } finally {
    await context.store.portals.unlockRefresh({ portalId: portal._id, owner });
  }
}

async function refresh(context: Context, portal: Portal): Promise<LiveToken> {
  const { store, vault, hubspot, config, metrics, now, log } = context;
  const refreshToken = vault.open(portal.refreshToken, tokenAad(portal._id, 'refresh'));
  const tokens = await refreshTokens(hubspot, { ...appCredentials(config), refreshToken }).catch((error: unknown) => {
    metrics.hubspotRefreshAttempts.inc({ result: 'error' });
    throw error;
  });
  metrics.hubspotRefreshAttempts.inc({ result: 'ok' });
  const expiresAt = now() + tokens.expiresInSeconds * 1_000;
  const saved = await store.portals.saveTokens({
    portalId: portal._id,
    tokenVersion: portal.tokenVersion,
    accessToken: vault.seal(tokens.accessToken, tokenAad(portal._id, 'access')),
    refreshToken: vault.seal(tokens.refreshToken, tokenAad(portal._id, 'refresh')),
    expiresAt,
    now: now(),
  });
  // A reinstall meanwhile stored newer tokens; ours is still good for its half hour.
  if (!saved) log.info({ portalId: portal._id }, 'newer tokens were stored during the refresh');
  return { token: tokens.accessToken, freshUntil: expiresAt - refreshMarginMs };
}

function usableToken(context: Context, portal: Portal | null, rejected?: string): LiveToken | null {
  if (!portal) throw new CodedError('hubspot_token_revoked', 'This portal is not installed.');
  if (portal.state !== 'connected') {
    throw new CodedError('hubspot_token_revoked', 'HubSpot no longer accepts this installation. Reinstall the app.');
  }
  const freshUntil = portal.expiresAt.getTime() - refreshMarginMs;
  if (freshUntil <= context.now()) return null;
  const token = context.vault.open(portal.accessToken, tokenAad(portal._id, 'access'));
  return token === rejected ? null : { token, freshUntil };
}

/** Sending stops at once; the queue is kept until somebody reinstalls. */
async function markRevoked({ store, now, log }: Context, portal: Portal, error: CodedError): Promise<void> {
  const current = await store.portals.find(portal._id);
  if (current?.tokenVersion !== portal.tokenVersion) return;
  log.warn({ portalId: portal._id, code: error.code }, 'the refresh token is dead');
  await store.portals.setState({ portalId: portal._id, state: 'needs_sign_in', reason: error.code, now: now() });
}

/** Binds a sealed token to its portal and its field: moved elsewhere it does not open. */
export function tokenAad(portalId: number, field: 'access' | 'refresh'): string {
  return `portal:${portalId}:${field}`;
}

/** Throws when the app's credentials are not configured. */
export function appCredentials({ hubspot }: Context['config']): { clientId: string; clientSecret: string } {
  const { clientId, clientSecret } = hubspot;
  if (clientId && clientSecret) return { clientId, clientSecret };
  throw new CodedError('internal', 'Set HUBSPOT_CLIENT_ID and HUBSPOT_CLIENT_SECRET.');
}
