/** Who is calling: the bearer token, whether it is alive, and whether it may make this call. */
import type { SandboxContext } from '../context.ts';
import { apiError } from '../http/api-error.ts';
import type { ScopeRule } from '../http/call.ts';
import type { AccessToken } from '../state/oauth.ts';
import type { Portal } from '../state/portal.ts';

export function bearerOf(header: string | string[] | undefined): string | null {
  const match = typeof header === 'string' ? /^Bearer\s+(\S+)$/i.exec(header) : null;
  return match?.[1] ?? null;
}

function noCredentials() {
  return apiError(401, {
    message:
      'Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview',
    category: 'INVALID_AUTHENTICATION',
  });
}

/** The live token behind the header, or the true 401. */
export function authenticate(
  context: SandboxContext,
  header: string | string[] | undefined,
  now: number,
): { token: AccessToken; portal: Portal | null } {
  const token = context.state.accessTokens.get(bearerOf(header) ?? '');
  if (token === undefined || token.revoked) throw noCredentials();
  if (token.expiresAt !== null && token.expiresAt <= now) {
    throw apiError(401, {
      message: `The OAuth token used to make this call expired ${Math.floor((now - token.expiresAt) / 1000)} second(s) ago.`,
      category: 'EXPIRED_AUTHENTICATION',
      context: { 'expire time': [new Date(token.expiresAt).toISOString()] },
    });
  }
  if (token.portalId === null) return { token, portal: null };
  const portal = context.state.portals.get(token.portalId);
  if (portal === undefined) throw noCredentials();
  return { token, portal };
}

/** An account's call needs an account's token: one of client_credentials is no credential here. */
export function authenticatePortal(
  context: SandboxContext,
  header: string | string[] | undefined,
  now: number,
): { token: AccessToken; portal: Portal } {
  const { token, portal } = authenticate(context, header, now);
  if (portal === null) throw noCredentials();
  return { token, portal };
}

const SCOPES_PAGE = 'https://developers.hubspot.com/scopes';

/** Two shapes of the same refusal: schema endpoints word it differently from object endpoints. */
export function requireScope(token: AccessToken, rule: ScopeRule): void {
  if (rule.anyOf.some((scope) => token.scopes.includes(scope))) return;
  const required = [...rule.anyOf];
  if (rule.shape === 'schemas') {
    throw apiError(403, {
      message: 'One or more of the following scopes are required.',
      context: { requiredGranularScopes: required, links: [SCOPES_PAGE] },
      category: 'MISSING_SCOPES',
    });
  }
  throw apiError(403, {
    message: `This app hasn't been granted all required scopes to make this call. Read more about required scopes here: ${SCOPES_PAGE}.`,
    errors: [
      {
        message: 'One or more of the following scopes are required.',
        context: { requiredGranularScopes: required },
      },
    ],
    links: { scopes: SCOPES_PAGE },
    category: 'MISSING_SCOPES',
  });
}
