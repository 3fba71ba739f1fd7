// GET /console/sign-in/hubspot: to HubSpot, which says who it is.
import type { RequestHandler } from 'express';
import type { Context } from '../../flows/context.ts';
import { startHubSpotSignIn } from '../../flows/start-install.ts';
import { setInstallCookie } from '../oauth/cookies.ts';

export function getSignInHubSpot(context: Context): RequestHandler {
  return async (req, res) => {
    const { redirectTo, cookie } = await startHubSpotSignIn(context);
    setInstallCookie(res, cookie, context.config.publicUrl);
    res.setHeader('Cache-Control', 'no-store');
    res.redirect(302, redirectTo);
  };
}
