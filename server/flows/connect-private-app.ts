// One account without OAuth: its private app token is configured, HubSpot says which account it is, and a workspace is joined to it.
import { toCoded, CodedError } from '../errors.ts';
import { accountOfToken } from '../hubspot/account.ts';
import { digestOf } from '../lib/ids.ts';
import type { Context } from './context.ts';
import { resumeQueue } from './finish-install.ts';
import { readConnection, type ConnectionView } from './list-connections.ts';

/** Throws `conflict` when no token is configured or the account is connected by OAuth, `hubspot_token_revoked` when HubSpot refuses it. */
export async function connectPrivateApp(context: Context, workspaceId: string): Promise<ConnectionView> {
  const { store, config, now } = context;
  const token = config.hubspot.privateAppToken;
  if (token === undefined) {
    throw new CodedError('conflict', 'Set HUBSPOT_PRIVATE_APP_TOKEN first, or connect with an installation link.');
  }
  const { portalId, uiDomain } = await askAccount(context, token);
  const known = await store.portals.find(portalId);
  if (known?.state === 'connected' && known.auth !== 'private_app') {
    throw new CodedError('conflict', 'This account is connected by OAuth. Disconnect it first.');
  }
  if (known?.state !== 'connected') {
    await store.portals.saveInstall({
      portalId,
      hubDomain: uiDomain ?? `HubSpot ${portalId}`,
      auth: 'private_app',
      privateTokenDigest: digestOf(token),
      accessToken: '',
      refreshToken: '',
      expiresAt: now(),
      scopes: [],
      userId: null,
      storedBy: config.publicUrl,
      now: now(),
    });
  }
  // App events and timeline templates belong to apps that are installed by OAuth.
  const fresh = { id: context.newId('connection'), workspaceId, portalId, dialect: 'notes' as const, now: now() };
  const connection = await store.connections.connect(fresh);
  await resumeQueue(context, connection);
  context.log.info({ portalId, workspaceId, connectionId: connection._id }, 'portal connected by a private app token');
  return readConnection(context, { workspaceId, connectionId: connection._id });
}

/** The account of the configured token, in words when HubSpot refuses it. */
export async function askAccount({ hubspot }: Context, token: string): ReturnType<typeof accountOfToken> {
  try {
    return await accountOfToken(hubspot, token);
  } catch (error) {
    const failure = toCoded(error);
    if (failure.code !== 'hubspot_token_rejected') throw failure;
    throw new CodedError(
      'hubspot_token_revoked',
      'HubSpot refuses the token of HUBSPOT_PRIVATE_APP_TOKEN. Set the current one.',
    );
  }
}
