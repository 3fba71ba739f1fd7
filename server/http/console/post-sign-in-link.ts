// POST /console/sign-in/link/:token: the button was pressed. The link is used up, the browser has a session.
import type { RequestHandler } from 'express';
import { useSignInLink } from '../../flows/console/use-sign-in-link.ts';
import type { Context } from '../../flows/context.ts';
import { callerIfAny } from '../middleware/authenticate.ts';
import { requestIdOf } from '../middleware/request-id.ts';
import { assertSameOrigin } from '../middleware/same-origin.ts';
import { setSessionCookie } from './session-cookie.ts';

export function postSignInLink(context: Context): RequestHandler {
  return async (req, res) => {
    const { publicUrl } = context.config;
    assertSameOrigin(req, publicUrl);
    const cookie = await useSignInLink(context, {
      token: String(req.params.token),
      caller: await callerIfAny(context, req, res),
      userAgent: req.get('user-agent'),
      requestId: requestIdOf(res),
    });
    setSessionCookie(res, cookie, publicUrl);
    res.setHeader('Cache-Control', 'no-store');
    res.redirect(303, '/console/');
  };
}
