// Who is behind a cookie: the session it names, proven by its secret, and the member as they are now. Roles are read with each
// request, so that a change or a removal takes effect at once.
import { z } from 'zod';
import { roleScopes } from '../../contract/api-scopes.ts';
import { CodedError } from '../../errors.ts';
import { digestOf } from '../../lib/ids.ts';
import type { Member } from '../../store/members.ts';
import type { Session } from '../../store/sessions.ts';
import type { Caller } from '../caller.ts';
import type { Context } from '../context.ts';
import { rotateAgainMs, rotateEveryMs, rotationGraceMs, seenStepMs, sessionIdleMs } from './session-life.ts';
import { newSecret, sealCookie, type SessionCookie } from './start-session.ts';

const cookieSchema = z.object({ id: z.string().max(64), secret: z.string().max(64) });

export interface ReadSession {
  caller: Caller;
  /** To be set in the reply: the secret was changed. */
  newCookie: SessionCookie | null;
}

/** Throws `unauthorized` when there is no such session any more. */
export async function readSession(context: Context, sealed: string): Promise<ReadSession> {
  const cookie = cookieSchema.safeParse(await context.cookieSeal.open(sealed));
  const session = cookie.success ? await context.store.sessions.find(cookie.data.id) : null;
  if (!cookie.success || !session || !isAlive(context, session)) throw ended();
  const presented = digestOf(cookie.data.secret);
  const isCurrent = presented === session.secretHash;
  const sinceRotationMs = context.now() - session.rotatedAt.getTime();
  if (!isCurrent && (presented !== session.previousHash || sinceRotationMs > rotationGraceMs)) throw ended();
  const member = await context.store.members.find({ workspaceId: session.workspaceId, memberId: session.memberId });
  if (!member) throw ended();
  noteUse(context, session, member);
  const due = sinceRotationMs > (isCurrent ? rotateEveryMs : rotateAgainMs);
  return { caller: callerOf(session, member), newCookie: due ? await rotate(context, session, presented) : null };
}

/** Whether a stream that was opened with a session may go on. */
export async function isSessionAlive(context: Context, sessionId: string): Promise<boolean> {
  const session = await context.store.sessions.find(sessionId);
  return session !== null && isAlive(context, session);
}

function isAlive({ now }: Pick<Context, 'now'>, session: Session): boolean {
  return now() < session.expiresAt.getTime() && now() - session.lastSeenAt.getTime() < sessionIdleMs;
}

function ended(): CodedError {
  return new CodedError('unauthorized', 'Your session has ended. Sign in again.');
}

function callerOf(session: Session, member: Member): Caller {
  return {
    id: member._id,
    workspaceId: member.workspaceId,
    scopes: roleScopes[member.role],
    actor: { kind: 'member', id: member._id, name: member.name },
    person: {
      sessionId: session._id,
      memberId: member._id,
      login: session.login,
      via: session.via,
      role: member.role,
      name: member.name,
      email: member.email,
      sessionEndsAt: session.expiresAt.getTime(),
    },
  };
}

/** Null when another request was quicker: its reply brings the cookie. */
async function rotate(context: Context, session: Session, presented: string): Promise<SessionCookie | null> {
  const secret = newSecret();
  const rotated = await context.store.sessions.rotate({
    id: session._id,
    current: session.secretHash,
    presented,
    next: digestOf(secret),
    now: context.now(),
  });
  return rotated ? sealCookie(context, session, secret) : null;
}

/** Not awaited: no request waits for its own bookkeeping. */
function noteUse({ store, now, log }: Context, session: Session, member: Member): void {
  if (now() - session.lastSeenAt.getTime() < seenStepMs) return;
  const seen = [
    store.sessions.touch({ id: session._id, now: now() }),
    store.members.markSeen({ workspaceId: member.workspaceId, memberId: member._id, now: now() }),
  ];
  Promise.all(seen).catch((error: unknown) => {
    log.debug({ sessionId: session._id, err: error }, 'the last use of a session could not be noted');
  });
}
