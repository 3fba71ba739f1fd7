// Links that sign somebody in once: made here, used in use-sign-in-link.ts. A link leaves this file as text; only its hash is kept.
import type { NewInvitation } from '../../contract/member.ts';
import { roleScopes, type Role } from '../../contract/api-scopes.ts';
import { CodedError } from '../../errors.ts';
import { digestOf, randomCharacters } from '../../lib/ids.ts';
import type { SignInLink } from '../../store/sign-in-links.ts';
import { assertHandsOn, type Caller } from '../caller.ts';
import type { Context } from '../context.ts';
import { findMember } from './members.ts';
import { invitationMs, memberLinkMs, operatorLinkMs } from './session-life.ts';

export interface MadeLink {
  id: string;
  url: string;
  expiresAt: Date;
}

type Parts = Pick<Context, 'store' | 'config' | 'now' | 'newId'>;

export async function inviteMember(
  context: Context,
  caller: Caller,
  { role, name, email }: NewInvitation,
): Promise<MadeLink> {
  assertHandsOn(caller, roleScopes[role]);
  const { workspaceId } = caller;
  return makeLink(context, {
    workspaceId,
    kind: 'invitation',
    memberId: null,
    role,
    name,
    email: email ?? null,
    lifeMs: invitationMs,
  });
}

/** For a member who signs in by link and whose session has ended. It opens this workspace, whatever else the person may open. */
export async function makeMemberLink(context: Context, caller: Caller, memberId: string): Promise<MadeLink> {
  const { workspaceId } = caller;
  const member = await findMember(context, { workspaceId, memberId });
  // Whoever has the link acts as the member.
  assertHandsOn(caller, roleScopes[member.role]);
  const { name, email } = member;
  return makeLink(context, { workspaceId, kind: 'member', memberId, role: null, name, email, lifeMs: memberLinkMs });
}

interface OperatorLink {
  workspaceId: string;
  /** Null: as the member is, or owner for somebody new. */
  role: Role | null;
  email: string | null;
  /** A quarter of an hour when left out. */
  lifeMs?: number;
}

/** For who runs the server, from the command line. */
export async function makeOperatorLink(
  parts: Parts,
  { workspaceId, role, email, lifeMs = operatorLinkMs }: OperatorLink,
): Promise<MadeLink> {
  if (!(await parts.store.workspaces.find(workspaceId))) {
    throw new CodedError('not_found', `There is no workspace ${workspaceId}.`, { field: 'workspace' });
  }
  const name = email === null ? 'Operator' : (email.split('@')[0] ?? email);
  return makeLink(parts, { workspaceId, kind: 'operator', memberId: null, role, name, email, lifeMs });
}

export async function removeInvitation(context: Context, caller: Caller, id: string): Promise<void> {
  const key = { workspaceId: caller.workspaceId, id };
  const invitation = await context.store.signInLinks.findInvitation(key);
  if (!invitation) {
    throw new CodedError('not_found', `There is no open invitation ${id}.`, { field: 'invitation_id' });
  }
  assertHandsOn(caller, roleScopes[invitation.role ?? 'owner']);
  await context.store.signInLinks.removeInvitation(key);
}

type LinkFacts = Omit<SignInLink, '_id' | 'hash' | 'createdAt' | 'expiresAt'> & { lifeMs: number };

async function makeLink({ store, config, now, newId }: Parts, { lifeMs, ...facts }: LinkFacts): Promise<MadeLink> {
  const token = randomCharacters(40);
  const expiresAt = new Date(now() + lifeMs);
  const id = newId('signInLink');
  await store.signInLinks.save({ _id: id, hash: digestOf(token), ...facts, createdAt: new Date(now()), expiresAt });
  return { id, url: `${config.publicUrl}/console/sign-in/link/${token}`, expiresAt };
}
