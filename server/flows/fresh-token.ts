// The one road to an access token that still lives for a while: shared in the process, locked across processes,
// read again under the lock, stored with a compare-and-swap on `tokenVersion`.
import { setTimeout as sleep } from 'node:timers/promises';
import { CodedError, toCoded } from '../errors.ts';
import { makeLru } from '../lib/lru.ts';
import type { Portal } from '../store/portals.ts';
import type { Context } from './context.ts';
import { tokenAad } from './tokens/credentials.ts';
import { privateToken } from './tokens/private-token.ts';
import { refreshChain } from './tokens/refresh-chain.ts';

export interface Tokens {
  /**
   * `rejected`: the access token HubSpot just refused; it is not handed out again. `version`: that of the store, for callers who have
   * just read it; an older token in memory has fewer rights, or was replaced by a reinstall.
   */
  fresh(portalId: number, rejected?: string, version?: number): Promise<string>;
}

/** Refreshed this long before the end. HubSpot's tokens live 30 minutes. */
export const refreshMarginMs = 90_000;
const keepMs = 60_000;
/** While refreshing fails, a token is used up to this moment before its end. */
const lastUseMs = 5_000;
const lockPollMs = 150;

interface LiveToken {
  token: string;
  tokenVersion: number;
  /** Handed out again until then. */
  freshUntil: number;
}

interface Question {
  portalId: number;
  rejected: string | undefined;
  seenVersion: number;
}

/** Callers that ask at the same moment share one answer; a token in its time is asked of the store once a minute at most. */
export function makeTokens(context: Context): Tokens {
  const inFlight = new Map<number, Promise<LiveToken>>();
  const kept = makeLru<LiveToken>({ max: 10_000, ttlMs: keepMs, now: context.now });

  async function ask(question: Question): Promise<string> {
    const { portalId } = question;
    const running = inFlight.get(portalId) ?? freshToken(context, question);
    inFlight.set(portalId, running);
    try {
      const live = await running;
      kept.set(String(portalId), live);
      return live.token;
    } catch (error) {
      // What HubSpot refused once is not handed out again; its version is remembered.
      kept.set(String(portalId), { token: '', tokenVersion: question.seenVersion, freshUntil: 0 });
      throw error;
    } finally {
      inFlight.delete(portalId);
    }
  }

  return {
    async fresh(portalId, rejected, version = 0) {
      const known = kept.get(String(portalId));
      const isNewest = known?.fresh === true && known.value.tokenVersion >= version;
      const usable = isNewest && known.value.freshUntil > context.now() && known.value.token !== rejected;
      return usable ? known.value.token : ask({ portalId, rejected, seenVersion: known?.value.tokenVersion ?? 0 });
    },
  };
}

async function freshToken(context: Context, question: Question): Promise<LiveToken> {
  const { store, config, now } = context;
  const { portalId, rejected } = question;
  const owner = context.newId('request');
  // Longer than the call that is made under it.
  const lockTtlMs = config.hubspot.timeoutMs + 15_000;
  const giveUpAt = Date.now() + config.hubspot.timeoutMs + 10_000;
  for (;;) {
    const portal = connected(await store.portals.find(portalId));
    if (portal.auth === 'private_app') {
      return {
        token: await privateToken(context, portal, rejected),
        tokenVersion: portal.tokenVersion,
        freshUntil: now() + keepMs,
      };
    }
    const token = usableToken(context, portal, rejected) ?? restingToken(context, portal, rejected);
    if (token !== null) return token;
    const locked = await store.portals.lockRefresh({ portalId, owner, ttlMs: lockTtlMs });
    if (locked) {
      const refreshed = await refreshLocked(context, { ...question, owner, portal: locked });
      if (refreshed) return refreshed;
    } else if (Date.now() > giveUpAt) {
      throw new CodedError('hubspot_unavailable', 'Another process is refreshing the token and does not finish.');
    } else await sleep(lockPollMs);
  }
}

/** Null: somebody stored newer tokens meanwhile. */
async function refreshLocked(
  context: Context,
  { portal: locked, owner, rejected, seenVersion }: Question & { portal: Portal; owner: string },
): Promise<LiveToken | null> {
  try {
    const portal = connected(locked);
    const usable = usableToken(context, portal, rejected) ?? restingToken(context, portal, rejected);
    if (usable !== null) return usable;
    const refreshed = await refreshChain(context, { portal, rejected, seenVersion });
    return refreshed && { ...refreshed, freshUntil: refreshed.expiresAt - refreshMarginMs };
  } catch (error) {
    const stopgap = toCoded(error).facts.onDelivery === 'hold_auth' ? null : lastToken(context, locked, rejected);
    if (stopgap === null) throw error;
    return stopgap;
  } finally {
    await context.store.portals.unlockRefresh({ portalId: locked._id, owner });
  }
}

function connected(portal: Portal | null): Portal {
  if (!portal) throw new CodedError('hubspot_token_revoked', 'This portal is not installed.');
  if (portal.state !== 'connected') {
    throw new CodedError('hubspot_token_revoked', 'HubSpot no longer accepts this installation. Reinstall the app.');
  }
  return portal;
}

function usableToken(context: Context, portal: Portal, rejected?: string): LiveToken | null {
  return openToken(context, portal, { rejected, freshUntil: portal.expiresAt.getTime() - refreshMarginMs });
}

/** While refreshing rests after a failure: the old token for its last seconds, or the failure again without a call. */
function restingToken(context: Context, portal: Portal, rejected?: string): LiveToken | null {
  const { refreshRest } = portal;
  if (!refreshRest || refreshRest.until.getTime() <= context.now()) return null;
  const last = lastToken(context, portal, rejected);
  if (last) return last;
  throw new CodedError(
    'hubspot_unavailable',
    `Refreshing the token failed (${refreshRest.code}). It is tried again in a moment.`,
    {
      retryAfterMs: refreshRest.until.getTime() - context.now(),
    },
  );
}

/** The margin is for calm days: a token that HubSpot still takes is better than none. Looked at again in a moment. */
function lastToken(context: Context, portal: Portal, rejected?: string): LiveToken | null {
  const live = openToken(context, portal, { rejected, freshUntil: portal.expiresAt.getTime() - lastUseMs });
  return live && { ...live, freshUntil: Math.min(live.freshUntil, context.now() + 1_000) };
}

function openToken(
  { vault, now }: Context,
  portal: Portal,
  { rejected, freshUntil }: { rejected: string | undefined; freshUntil: number },
): LiveToken | null {
  if (freshUntil <= now()) return null;
  const token = vault.open(portal.accessToken, tokenAad(portal._id, 'access'));
  return token === rejected ? null : { token, tokenVersion: portal.tokenVersion, freshUntil };
}
