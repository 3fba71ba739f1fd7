// The people that HubSpot tells us about: who installed becomes the owner of the workspace that this made, and signs in again
// by HubSpot later. An installation makes nobody a member of a workspace that was there before.
import { CodedError, toCoded } from '../../errors.ts';
import { revokeToken } from '../../hubspot/oauth.ts';
import type { Member } from '../../store/members.ts';
import type { Caller } from '../caller.ts';
import type { Context } from '../context.ts';
import type { Grant, Installed } from '../finish-install.ts';
import { appCredentials } from '../tokens/credentials.ts';
import { recordAudit } from './audit.ts';
import { startSession, type SessionCookie } from './start-session.ts';

interface Visit {
  /** Who is signed in already, in this browser. */
  caller: Caller | null;
  userAgent: string | undefined;
  requestId: string;
}

/** Null: the browser gets no new session. */
export async function welcomeInstaller(
  context: Context,
  { connection, grant, isNewWorkspace }: Installed,
  { caller, userAgent, requestId }: Visit,
): Promise<SessionCookie | null> {
  const { workspaceId } = connection;
  const here = caller?.workspaceId === workspaceId ? caller : null;
  const login = loginOf(grant);
  const target = { kind: 'connection', id: connection._id };
  const actor = here?.actor ?? { kind: 'hubspot_user' as const, id: login ?? 'unknown', name: nameOf(grant) };
  await recordAudit(context, { workspaceId, actor, action: 'connection.connect', target, requestId });
  if (login === null) return null;
  if (here) {
    await rememberLogin(context, here, login);
    return null;
  }
  const member = isNewWorkspace
    ? await makeOwner(context, { workspaceId, login, grant, requestId })
    : await context.store.members.findByLogin({ workspaceId, login });
  return member ? startSession(context, { member, via: 'hubspot', userAgent }) : null;
}

/** Throws `forbidden` for a HubSpot user who is a member of nothing here; then no trace of the consent is kept. */
export async function finishHubSpotSignIn(
  context: Context,
  grant: Grant,
  { userAgent, requestId }: Pick<Visit, 'userAgent' | 'requestId'>,
): Promise<SessionCookie> {
  const login = loginOf(grant);
  const memberships = login === null ? [] : await context.store.members.listOfLogin(login);
  const [member] = memberships.sort((a, b) => (b.lastSeenAt?.getTime() ?? 0) - (a.lastSeenAt?.getTime() ?? 0));
  await dropGrant(context, grant);
  if (!member) {
    throw new CodedError(
      'forbidden',
      `Your HubSpot user of account ${grant.portalId} is not a member of a workspace here. Ask an owner to invite you, or install the app first.`,
    );
  }
  const { workspaceId, _id: id, name } = member;
  await recordAudit(context, {
    workspaceId,
    actor: { kind: 'member', id, name },
    action: 'session.start',
    target: { kind: 'member', id },
    details: { by: 'hubspot' },
    requestId,
  });
  return startSession(context, { member, via: 'hubspot', userAgent });
}

/** HubSpot's ids, so that nobody can be named like somebody else. */
function loginOf({ portalId, userId }: Grant): string | null {
  return userId === null ? null : `hubspot:${portalId}:${userId}`;
}

function nameOf({ userEmail, userId }: Grant): string {
  return userEmail ?? (userId === null ? 'HubSpot user' : `HubSpot user ${userId}`);
}

async function makeOwner(
  context: Context,
  { workspaceId, login, grant, requestId }: { workspaceId: string; login: string; grant: Grant; requestId: string },
): Promise<Member> {
  const { store, newId, now } = context;
  const member: Member = {
    _id: newId('member'),
    workspaceId,
    login,
    name: nameOf(grant),
    email: grant.userEmail,
    role: 'owner',
    createdAt: new Date(now()),
    lastSeenAt: null,
  };
  await store.members.insert(member);
  await recordAudit(context, {
    workspaceId,
    actor: { kind: 'member', id: member._id, name: member.name },
    action: 'workspace.create',
    target: { kind: 'workspace', id: workspaceId },
    requestId,
  });
  return member;
}

/** Somebody who came by link and connects HubSpot in the same browser may sign in by HubSpot from now on. */
async function rememberLogin({ store }: Context, { workspaceId, person }: Caller, login: string): Promise<void> {
  if (person === null || person.login.startsWith('hubspot:')) return;
  if (await store.members.findByLogin({ workspaceId, login })) return;
  await store.members.setLogin({ workspaceId, memberId: person.memberId, login });
}

/** A consent for signing in must not leave tokens of an account that nobody connected. Those of a connected one stay as they are. */
async function dropGrant({ store, hubspot, config, log }: Context, grant: Grant): Promise<void> {
  const portal = await store.portals.find(grant.portalId);
  if (portal && portal.state !== 'uninstalled') return;
  const app = appCredentials(config);
  await revokeToken(hubspot, { ...app, token: grant.refreshToken, kind: 'refresh_token' }).catch((error: unknown) => {
    log.warn({ portalId: grant.portalId, code: toCoded(error).code }, 'the token of a sign-in could not be revoked');
  });
}
