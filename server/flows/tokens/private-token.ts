// The static token of a private app: configured, never refreshed, and dead only when HubSpot says so.
import { CodedError } from '../../errors.ts';
import type { Portal } from '../../store/portals.ts';
import type { Context } from '../context.ts';
import { stopPortal } from './bury-chain.ts';

/** Throws `hubspot_token_revoked` when there is none, or HubSpot has just refused it. */
export async function privateToken(context: Context, portal: Portal, rejected: string | undefined): Promise<string> {
  const token = context.config.hubspot.privateAppToken;
  if (token !== undefined && token !== rejected) return token;
  await stopPortal(context, portal, token === undefined ? 'private_token_missing' : 'private_token_refused');
  throw new CodedError('hubspot_token_revoked', 'HubSpot does not accept the private app token. Set the current one.');
}
