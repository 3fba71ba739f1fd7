/** The authorize page and the decision made on it. A request HubSpot would refuse ends on an error page, never on a redirect. */
import type { SandboxContext } from '../context.ts';
import type { App } from '../state/oauth.ts';
import type { Portal } from '../state/portal.ts';
import type { ConsentView } from '../state/views.ts';
import { issueCode } from './grants.ts';

const QUERY_FIELDS = ['client_id', 'redirect_uri', 'scope', 'optional_scope', 'state'] as const;

export type Fields = (name: string) => string;

/** `dead-end`: an error page of HubSpot's. `denied`: HubSpot sends no request at all. */
export type Outcome =
  { kind: 'redirect'; url: string } | { kind: 'dead-end'; message: string } | { kind: 'denied'; message: string };

export type AuthorizePage = { kind: 'consent'; view: ConsentView } | { kind: 'dead-end'; message: string };

const words = (text: string): string[] => text.split(/\s+/).filter(Boolean);

type Asked = { app: App; redirectUri: string; scopes: string[]; optional: string[] };

/** Checks what the app asked for in the address. Returns the words of the error page when it cannot be granted. */
function readRequest(context: SandboxContext, fields: Fields): Asked | string {
  const app = [...context.state.apps.values()].find(({ clientId }) => clientId === fields('client_id'));
  if (app === undefined) return 'Authorization failed: we could not find an app with this client id.';
  if (!app.redirectUris.includes(fields('redirect_uri')))
    return 'Authorization failed: the redirect URL does not match the redirect URLs registered for this app.';
  const scopes = words(fields('scope'));
  const missing = app.requiredScopes.filter((scope) => !scopes.includes(scope));
  if (missing.length > 0)
    return `Authorization failed: one or more required scopes are missing from the address. Missing: ${missing.join(', ')}.`;
  if (!scopes.includes('oauth')) return 'Authorization failed: the scope oauth is required.';
  return { app, redirectUri: fields('redirect_uri'), scopes, optional: words(fields('optional_scope')) };
}

export function authorizePage(context: SandboxContext, fields: Fields, accountId: number | null): AuthorizePage {
  const asked = readRequest(context, fields);
  if (typeof asked === 'string') return { kind: 'dead-end', message: asked };
  const accounts = [...context.state.portals.values()].map(({ portalId, name, domain }) => ({
    portalId,
    name,
    domain,
    selected: portalId === accountId,
  }));
  if (accountId !== null && !accounts.some(({ selected }) => selected))
    return { kind: 'dead-end', message: `You have no access to account ${accountId}.` };
  const hiddenFields = Object.fromEntries(QUERY_FIELDS.map((name) => [name, fields(name)]));
  const view: ConsentView = {
    appName: asked.app.name,
    accounts,
    requiredScopes: asked.scopes,
    optionalScopes: asked.optional,
    hiddenFields,
    action: '/oauth/authorize/decision',
  };
  return { kind: 'consent', view };
}

function withQuery(address: string, query: Record<string, string>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(query)) if (value !== '') url.searchParams.set(name, value);
  return url.href;
}

function deny(context: SandboxContext, fields: Fields, redirectUri: string): Outcome {
  if (!context.state.switches.denyRedirects)
    return { kind: 'denied', message: 'The app was not connected. You can close this page.' };
  const url = withQuery(redirectUri, {
    error: 'access_denied',
    error_description: 'The user did not grant access',
    state: fields('state'),
  });
  return { kind: 'redirect', url };
}

/** Required scopes the account lacks dead-end; optional ones are dropped without a word. */
function grantedScopes(asked: Asked, portal: Portal): string[] | string {
  const lacking = asked.scopes.filter((scope) => portal.unavailableScopes.includes(scope));
  if (lacking.length > 0) return `This account's subscription does not include: ${lacking.join(', ')}.`;
  const optional = asked.optional.filter((scope) => !portal.unavailableScopes.includes(scope));
  return [...new Set([...asked.scopes, ...optional])];
}

export function decide(context: SandboxContext, fields: Fields): Outcome {
  const asked = readRequest(context, fields);
  if (typeof asked === 'string') return { kind: 'dead-end', message: asked };
  if (fields('decision') !== 'grant') return deny(context, fields, asked.redirectUri);
  const portal = context.state.portals.get(Number(fields('account')));
  if (portal === undefined) return { kind: 'dead-end', message: 'Choose an account to connect.' };
  const scopes = grantedScopes(asked, portal);
  if (typeof scopes === 'string') return { kind: 'dead-end', message: scopes };
  const code = issueCode(context, {
    app: asked.app,
    appId: asked.app.appId,
    portalId: portal.portalId,
    userId: portal.users[0]?.userId ?? 0,
    scopes,
    redirectUri: asked.redirectUri,
  });
  return { kind: 'redirect', url: withQuery(asked.redirectUri, { code, state: fields('state') }) };
}
