// HubSpot's OAuth endpoints: authorize, token, introspect, revoke, uninstall. It keeps nothing and logs nothing; tokens live in the store.
import { z } from 'zod';
import { readReply } from './ask.ts';
import type { HubSpot } from './client.ts';
import { oauthError, type Refusal } from './oauth-errors.ts';
import type { PortalApi } from './portal.ts';
import type { Endpoint } from './versions.ts';

export interface AppCredentials {
  clientId: string;
  clientSecret: string;
}

export interface TokenReply {
  accessToken: string;
  refreshToken: string;
  expiresInSeconds: number;
  hubId?: number;
  userId?: number;
  scopes?: string[];
}

/** `null`: HubSpot says the token is not alive. */
export type TokenFacts = {
  hubId: number;
  hubDomain?: string;
  userId?: number;
  userEmail?: string;
  scopes: string[];
  expiresInSeconds?: number;
} | null;

/** The page that asks for consent; with `accountId` that account is preselected. */
export function authorizeUrl(options: {
  appUrl: string;
  clientId: string;
  redirectUri: string;
  scopes: readonly string[];
  optionalScopes?: readonly string[];
  state: string;
  accountId?: number;
}): string {
  const account = options.accountId === undefined ? '' : `/${options.accountId}`;
  const query = {
    client_id: options.clientId,
    redirect_uri: options.redirectUri,
    scope: options.scopes.join(' '),
    ...(options.optionalScopes?.length ? { optional_scope: options.optionalScopes.join(' ') } : {}),
    state: options.state,
  };
  // HubSpot's pages want %20 between scopes, not +.
  const encoded = Object.entries(query).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  return `${options.appUrl.replace(/\/$/, '')}/oauth${account}/authorize?${encoded.join('&')}`;
}

export function exchangeCode(
  hubspot: HubSpot,
  grant: AppCredentials & { redirectUri: string; code: string },
): Promise<TokenReply> {
  const form = { grant_type: 'authorization_code', redirect_uri: grant.redirectUri, code: grant.code };
  return requestTokens(hubspot, { credentials: grant, form, refused: 'oauth_state_invalid' });
}

/** HubSpot returns the same refresh token today; keep whichever comes back. */
export function refreshTokens(hubspot: HubSpot, grant: AppCredentials & { refreshToken: string }): Promise<TokenReply> {
  const form = { grant_type: 'refresh_token', refresh_token: grant.refreshToken };
  return requestTokens(hubspot, { credentials: grant, form, refused: 'hubspot_token_revoked' });
}

export async function introspectToken(
  hubspot: HubSpot,
  query: AppCredentials & { token: string; kind: TokenKind },
): Promise<TokenFacts> {
  const endpoint = hubspot.endpoint('oauthIntrospect');
  // Whether a dead token answers 200 {active:false} or 400 is not documented: both are read as "not alive".
  const answer = await sendForm(hubspot, endpoint, {
    ...credentialsForm(query),
    token: query.token,
    token_type_hint: query.kind,
  });
  if (answer.status >= 400) {
    const error = oauthError({ ...answer, route: endpoint.route, refused: 'hubspot_token_revoked' });
    if (error.code === 'hubspot_token_revoked') return null;
    throw error;
  }
  const facts = readReply({
    schema: introspectionSchema,
    body: answer.body,
    status: answer.status,
    route: endpoint.route,
  });
  if (!facts.active) return null;
  return {
    hubId: facts.hub_id,
    scopes: facts.scopes,
    ...(facts.hub_domain === undefined ? {} : { hubDomain: facts.hub_domain }),
    ...(facts.user_id === undefined ? {} : { userId: facts.user_id }),
    ...(facts.user ? { userEmail: facts.user } : {}),
    ...(facts.expires_in === undefined ? {} : { expiresInSeconds: facts.expires_in }),
  };
}

/** Kills the refresh token; live access tokens may last until they expire, and the app stays installed. Revoking a dead token is no failure. */
export async function revokeToken(
  hubspot: HubSpot,
  query: AppCredentials & { token: string; kind: TokenKind },
): Promise<void> {
  const endpoint = hubspot.endpoint('oauthRevoke');
  const answer = await sendForm(hubspot, endpoint, {
    ...credentialsForm(query),
    token: query.token,
    token_type_hint: query.kind,
  });
  if (answer.status < 400) return;
  const error = oauthError({ ...answer, route: endpoint.route, refused: 'hubspot_token_revoked' });
  if (error.code !== 'hubspot_token_revoked') throw error;
}

/** Removes the app from the account; its webhooks and cards go with it. */
export async function uninstallApp(portal: PortalApi): Promise<void> {
  await portal.call(portal.endpoint('uninstall'));
}

export type TokenKind = 'access_token' | 'refresh_token';

const tokenSchema = z.looseObject({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.number().positive(),
  hub_id: z.number().nullish(),
  user_id: z.number().nullish(),
  scopes: z.array(z.string()).nullish(),
});

const introspectionSchema = z.discriminatedUnion('active', [
  z.looseObject({ active: z.literal(false) }),
  z.looseObject({
    active: z.literal(true),
    hub_id: z.number(),
    hub_domain: z.string().optional(),
    user_id: z.number().optional(),
    user: z.string().nullish(),
    scopes: z.array(z.string()).default([]),
    expires_in: z.number().optional(),
  }),
]);

async function requestTokens(
  hubspot: HubSpot,
  request: { credentials: AppCredentials; form: Record<string, string>; refused: Refusal },
): Promise<TokenReply> {
  const endpoint = hubspot.endpoint('oauthToken');
  const answer = await sendForm(hubspot, endpoint, { ...request.form, ...credentialsForm(request.credentials) });
  if (answer.status >= 400) throw oauthError({ ...answer, route: endpoint.route, refused: request.refused });
  const reply = readReply({ schema: tokenSchema, body: answer.body, status: answer.status, route: endpoint.route });
  return {
    accessToken: reply.access_token,
    refreshToken: reply.refresh_token,
    expiresInSeconds: reply.expires_in,
    ...(typeof reply.hub_id === 'number' ? { hubId: reply.hub_id } : {}),
    ...(typeof reply.user_id === 'number' ? { userId: reply.user_id } : {}),
    ...(reply.scopes ? { scopes: reply.scopes } : {}),
  };
}

/** 400 and 401 carry OAuth's own words and are read here; the rest is thrown like any other answer. */
function sendForm(hubspot: HubSpot, endpoint: Endpoint, form: Record<string, string>): ReturnType<HubSpot['send']> {
  return hubspot.send({ ...endpoint, form, allow: [400, 401] });
}

function credentialsForm({ clientId, clientSecret }: AppCredentials): Record<string, string> {
  return { client_id: clientId, client_secret: clientSecret };
}
