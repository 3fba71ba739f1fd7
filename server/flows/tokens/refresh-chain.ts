// One refresh, by the holder of the lock. The answer is on disk before it is in the store, and in the store before anybody uses it.
import { setTimeout as sleep } from 'node:timers/promises';
import { missingScopes } from '../../domain/scopes.ts';
import { CodedError, isCoded, toCoded } from '../../errors.ts';
import { refreshTokens, type TokenReply } from '../../hubspot/oauth.ts';
import { backoffMs } from '../../lib/backoff.ts';
import type { Portal } from '../../store/portals.ts';
import type { Context } from '../context.ts';
import { buryChain, stopPortal } from './bury-chain.ts';
import { appCredentials, tokenAad } from './credentials.ts';
import { keepTokens, newerTokens } from './token-journal.ts';

export interface Chain {
  /** As it stands under the lock. */
  portal: Portal;
  rejected: string | undefined;
  /** The newest version of the tokens that this process has handed out. */
  seenVersion: number;
}

export interface Refreshed {
  token: string;
  expiresAt: number;
  tokenVersion: number;
}

/** After a refresh that failed for the moment, nobody tries again for so long, in whatever process. */
const restPolicy = { firstMs: 1_000, maxMs: 60_000 };
const saveTries = 4;
const saveAgainMs = 500;

/** Null: newer tokens were stored meanwhile, look again. Throws `hubspot_token_revoked` for a dead chain. */
export async function refreshChain(context: Context, chain: Chain): Promise<Refreshed | null> {
  const { vault, now } = context;
  const { portal } = chain;
  const newer = await newerTokens(context, portal);
  const refreshToken = vault.open((newer ?? portal).refreshToken, tokenAad(portal._id, 'refresh'));
  const askedAt = now();
  const knownVersion = Math.max(chain.seenVersion, newer?.tokenVersion ?? 0);
  const reply = await ask(context, { ...chain, refreshToken, knownVersion });
  if (reply === null) return null;
  if (reply.hubId !== undefined && reply.hubId !== portal._id) {
    await stopPortal(context, portal, 'wrong_portal');
    throw new CodedError('hubspot_token_revoked', 'The stored token belongs to another account. Reconnect this one.');
  }
  return save(context, {
    portal,
    reply,
    askedAt,
    baseVersion: newer?.tokenVersion ?? portal.tokenVersion,
    refreshToken,
  });
}

async function ask(
  context: Context,
  { portal, rejected, refreshToken, knownVersion }: Chain & { refreshToken: string; knownVersion: number },
): Promise<TokenReply | null> {
  const { hubspot, config, metrics } = context;
  try {
    const reply = await refreshTokens(hubspot, { ...appCredentials(config), refreshToken });
    metrics.hubspotRefreshAttempts.inc({ result: 'ok' });
    return reply;
  } catch (error) {
    metrics.hubspotRefreshAttempts.inc({ result: 'error' });
    const failure = toCoded(error);
    if (!isCoded(failure, 'hubspot_token_revoked')) return rest(context, portal, failure);
    // A refused token is no death while a newer one is in the store.
    const current = await context.store.portals.find(portal._id);
    if (current && current.tokenVersion !== portal.tokenVersion) return null;
    await buryChain(context, { portal, rejected, knownVersion });
    throw failure;
  }
}

interface NewTokens {
  portal: Portal;
  reply: TokenReply;
  askedAt: number;
  baseVersion: number;
  /** The one that was shown. */
  refreshToken: string;
}

async function save(
  context: Context,
  { portal, reply, askedAt, baseVersion, refreshToken }: NewTokens,
): Promise<Refreshed> {
  const { store, vault, config, now, log } = context;
  const tokenVersion = baseVersion + 1;
  const expiresAt = askedAt + reply.expiresInSeconds * 1_000;
  const sealed = {
    accessToken: vault.seal(reply.accessToken, tokenAad(portal._id, 'access')),
    refreshToken: vault.seal(reply.refreshToken, tokenAad(portal._id, 'refresh')),
  };
  const installedAt = portal.installedAt?.getTime() ?? null;
  await keepTokens(context, portal._id, { installedAt, tokenVersion, ...sealed, expiresAt });
  const saved = await again(saveTries, () =>
    store.portals.saveTokens({
      portalId: portal._id,
      tokenVersion: portal.tokenVersion,
      newVersion: tokenVersion,
      ...sealed,
      expiresAt,
      rotates: portal.rotates === true || reply.refreshToken !== refreshToken,
      storedBy: config.publicUrl,
      now: now(),
    }),
  );
  // A reinstall meanwhile stored newer tokens; ours is still good for its half hour.
  if (!saved) log.info({ portalId: portal._id }, 'newer tokens were stored during the refresh');
  if (reply.scopes) await noteScopes(context, portal, reply.scopes);
  return { token: reply.accessToken, expiresAt, tokenVersion };
}

/** HubSpot names the scopes with every refresh: fewer than we need is said at once, not at the first refusal. */
async function noteScopes(
  { store, now }: Context,
  { _id: portalId, scopes, limited }: Portal,
  granted: string[],
): Promise<void> {
  const missing = missingScopes(granted).map(({ scope }) => scope);
  const same = granted.length === scopes.length && granted.every((scope) => scopes.includes(scope));
  if (!same) await store.portals.saveScopes({ portalId, scopes: granted });
  if (missing.length > 0 && !limited) {
    await store.portals.limit({ portalId, reason: 'scopes_shrunk', scopes: missing, now: now(), recheckAt: now() });
  }
  if (missing.length === 0 && limited?.reason === 'scopes_shrunk') await store.portals.unlimit(portalId);
}

/** Throws the failure, after it is written down for every process that nobody tries again for a while. */
async function rest(
  { store, now }: Context,
  { _id: portalId, refreshRest }: Portal,
  failure: CodedError,
): Promise<never> {
  const failures = (refreshRest?.failures ?? 0) + 1;
  const waitMs = Math.max(failure.retryAfterMs ?? 0, backoffMs(failures, restPolicy));
  const until = new Date(now() + waitMs);
  await store.portals.restRefresh({ portalId, rest: { failures, until, code: failure.code } });
  throw failure;
}

/** The store may be away for a moment, and this answer is worth waiting for. */
async function again<T>(tries: number, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= tries) throw error;
      await sleep(saveAgainMs);
    }
  }
}
