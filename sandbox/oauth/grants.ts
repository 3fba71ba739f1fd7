/** Gives out and takes away codes and tokens. Several access tokens of one install live side by side. */
import type { SandboxContext } from '../context.ts';
import type { AccessToken, App, AuthorizationCode, Install, RefreshToken } from '../state/oauth.ts';

export type Grant = { appId: number; portalId: number; userId: number; scopes: string[] };

export function issueCode(context: SandboxContext, grant: Grant & { app: App; redirectUri: string }): string {
  const now = context.now();
  const code: AuthorizationCode = {
    code: `na1-${context.randomBytes(16).toString('hex')}`,
    clientId: grant.app.clientId,
    redirectUri: grant.redirectUri,
    portalId: grant.portalId,
    userId: grant.userId,
    scopes: grant.scopes,
    expiresAt: now + context.state.switches.authorizationCodeSeconds * 1000,
    used: false,
  };
  context.state.codes.set(code.code, code);
  return code.code;
}

export function issueAccessToken(
  context: SandboxContext,
  owner: { appId: number; portalId: number | null; userId: number | null; scopes: string[] },
): AccessToken {
  const now = context.now();
  const token: AccessToken = {
    // Over 300 characters, as HubSpot says to expect.
    token: `CJ${context.randomBytes(240).toString('base64url')}`,
    ...owner,
    issuedAt: now,
    expiresAt: now + context.state.switches.accessTokenSeconds * 1000,
    revoked: false,
  };
  context.state.accessTokens.set(token.token, token);
  return token;
}

export function issueRefreshToken(context: SandboxContext, grant: Grant): RefreshToken {
  const bytes = context.randomBytes(16).toString('hex');
  const token: RefreshToken = {
    token: `na1-${bytes.slice(0, 4)}-${bytes.slice(4, 8)}-${bytes.slice(8)}`,
    appId: grant.appId,
    portalId: grant.portalId,
    userId: grant.userId,
    scopes: grant.scopes,
    issuedAt: context.now(),
    revoked: false,
  };
  context.state.refreshTokens.set(token.token, token);
  return token;
}

export function recordInstall(context: SandboxContext, grant: Grant): Install {
  const install: Install = { ...grant, installedAt: context.now(), uninstalledAt: null, uninstalledBy: null };
  context.state.installs.set(`${grant.appId}/${grant.portalId}`, install);
  return install;
}

/** After an uninstall every token of the app in that account is dead. False: it was not installed. */
export function uninstall(
  context: SandboxContext,
  target: { appId: number; portalId: number; by: 'app' | 'user' },
): boolean {
  const { appId, portalId, by } = target;
  for (const tokens of [context.state.accessTokens, context.state.refreshTokens]) {
    for (const token of tokens.values()) {
      if (token.appId === appId && token.portalId === portalId) token.revoked = true;
    }
  }
  const install = context.state.installs.get(`${appId}/${portalId}`);
  if (install === undefined || install.uninstalledAt !== null) return false;
  install.uninstalledAt = context.now();
  install.uninstalledBy = by;
  return true;
}

/** Every token of the app in that account may do this from now on. False: it is not installed. */
export function changeScopes(
  context: SandboxContext,
  { appId, portalId, scopes }: { appId: number; portalId: number; scopes: string[] },
): boolean {
  const install = context.state.installs.get(`${appId}/${portalId}`);
  if (install === undefined || install.uninstalledAt !== null) return false;
  const { accessTokens, refreshTokens } = context.state;
  for (const token of [install, ...accessTokens.values(), ...refreshTokens.values()]) {
    if (token.appId === appId && token.portalId === portalId) token.scopes = [...scopes];
  }
  return true;
}
