// GET /oauth/install/:token: from an installation link to HubSpot's consent page.
import type { RequestHandler } from 'express';
import type { Context } from '../../flows/context.ts';
import { startInstall } from '../../flows/start-install.ts';
import { setInstallCookie } from './cookies.ts';

export function getInstall(context: Context): RequestHandler {
  return async (req, res) => {
    const { redirectTo, cookie } = await startInstall(context, String(req.params.token));
    setInstallCookie(res, cookie, context.config.publicUrl);
    res.setHeader('Cache-Control', 'no-store');
    res.redirect(302, redirectTo);
  };
}
