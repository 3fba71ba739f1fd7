// The static token of a private app: configured, never refreshed, and dead only when HubSpot says so. It is used for the account it
// belongs to and for no other: a token that is new to us says first which account that is.
import type { PortalCause } from '../../domain/portal-health.ts';
import { CodedError, isCoded } from '../../errors.ts';
import { accountOfToken } from '../../hubspot/account.ts';
import { digestOf } from '../../lib/ids.ts';
import type { Portal } from '../../store/portals.ts';
import type { Context } from '../context.ts';
import { stopPortal } from './bury-chain.ts';

/** Throws `hubspot_token_revoked` when there is none, HubSpot has just refused it, or it belongs to another account. */
export async function privateToken(context: Context, portal: Portal, rejected: string | undefined): Promise<string> {
  const { store, config, now } = context;
  const token = config.hubspot.privateAppToken;
  if (token === undefined) return refuse(context, portal, 'private_token_missing');
  if (token === rejected) return refuse(context, portal, 'private_token_refused');
  const digest = digestOf(token);
  if (digest !== portal.privateTokenDigest) {
    if ((await ownerOf(context, portal, token)) !== portal._id) return refuse(context, portal, 'wrong_portal');
    await store.portals.trustPrivateToken({ portalId: portal._id, digest, now: now() });
  }
  return token;
}

async function ownerOf(context: Context, portal: Portal, token: string): Promise<number> {
  try {
    return (await accountOfToken(context.hubspot, token)).portalId;
  } catch (error) {
    if (isCoded(error, 'hubspot_token_rejected')) return refuse(context, portal, 'private_token_refused');
    throw error;
  }
}

async function refuse(context: Context, portal: Portal, cause: PortalCause): Promise<never> {
  await stopPortal(context, portal, cause);
  throw new CodedError('hubspot_token_revoked', 'There is no private app token that HubSpot accepts for this account.');
}
