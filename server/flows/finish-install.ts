// What happens when the browser comes back from HubSpot's consent page: the state is checked and used up, the code becomes
// tokens, the grant is checked, and the portal is joined to a workspace. A reinstall keeps links, mapping and queue.
import { missingScopes } from '../domain/scopes.ts';
import { CodedError, toCoded } from '../errors.ts';
import { exchangeCode, introspectToken } from '../hubspot/oauth.ts';
import { digestOf } from '../lib/ids.ts';
import type { Connection } from '../store/connections.ts';
import type { OauthState } from '../store/oauth-states.ts';
import type { Context } from './context.ts';
import { appCredentials, tokenAad } from './tokens/credentials.ts';
import { makeWorkspace } from './make-workspace.ts';
import { requestProvisioning } from './provision.ts';
import { cookieNameOf, redirectUriOf } from './start-install.ts';

export interface ConsentAnswer {
  code: string | undefined;
  state: string | undefined;
  /** HubSpot's error code when consent was not given. */
  error: string | undefined;
  cookieOf: (name: string) => string | undefined;
}

export interface Installed {
  connection: Connection;
  returnUrl: string | null;
  grant: Grant;
  /** The installation made the workspace. */
  isNewWorkspace: boolean;
}

/** What the browser brings back: which consent it was, and what HubSpot granted. Throws `oauth_state_invalid` or `oauth_denied`. */
export async function readConsent(
  context: Context,
  answer: ConsentAnswer,
): Promise<{ state: OauthState; grant: Grant }> {
  const state = await useState(context, answer);
  if (answer.error !== undefined) throw refusal(answer.error);
  if (!answer.code) throw new CodedError('oauth_state_invalid', 'HubSpot sent no code. Start the installation again.');
  return { state, grant: await redeem(context, answer.code) };
}

/** Throws `oauth_scope_missing` or an error of HubSpot's; then nothing is connected. */
export async function finishInstall(
  context: Context,
  { state, grant }: { state: OauthState; grant: Grant },
): Promise<Installed> {
  const missing = missingScopes(grant.scopes);
  if (missing.length > 0) {
    throw new CodedError(
      'oauth_scope_missing',
      'HubSpot did not grant everything the app needs. Nothing was connected.',
      {
        details: { scopes: missing },
      },
    );
  }
  await saveGrant(context, grant);
  const { workspaceId, isNewWorkspace } = await workspaceOf(context, state, grant);
  const workspace = await context.store.workspaces.find(workspaceId);
  const connection = await context.store.connections.connect({
    id: context.newId('connection'),
    workspaceId,
    portalId: grant.portalId,
    dialect: context.config.eventDialect,
    mode: workspace?.defaultMode,
    now: context.now(),
  });
  await resumeQueue(context, connection);
  context.log.info({ portalId: grant.portalId, workspaceId, connectionId: connection._id }, 'portal connected');
  return { connection, returnUrl: state.returnUrl, grant, isNewWorkspace };
}

/** Looks before it takes: a foreign browser must not use up the state of somebody else. */
async function useState({ store, now }: Context, { state, cookieOf }: ConsentAnswer): Promise<OauthState> {
  const invalid = (message: string) =>
    new CodedError('oauth_state_invalid', `${message} Start the installation again.`);
  if (!state) throw invalid('This page was opened without an installation in progress.');
  const hash = digestOf(state);
  const found =
    (await store.oauthStates.find({ hash, kind: 'authorization' })) ??
    (await store.oauthStates.find({ hash, kind: 'sign_in' }));
  if (!found) throw invalid('This installation was finished before, or is not known.');
  const nonce = cookieOf(cookieNameOf(state));
  if (nonce === undefined || digestOf(nonce) !== found.nonceHash) {
    throw invalid('This installation was started in another browser.');
  }
  const taken = await store.oauthStates.take({ hash, kind: found.kind });
  if (!taken) throw invalid('This installation was finished before.');
  if (taken.expiresAt.getTime() <= now()) throw invalid('This installation took longer than ten minutes.');
  return taken;
}

function refusal(error: string): CodedError {
  if (error === 'access_denied') {
    return new CodedError('oauth_denied', 'Access was not granted. Nothing was connected.');
  }
  return new CodedError('oauth_denied', 'HubSpot could not complete the consent. Nothing was connected.', {
    details: { error: error.replace(/[^\w.-]/g, '').slice(0, 64) },
  });
}

export interface Grant {
  portalId: number;
  hubDomain: string;
  userId: number | null;
  /** The address the user signs in to HubSpot with; null when HubSpot did not say. */
  userEmail: string | null;
  scopes: string[];
  accessToken: string;
  refreshToken: string;
  expiresInSeconds: number;
}

async function redeem(context: Context, code: string): Promise<Grant> {
  const { hubspot, config, log } = context;
  const app = appCredentials(config);
  const tokens = await exchangeCode(hubspot, { ...app, code, redirectUri: redirectUriOf(config) });
  const facts = await introspectToken(hubspot, { ...app, token: tokens.accessToken, kind: 'access_token' }).catch(
    (error: unknown) => {
      // The code is used up: go on with what the token reply says, unless it lacks what we must know.
      if (tokens.hubId === undefined || tokens.scopes === undefined) throw error;
      log.warn({ portalId: tokens.hubId, code: toCoded(error).code }, 'the new token could not be introspected');
      return null;
    },
  );
  const portalId = tokens.hubId ?? facts?.hubId;
  if (portalId === undefined)
    throw new CodedError('hubspot_malformed_reply', 'HubSpot did not say which account this is.');
  return {
    portalId,
    hubDomain: facts?.hubDomain ?? '',
    userId: tokens.userId ?? facts?.userId ?? null,
    userEmail: facts?.userEmail ?? null,
    scopes: tokens.scopes ?? facts?.scopes ?? [],
    accessToken: tokens.accessToken,
    refreshToken: tokens.refreshToken,
    expiresInSeconds: tokens.expiresInSeconds,
  };
}

async function saveGrant({ store, vault, config, now }: Context, grant: Grant): Promise<void> {
  const { portalId, hubDomain, userId, scopes } = grant;
  await store.portals.saveInstall({
    portalId,
    hubDomain,
    userId,
    scopes,
    accessToken: vault.seal(grant.accessToken, tokenAad(portalId, 'access')),
    refreshToken: vault.seal(grant.refreshToken, tokenAad(portalId, 'refresh')),
    expiresAt: now() + grant.expiresInSeconds * 1_000,
    storedBy: config.publicUrl,
    now: now(),
  });
}

/** That of the installation link. For a start in the marketplace: the workspace the portal already has, or a new one. */
async function workspaceOf(
  context: Context,
  state: OauthState,
  { portalId, hubDomain }: Grant,
): Promise<{ workspaceId: string; isNewWorkspace: boolean }> {
  if (state.workspaceId !== null) return { workspaceId: state.workspaceId, isNewWorkspace: false };
  const connections = await context.store.connections.listOfPortal(portalId);
  const known = connections.find(({ state }) => state !== 'disconnected') ?? connections[0];
  if (known) return { workspaceId: known.workspaceId, isNewWorkspace: false };
  const workspace = await makeWorkspace(context, hubDomain || `HubSpot ${portalId}`);
  return { workspaceId: workspace._id, isNewWorkspace: true };
}

/** What waited for somebody to sign in again is due now. */
export async function resumeQueue(
  context: Context,
  { workspaceId, portalId }: Pick<Connection, 'workspaceId' | 'portalId'>,
): Promise<void> {
  const { store, caches, now, nudge } = context;
  // A worker may have been quicker than the connection, and then prepared no event types for it.
  await requestProvisioning(context, portalId);
  caches.connections.delete(workspaceId);
  await store.deliveries.release({ filter: { portalId, state: 'blocked_auth' }, now: now() });
  await store.portals.wake({ portalIds: [portalId], at: now() });
  nudge();
}
