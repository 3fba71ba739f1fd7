// What happens when somebody opens a sign-in link and presses the button. Opening alone changes nothing: mail scanners open links too.
import { CodedError } from '../../errors.ts';
import { digestOf, randomCharacters } from '../../lib/ids.ts';
import type { Member } from '../../store/members.ts';
import type { SignInLink } from '../../store/sign-in-links.ts';
import type { Caller } from '../caller.ts';
import type { Context } from '../context.ts';
import { recordAudit } from './audit.ts';
import { startSession, type SessionCookie } from './start-session.ts';

/** What the page before the button says. */
export async function lookAtLink(context: Context, token: string): Promise<{ workspace: string; name: string }> {
  const link = checked(context, await context.store.signInLinks.find(digestOf(token)));
  const workspace = await context.store.workspaces.find(link.workspaceId);
  return { workspace: workspace?.name ?? link.workspaceId, name: link.name };
}

interface UseLink {
  token: string;
  /** Who is signed in already, in this browser. */
  caller: Caller | null;
  userAgent: string | undefined;
  requestId: string;
}

/** Throws `not_found` for a link that was used, has ended or never was. */
export async function useSignInLink(context: Context, use: UseLink): Promise<SessionCookie> {
  const link = checked(context, await context.store.signInLinks.take(digestOf(use.token)));
  const { member, isNew } = await memberOf(context, link, use.caller);
  const joined = use.caller?.person?.via === 'hubspot' && use.caller.person.login === member.login;
  const cookie = await startSession(context, {
    member,
    via: joined ? 'hubspot' : 'link',
    userAgent: use.userAgent,
  });
  await recordAudit(context, {
    workspaceId: member.workspaceId,
    actor: { kind: 'member', id: member._id, name: member.name },
    action: isNew ? 'member.join' : 'session.start',
    target: { kind: 'member', id: member._id },
    details: { by: link.kind, role: member.role },
    requestId: use.requestId,
  });
  return cookie;
}

function checked({ now }: Context, link: SignInLink | null): SignInLink {
  if (!link)
    throw new CodedError('not_found', 'This sign-in link was used before, or is not known. Ask for a new one.');
  if (link.expiresAt.getTime() <= now()) {
    throw new CodedError('not_found', 'This sign-in link has expired. Ask for a new one.');
  }
  return link;
}

async function memberOf(
  context: Context,
  link: SignInLink,
  caller: Caller | null,
): Promise<{ member: Member; isNew: boolean }> {
  const { store } = context;
  const { workspaceId, memberId } = link;
  if (link.kind === 'member') {
    const member = await store.members.find({ workspaceId, memberId: memberId ?? '' });
    if (!member) throw new CodedError('not_found', 'The member of this sign-in link was removed.');
    return { member, isNew: false };
  }
  if (link.kind === 'operator') {
    const known = await operatorMember(context, link);
    if (known) return { member: known, isNew: false };
    return join(context, link, link.email === null ? operatorLogin : newLogin());
  }
  // Somebody who is signed in by HubSpot joins as themselves, and finds the workspace at every sign-in from then on.
  const person = caller?.person;
  return join(context, link, person?.via === 'hubspot' ? person.login : newLogin(), person?.name);
}

/** The member that the command line means; its `--role` holds for who is there already, too. */
async function operatorMember({ store }: Context, { workspaceId, email, role }: SignInLink): Promise<Member | null> {
  const known =
    email === null
      ? await store.members.findByLogin({ workspaceId, login: operatorLogin })
      : await store.members.findByEmail({ workspaceId, email });
  if (!known || role === null || role === known.role) return known;
  return store.members.setRole({ workspaceId, memberId: known._id, role });
}

async function join(
  { store, newId, now }: Context,
  link: SignInLink,
  login: string,
  name: string = link.name,
): Promise<{ member: Member; isNew: boolean }> {
  const { workspaceId, email, role } = link;
  const member: Member = {
    _id: newId('member'),
    workspaceId,
    login,
    name,
    email,
    role: role ?? 'owner',
    createdAt: new Date(now()),
    lastSeenAt: null,
  };
  if (await store.members.insert(member)) return { member, isNew: true };
  const known = await store.members.findByLogin({ workspaceId, login });
  return { member: known ?? member, isNew: false };
}

const operatorLogin = 'link:operator';

function newLogin(): string {
  return `link:${randomCharacters(20)}`;
}
