// GET /console/session: who is signed in, in which role, and where else they may go.
import type { RequestHandler } from 'express';
import { describeSession } from '../../flows/console/own-sessions.ts';
import type { Context } from '../../flows/context.ts';
import { callerOf } from '../middleware/authenticate.ts';

export function getSession(context: Context): RequestHandler {
  return async (req, res) => {
    res.setHeader('Cache-Control', 'no-store');
    res.json(await describeSession(context, callerOf(res)));
  };
}
