// GET /oauth/callback: where HubSpot sends the browser, after consent or at the start of a marketplace installation.
import type { Request, RequestHandler } from 'express';
import { safeReturnUrl } from '../../domain/return-url.ts';
import type { Context } from '../../flows/context.ts';
import { finishInstall } from '../../flows/finish-install.ts';
import { makeResultTicket } from '../../flows/install-result.ts';
import { cookieNameOf, startMarketplaceInstall } from '../../flows/start-install.ts';
import { clearInstallCookie, cookieOf, setInstallCookie } from './cookies.ts';

export function getCallback(context: Context): RequestHandler {
  return async (req, res) => {
    const { publicUrl, hubspot } = context.config;
    const [code, state, error, step] = ['code', 'state', 'error', 'step'].map((name) => textOf(req, name));
    res.setHeader('Cache-Control', 'no-store');
    res.setHeader('Referrer-Policy', 'no-referrer');

    const returnUrl = safeReturnUrl(textOf(req, 'returnUrl'), hubspot.appUrl);
    const startsInMarketplace =
      state === undefined && error === undefined && (step === 'authorize' || returnUrl !== null);
    if (startsInMarketplace) {
      const { redirectTo, cookie } = await startMarketplaceInstall(context, returnUrl);
      setInstallCookie(res, cookie, publicUrl);
      res.redirect(302, redirectTo);
      return;
    }

    const done = await finishInstall(context, { code, state, error, cookieOf: (name) => cookieOf(req, name) });
    if (state !== undefined) clearInstallCookie(res, cookieNameOf(state));
    const { _id: connectionId, workspaceId } = done.connection;
    // A redirect takes the code out of the address bar.
    res.redirect(303, done.returnUrl ?? `/oauth/installed/${makeResultTicket(context, { workspaceId, connectionId })}`);
  };
}

/** One non-empty value, or none. */
function textOf(req: Request, name: string): string | undefined {
  const value = req.query[name];
  return typeof value === 'string' && value !== '' && value.length <= 2_048 ? value : undefined;
}
