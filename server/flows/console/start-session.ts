// Signs a member in: a new session, and what the cookie carries. The secret leaves this file only inside the sealed cookie.
import bowser from 'bowser';
import { digestOf, randomCharacters } from '../../lib/ids.ts';
import type { Member } from '../../store/members.ts';
import type { Session } from '../../store/sessions.ts';
import type { Context } from '../context.ts';
import { sessionLifeMs } from './session-life.ts';

export interface SessionCookie {
  value: string;
  /** Milliseconds since 1970. */
  endsAt: number;
}

interface NewSession {
  member: Member;
  via: Session['via'];
  userAgent: string | undefined;
}

export async function startSession(context: Context, { member, via, userAgent }: NewSession): Promise<SessionCookie> {
  const now = context.now();
  const secret = newSecret();
  const session: Session = {
    _id: context.newId('session'),
    memberId: member._id,
    workspaceId: member.workspaceId,
    login: member.login,
    via,
    device: deviceOf(userAgent),
    secretHash: digestOf(secret),
    previousHash: null,
    rotatedAt: new Date(now),
    createdAt: new Date(now),
    lastSeenAt: new Date(now),
    expiresAt: new Date(now + sessionLifeMs),
  };
  await context.store.sessions.create(session);
  await context.store.members.markSeen({ workspaceId: member.workspaceId, memberId: member._id, now });
  return sealCookie(context, session, secret);
}

export function newSecret(): string {
  return randomCharacters(32);
}

export async function sealCookie(
  { cookieSeal }: Pick<Context, 'cookieSeal'>,
  session: Pick<Session, '_id' | 'expiresAt'>,
  secret: string,
): Promise<SessionCookie> {
  return { value: await cookieSeal.seal({ id: session._id, secret }), endsAt: session.expiresAt.getTime() };
}

/** For the list of sessions: which of my devices is this. */
function deviceOf(userAgent: string | undefined): string {
  if (!userAgent) return 'Unknown device';
  const { browser, os } = bowser.parse(userAgent.slice(0, 512));
  return `${browser.name ?? 'Unknown browser'} on ${os.name ?? 'an unknown system'}`.slice(0, 100);
}
