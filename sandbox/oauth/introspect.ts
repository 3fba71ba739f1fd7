/** What a token is: the current introspection call, and the legacy v1 look-ups that put the token in the path. */
import type { SandboxContext } from '../context.ts';
import { apiError } from '../http/api-error.ts';
import { ok, type OpenRoute } from '../http/call.ts';
import type { ApiVersion } from '../http/api-paths.ts';
import type { AccessToken, RefreshToken } from '../state/oauth.ts';
import { clientOf, formOf } from './form.ts';

export const currentVersions = ['v3', '2026-03', '2026-09-beta', '2026-09'] as const satisfies readonly ApiVersion[];

function ownerOf(context: SandboxContext, token: AccessToken | RefreshToken) {
  const portal = token.portalId === null ? undefined : context.state.portals.get(token.portalId);
  const user = portal?.users.find(({ userId }) => userId === token.userId) ?? portal?.users[0];
  return {
    hub_id: token.portalId,
    hub_domain: portal?.domain ?? null,
    user_id: token.userId,
    user: user?.email ?? null,
    scopes: token.scopes,
  };
}

const secondsLeft = (token: AccessToken, now: number): number =>
  token.expiresAt === null ? 0 : Math.max(0, Math.round((token.expiresAt - now) / 1000));

function describeAccessToken(context: SandboxContext, token: AccessToken, now: number) {
  const app = context.state.apps.get(token.appId);
  return {
    token_use: 'access_token',
    active: true,
    token: token.token,
    token_type: 'access',
    ...ownerOf(context, token),
    app_id: token.appId,
    client_id: app?.clientId ?? null,
    expires_in: secondsLeft(token, now),
    is_private_distribution: false,
    signed_access_token: {
      hubId: token.portalId,
      appId: token.appId,
      userId: token.userId,
      installingUserId: token.userId,
      expiresAt: token.expiresAt,
      scopes: token.scopes.join(' '),
      hublet: 'na1',
      isUserLevel: false,
      isServiceAccount: false,
      isPrivateDistribution: false,
      appInstallId: `${token.appId}-${token.portalId ?? 'app'}`,
    },
  };
}

export const introspectRoute: OpenRoute = {
  method: 'post',
  path: '/oauth/token/introspect',
  versions: currentVersions,
  run(call) {
    const form = formOf(call);
    const app = clientOf(call, form);
    const { accessTokens, refreshTokens } = call.context.state;
    const access = accessTokens.get(form('token'));
    const alive = access !== undefined && !access.revoked && (access.expiresAt ?? Infinity) > call.now;
    if (alive && access.appId === app.appId) return ok(describeAccessToken(call.context, access, call.now));
    const refresh = refreshTokens.get(form('token'));
    if (refresh === undefined || refresh.revoked || refresh.appId !== app.appId) return ok({ active: false });
    return ok({
      token_use: 'refresh_token',
      active: true,
      token: refresh.token,
      token_type: 'refresh',
      ...ownerOf(call.context, refresh),
      app_id: refresh.appId,
      client_id: app.clientId,
    });
  },
};

const unknownToken = (kind: string) => apiError(404, { message: `${kind} token is invalid, expired or revoked` });

export const legacyAccessTokenRoute: OpenRoute = {
  method: 'get',
  path: '/oauth/access-tokens/:token',
  versions: ['v1'],
  run({ context, params, now }) {
    const token = context.state.accessTokens.get(params['token'] ?? '');
    if (token === undefined || token.revoked || (token.expiresAt ?? Infinity) <= now) throw unknownToken('access');
    return ok({
      token: token.token,
      ...ownerOf(context, token),
      app_id: token.appId,
      expires_in: secondsLeft(token, now),
      token_type: 'access',
    });
  },
};

export const legacyRefreshTokenRoute: OpenRoute = {
  method: 'get',
  path: '/oauth/refresh-tokens/:token',
  versions: ['v1'],
  run({ context, params }) {
    const token = context.state.refreshTokens.get(params['token'] ?? '');
    if (token === undefined || token.revoked) throw unknownToken('refresh');
    const clientId = context.state.apps.get(token.appId)?.clientId;
    return ok({ token: token.token, ...ownerOf(context, token), client_id: clientId, token_type: 'refresh' });
  },
};
