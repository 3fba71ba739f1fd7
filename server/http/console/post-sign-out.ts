// POST /console/sign-out: ends the session; its cookie means nothing from then on.
import type { RequestHandler } from 'express';
import { signOut } from '../../flows/console/own-sessions.ts';
import type { Context } from '../../flows/context.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { clearSessionCookie } from './session-cookie.ts';

export function postSignOut(context: Context): RequestHandler {
  return async (req, res) => {
    await signOut(context, callerOf(res));
    clearSessionCookie(res, context.config.publicUrl);
    res.json({ signed_out: true });
  };
}
