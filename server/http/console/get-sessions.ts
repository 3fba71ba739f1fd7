// GET /v1/sessions: where the person who asks is signed in.
import type { RequestHandler } from 'express';
import { listOwnSessions } from '../../flows/console/own-sessions.ts';
import type { Context } from '../../flows/context.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { sessionReply } from './session-reply.ts';

export function getSessions(context: Context): RequestHandler {
  return async (req, res) => {
    const caller = callerOf(res);
    const sessions = await listOwnSessions(context, caller);
    res.json({ sessions: sessions.map((session) => sessionReply(session, caller.person?.sessionId)) });
  };
}
