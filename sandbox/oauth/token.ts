/** POST /oauth/{version}/token: code exchange, refresh, and app-level tokens. */
import { ApiError } from '../http/api-error.ts';
import type { OpenCall, OpenRoute, Reply } from '../http/call.ts';
import { ok } from '../http/call.ts';
import type { AccessToken, App, RefreshToken } from '../state/oauth.ts';
import { oauthError } from './errors.ts';
import { clientOf, formOf, type Form } from './form.ts';
import { issueAccessToken, issueRefreshToken, recordInstall } from './grants.ts';

function tokenBody(now: number, access: AccessToken, refresh: RefreshToken | null) {
  return {
    token_type: 'bearer',
    ...(refresh === null ? {} : { refresh_token: refresh.token }),
    access_token: access.token,
    expires_in: Math.round(((access.expiresAt ?? now) - now) / 1000),
    ...(access.portalId === null ? {} : { hub_id: access.portalId, user_id: access.userId }),
    scopes: access.scopes,
    token_use: 'access_token',
    id_token: null,
  };
}

function exchangeCode(call: OpenCall, app: App, form: Form): Reply {
  const { context, now } = call;
  const code = context.state.codes.get(form('code'));
  if (code === undefined || code.used || code.clientId !== app.clientId) throw oauthError('BAD_AUTH_CODE');
  if (code.expiresAt <= now) throw oauthError('EXPIRED_AUTH_CODE');
  if (code.redirectUri !== form('redirect_uri')) throw oauthError('MISMATCH_REDIRECT_URI_AUTH_CODE');
  code.used = true;
  const grant = { appId: app.appId, portalId: code.portalId, userId: code.userId, scopes: code.scopes };
  recordInstall(context, grant);
  return ok(tokenBody(now, issueAccessToken(context, grant), issueRefreshToken(context, grant)));
}

function refresh(call: OpenCall, app: App, form: Form): Reply {
  const { context, now } = call;
  const held = context.state.refreshTokens.get(form('refresh_token'));
  if (held === undefined || held.revoked || held.appId !== app.appId) throw oauthError('BAD_REFRESH_TOKEN');
  const idleDays = context.state.switches.refreshTokenIdleDays;
  const unusedMs = call.now - (held.usedAt ?? held.issuedAt);
  if (idleDays !== null && unusedMs > idleDays * 24 * 3600_000) throw oauthError('BAD_REFRESH_TOKEN');
  held.usedAt = call.now;
  const grant = { appId: held.appId, portalId: held.portalId, userId: held.userId, scopes: held.scopes };
  const access = issueAccessToken(context, grant);
  if (context.state.switches.refreshTokens === 'keep') return ok(tokenBody(now, access, held));
  held.revoked = true;
  return ok(tokenBody(now, access, issueRefreshToken(context, grant)));
}

/** Acts for the app itself: no account, no refresh token. */
function clientCredentials(call: OpenCall, app: App, form: Form): Reply {
  const scopes = form('scope').split(/\s+/).filter(Boolean);
  if (scopes.length === 0) throw oauthError('BAD_SCOPE');
  const access = issueAccessToken(call.context, { appId: app.appId, portalId: null, userId: null, scopes });
  return ok(tokenBody(call.now, access, null));
}

function checkRate(call: OpenCall): void {
  const perSecond = call.context.state.switches.tokenCallsPerSecond;
  if (perSecond === null) return;
  const now = call.context.state.switches.rateClock === 'sandbox' ? call.now : call.context.monotonicNow();
  if (call.context.limiter.admitTokenCall(perSecond, now)) return;
  throw new ApiError(429, { status: 'error', message: 'You have reached your rate limit.' }, { 'Retry-After': '1' });
}

export const tokenRoute: OpenRoute = {
  method: 'post',
  path: '/oauth/token',
  run(call) {
    checkRate(call);
    const form = formOf(call);
    const app = clientOf(call, form);
    switch (form('grant_type')) {
      case 'authorization_code':
        return exchangeCode(call, app, form);
      case 'refresh_token':
        return refresh(call, app, form);
      case 'client_credentials':
        return clientCredentials(call, app, form);
      default:
        throw oauthError('BAD_GRANT_TYPE');
    }
  },
};
