// The people of a workspace: list, change a role, remove. There is always an owner, and only owners touch owners.
import { roleScopes, type Role } from '../../contract/api-scopes.ts';
import { CodedError } from '../../errors.ts';
import type { Member } from '../../store/members.ts';
import type { SignInLink } from '../../store/sign-in-links.ts';
import { assertHandsOn, type Caller } from '../caller.ts';
import type { Context } from '../context.ts';
import { endSessions } from './own-sessions.ts';

interface MemberKey {
  workspaceId: string;
  memberId: string;
}

export async function listMembers(
  { store, now }: Context,
  workspaceId: string,
): Promise<{ members: Member[]; invitations: SignInLink[] }> {
  const [members, invitations] = await Promise.all([
    store.members.listOfWorkspace(workspaceId),
    store.signInLinks.listInvitations(workspaceId),
  ]);
  members.sort((a, b) => (a._id < b._id ? -1 : 1));
  return { members, invitations: invitations.filter(({ expiresAt }) => expiresAt.getTime() > now()) };
}

/** Throws `not_found`, in the same words for a member of another workspace. */
export async function findMember({ store }: Pick<Context, 'store'>, key: MemberKey): Promise<Member> {
  const member = await store.members.find(key);
  if (member) return member;
  throw new CodedError('not_found', `This workspace has no member ${key.memberId}.`, { field: 'member_id' });
}

/** What the sessions of the member may do changes with the next request. */
export async function changeRole(context: Context, caller: Caller, memberId: string, role: Role): Promise<Member> {
  const key = { workspaceId: caller.workspaceId, memberId };
  const member = await findMember(context, key);
  assertHandsOn(caller, roleScopes[member.role]);
  assertHandsOn(caller, roleScopes[role]);
  const changed = await context.store.members.setRole({ ...key, role });
  if (member.role === 'owner' && role !== 'owner') await keepAnOwner(context, member);
  await context.store.signInLinks.removeOfMember(key);
  await context.store.sessions.rotateSoon(memberId);
  return changed ?? member;
}

/** Their sessions, streams and links end at once. */
export async function removeMember(context: Context, caller: Caller, memberId: string): Promise<void> {
  const key = { workspaceId: caller.workspaceId, memberId };
  const member = await findMember(context, key);
  assertHandsOn(caller, roleScopes[member.role]);
  if (member.role === 'owner') {
    await context.store.members.setRole({ ...key, role: 'viewer' });
    await keepAnOwner(context, member);
  }
  await context.store.members.remove(key);
  await context.store.signInLinks.removeOfMember(key);
  const sessions = await context.store.sessions.listOfMember(memberId);
  await endSessions(
    context,
    sessions.map(({ _id }) => _id),
  );
}

/** Looks after the change and takes it back: of two owners who step down at the same moment, at least one is refused. */
async function keepAnOwner({ store }: Context, { workspaceId, _id: memberId }: Member): Promise<void> {
  const members = await store.members.listOfWorkspace(workspaceId);
  if (members.some(({ role }) => role === 'owner')) return;
  await store.members.setRole({ workspaceId, memberId, role: 'owner' });
  throw new CodedError('conflict', 'This is the last owner. Make somebody else an owner first.', { field: 'role' });
}
