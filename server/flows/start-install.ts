// The way to HubSpot's consent page. An installation starts from a link that belongs to a workspace, or in the marketplace,
// where nobody knows the workspace yet. The state that travels is single use, ends in ten minutes and belongs to one browser.
import { randomBytes } from 'node:crypto';
import { optionalScopeNames, requiredScopeNames } from '../domain/scopes.ts';
import { CodedError } from '../errors.ts';
import { authorizeUrl } from '../hubspot/oauth.ts';
import { digestOf } from '../lib/ids.ts';
import type { Context } from './context.ts';
import { appCredentials } from './tokens/credentials.ts';

/** Long enough to send it to the person who may install apps. Opening it twice is harmless: mail scanners do. */
export const installLinkTtlMs = 3_600_000;
export const authorizationTtlMs = 600_000;

export interface InstallLink {
  url: string;
  expiresAt: Date;
}

export async function makeInstallLink(context: Context, workspaceId: string): Promise<InstallLink> {
  if (!context.config.hubspot.clientId && context.config.hubspot.privateAppToken) {
    throw new CodedError(
      'conflict',
      'This server connects one account by its private app token: POST /v1/connections/private-app.',
    );
  }
  const token = randomToken();
  const expiresAt = new Date(context.now() + installLinkTtlMs);
  await context.store.oauthStates.save({
    _id: digestOf(token),
    kind: 'install_link',
    workspaceId,
    nonceHash: null,
    returnUrl: null,
    expiresAt,
  });
  return { url: `${context.config.publicUrl}/oauth/install/${token}`, expiresAt };
}

export interface StartedInstall {
  /** HubSpot's consent page. */
  redirectTo: string;
  /** The browser keeps this cookie; the callback must bring it back. */
  cookie: { name: string; value: string; maxAgeMs: number };
}

/** Throws `oauth_state_invalid` for a link that is not known or has ended. */
export async function startInstall(context: Context, token: string): Promise<StartedInstall> {
  const link = await context.store.oauthStates.find({ hash: digestOf(token), kind: 'install_link' });
  if (!link) throw new CodedError('oauth_state_invalid', 'This installation link is not known. Ask for a new one.');
  if (link.expiresAt.getTime() <= context.now()) {
    throw new CodedError('oauth_state_invalid', 'This installation link has expired. Ask for a new one.');
  }
  return askConsent(context, { workspaceId: link.workspaceId, returnUrl: null });
}

/** `returnUrl` must have been checked by `safeReturnUrl`. */
export function startMarketplaceInstall(context: Context, returnUrl: string | null): Promise<StartedInstall> {
  return askConsent(context, { workspaceId: null, returnUrl });
}

/** For somebody who only wants to sign in to the console: the same page of HubSpot's, which asks for the same rights. */
export function startHubSpotSignIn(context: Context): Promise<StartedInstall> {
  return askConsent(context, { workspaceId: null, returnUrl: null }, 'sign_in');
}

async function askConsent(
  context: Context,
  bound: { workspaceId: string | null; returnUrl: string | null },
  kind: 'authorization' | 'sign_in' = 'authorization',
): Promise<StartedInstall> {
  const { config, store, now } = context;
  const { clientId } = appCredentials(config);
  const [state, nonce] = [randomToken(), randomToken()];
  await store.oauthStates.save({
    _id: digestOf(state),
    kind,
    ...bound,
    nonceHash: digestOf(nonce),
    expiresAt: new Date(now() + authorizationTtlMs),
  });
  const redirectTo = authorizeUrl({
    appUrl: config.hubspot.appUrl,
    clientId,
    redirectUri: redirectUriOf(config),
    scopes: requiredScopeNames,
    optionalScopes: optionalScopeNames,
    state,
  });
  return { redirectTo, cookie: { name: cookieNameOf(state), value: nonce, maxAgeMs: authorizationTtlMs } };
}

/** One cookie per state, so that two tabs do not take each other's. */
export function cookieNameOf(state: string): string {
  return `elido_oauth_${digestOf('cookie', state).slice(0, 16)}`;
}

/** Registered with HubSpot to the letter. */
export function redirectUriOf({ publicUrl }: Pick<Context['config'], 'publicUrl'>): string {
  return `${publicUrl}/oauth/callback`;
}

function randomToken(): string {
  return randomBytes(24).toString('base64url');
}
