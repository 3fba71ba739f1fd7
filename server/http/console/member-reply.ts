// Members, invitations and sign-in links in the words of the wire.
import type { z } from 'zod';
import type { invitationSchema, memberSchema, signInLinkSchema } from '../../contract/member.ts';
import type { Caller } from '../../flows/caller.ts';
import type { listMembers } from '../../flows/console/members.ts';
import type { MadeLink } from '../../flows/console/sign-in-links.ts';

type Listed = Awaited<ReturnType<typeof listMembers>>;

export function memberReply(member: Listed['members'][number], caller: Caller): z.infer<typeof memberSchema> {
  return {
    id: member._id,
    name: member.name,
    email: member.email,
    role: member.role,
    signs_in_by: member.login.startsWith('hubspot:') ? 'hubspot' : 'link',
    you: member._id === caller.person?.memberId,
    joined_at: member.createdAt.toISOString(),
    last_seen_at: member.lastSeenAt?.toISOString() ?? null,
  };
}

export function invitationReply(invitation: Listed['invitations'][number]): z.infer<typeof invitationSchema> {
  return {
    id: invitation._id,
    name: invitation.name,
    email: invitation.email,
    role: invitation.role ?? 'owner',
    created_at: invitation.createdAt.toISOString(),
    expires_at: invitation.expiresAt.toISOString(),
  };
}

export function signInLinkReply({ id, url, expiresAt }: MadeLink): z.infer<typeof signInLinkSchema> {
  return { id, url, expires_at: expiresAt.toISOString() };
}
