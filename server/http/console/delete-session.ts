// DELETE /v1/sessions/:session_id: ends one of the own sessions.
import type { RequestHandler } from 'express';
import { endOwnSession } from '../../flows/console/own-sessions.ts';
import type { Context } from '../../flows/context.ts';
import { callerOf } from '../middleware/authenticate.ts';

export function deleteSession(context: Context): RequestHandler {
  return async (req, res) => {
    res.json({ ended: await endOwnSession(context, callerOf(res), String(req.params.session_id)) });
  };
}
