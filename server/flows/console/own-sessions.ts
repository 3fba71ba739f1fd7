// What a person does with their own sessions: see who is signed in, list, end, go to another workspace, sign out.
import type { ConsoleSession } from '../../contract/session.ts';
import { roleScopes } from '../../contract/api-scopes.ts';
import { CodedError } from '../../errors.ts';
import type { Member } from '../../store/members.ts';
import type { Session } from '../../store/sessions.ts';
import { personOf, type Caller, type Person } from '../caller.ts';
import type { Context } from '../context.ts';

export async function describeSession(context: Context, caller: Caller): Promise<ConsoleSession> {
  const person = personOf(caller);
  const memberships = await membershipsOf(context, caller);
  const workspaces = await Promise.all(
    memberships.map(async ({ workspaceId, role }) => {
      const workspace = await context.store.workspaces.find(workspaceId);
      return { id: workspaceId, name: workspace?.name ?? workspaceId, role };
    }),
  );
  workspaces.sort((a, b) => a.name.localeCompare(b.name));
  const here = workspaces.find(({ id }) => id === caller.workspaceId);
  return {
    user: { id: person.memberId, name: person.name, email: person.email, signed_in_by: person.via },
    role: person.role,
    scopes: [...roleScopes[person.role]],
    workspace: { id: caller.workspaceId, name: here?.name ?? caller.workspaceId },
    workspaces,
    expires_at: new Date(person.sessionEndsAt).toISOString(),
  };
}

/** A session by link opens its own workspace only: whoever made the link must not reach the other ones of the person. */
async function membershipsOf({ store }: Context, caller: Caller): Promise<Member[]> {
  const person = personOf(caller);
  if (person.via === 'hubspot') return store.members.listOfLogin(person.login);
  const member = await store.members.find({ workspaceId: caller.workspaceId, memberId: person.memberId });
  return member ? [member] : [];
}

/** Throws `not_found` for a workspace that the person is no member of. Returns who the person is there. */
export async function switchWorkspace(context: Context, caller: Caller, workspaceId: string): Promise<Caller> {
  const person = personOf(caller);
  const member = (await membershipsOf(context, caller)).find((one) => one.workspaceId === workspaceId);
  if (!member) {
    throw new CodedError('not_found', `You are no member of a workspace ${workspaceId}.`, { field: 'workspace_id' });
  }
  await context.store.sessions.move({ id: person.sessionId, memberId: member._id, workspaceId });
  context.live.closeSessions([person.sessionId]);
  const there: Person = { ...person, memberId: member._id, role: member.role, name: member.name, email: member.email };
  return {
    id: member._id,
    workspaceId,
    scopes: roleScopes[member.role],
    actor: { kind: 'member', id: member._id, name: member.name },
    person: there,
  };
}

/** The last used first. */
export async function listOwnSessions({ store }: Pick<Context, 'store'>, caller: Caller): Promise<Session[]> {
  const person = personOf(caller);
  const found =
    person.via === 'hubspot'
      ? await store.sessions.listOfLogin(person.login)
      : await store.sessions.listOfMember(person.memberId);
  return found.sort((a, b) => b.lastSeenAt.getTime() - a.lastSeenAt.getTime());
}

/** Throws `not_found`, in the same words for a session of somebody else. */
export async function endOwnSession(context: Context, caller: Caller, sessionId: string): Promise<number> {
  const own = await listOwnSessions(context, caller);
  if (!own.some(({ _id }) => _id === sessionId)) {
    throw new CodedError('not_found', `You have no session ${sessionId}.`, { field: 'session_id' });
  }
  return endSessions(context, [sessionId]);
}

export async function endOtherSessions(context: Context, caller: Caller): Promise<number> {
  const own = await listOwnSessions(context, caller);
  return endSessions(
    context,
    own.map(({ _id }) => _id).filter((id) => id !== personOf(caller).sessionId),
  );
}

export async function signOut(context: Context, caller: Caller): Promise<void> {
  await endSessions(context, [personOf(caller).sessionId]);
}

/** Their live streams end with them; in other processes within ten seconds. */
export async function endSessions({ store, live }: Context, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const ended = await store.sessions.end(ids);
  live.closeSessions(ids);
  return ended;
}
