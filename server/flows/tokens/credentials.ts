// What the token endpoints are shown: the app's own credentials, and how a portal's tokens are sealed.
import { CodedError } from '../../errors.ts';
import type { Context } from '../context.ts';

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
