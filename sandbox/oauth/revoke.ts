/** Ends access: revoking a refresh token (the app stays installed) and uninstalling the app. */
import { noContent, ok, type OpenCall, type OpenRoute, type PortalRoute } from '../http/call.ts';
import { apiError } from '../http/api-error.ts';
import type { RefreshToken } from '../state/oauth.ts';
import { clientOf, formOf } from './form.ts';
import { uninstall } from './grants.ts';
import { currentVersions } from './introspect.ts';

/** Live access tokens outlive their refresh token, unless the switch says otherwise. */
function revoke(call: OpenCall, token: RefreshToken): void {
  token.revoked = true;
  const { switches, accessTokens } = call.context.state;
  if (!switches.revokeKillsAccessTokens) return;
  for (const access of accessTokens.values()) {
    if (access.appId === token.appId && access.portalId === token.portalId) access.revoked = true;
  }
}

export const revokeRoute: OpenRoute = {
  method: 'post',
  path: '/oauth/token/revoke',
  versions: currentVersions,
  run(call) {
    const form = formOf(call);
    const app = clientOf(call, form);
    const token = call.context.state.refreshTokens.get(form('token'));
    if (token !== undefined && token.appId === app.appId) revoke(call, token);
    return ok({});
  },
};

export const legacyRevokeRoute: OpenRoute = {
  method: 'delete',
  path: '/oauth/refresh-tokens/:token',
  versions: ['v1'],
  run(call) {
    const token = call.context.state.refreshTokens.get(call.params['token'] ?? '');
    if (token === undefined) throw apiError(404, { message: 'refresh token is invalid, expired or revoked' });
    revoke(call, token);
    return noContent;
  },
};

export const uninstallRoute: PortalRoute = {
  method: 'delete',
  path: '/appinstalls/external-install',
  scopes: () => ({ anyOf: ['oauth'], shape: 'objects' }),
  run({ context, token, portal }) {
    uninstall(context, { appId: token.appId, portalId: portal.portalId, by: 'app' });
    return noContent;
  },
};
