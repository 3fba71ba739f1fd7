// A session in the words of the wire.
import type { z } from 'zod';
import type { sessionSchema } from '../../contract/session.ts';
import type { listOwnSessions } from '../../flows/console/own-sessions.ts';

type Session = Awaited<ReturnType<typeof listOwnSessions>>[number];

export function sessionReply(session: Session, currentId: string | undefined): z.infer<typeof sessionSchema> {
  return {
    id: session._id,
    current: session._id === currentId,
    device: session.device,
    signed_in_by: session.via,
    created_at: session.createdAt.toISOString(),
    last_seen_at: session.lastSeenAt.toISOString(),
    expires_at: session.expiresAt.toISOString(),
  };
}
