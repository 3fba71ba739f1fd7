// DELETE /v1/sessions: ends all own sessions but the one that asks.
import type { RequestHandler } from 'express';
import { endOtherSessions } from '../../flows/console/own-sessions.ts';
import type { Context } from '../../flows/context.ts';
import { callerOf } from '../middleware/authenticate.ts';

export function deleteOtherSessions(context: Context): RequestHandler {
  return async (req, res) => {
    res.json({ ended: await endOtherSessions(context, callerOf(res)) });
  };
}
