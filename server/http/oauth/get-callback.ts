// GET /oauth/callback: where HubSpot sends the browser, after consent or at the start of a marketplace installation.
import type { Request, RequestHandler, Response } from 'express';
import { safeReturnUrl } from '../../domain/return-url.ts';
import { finishHubSpotSignIn, welcomeInstaller } from '../../flows/console/hubspot-login.ts';
import type { Context } from '../../flows/context.ts';
import { finishInstall, readConsent } from '../../flows/finish-install.ts';
import { makeResultTicket } from '../../flows/install-result.ts';
import { cookieNameOf, startMarketplaceInstall } from '../../flows/start-install.ts';
import { setSessionCookie } from '../console/session-cookie.ts';
import { cookieOf } from '../cookie-of.ts';
import { callerIfAny } from '../middleware/authenticate.ts';
import { requestIdOf } from '../middleware/request-id.ts';
import { clearInstallCookie, setInstallCookie } from './cookies.ts';

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

    const consent = await readConsent(context, { code, state, error, cookieOf: (name) => cookieOf(req, name) });
    if (state !== undefined) clearInstallCookie(res, cookieNameOf(state));
    // A redirect takes the code out of the address bar.
    res.redirect(303, await afterConsent(context, consent, req, res));
  };
}

/** Where the browser goes, and the session it gets on the way. */
async function afterConsent(
  context: Context,
  consent: Awaited<ReturnType<typeof readConsent>>,
  req: Request,
  res: Response,
): Promise<string> {
  const { publicUrl } = context.config;
  const visit = { userAgent: req.get('user-agent'), requestId: requestIdOf(res) };
  if (consent.state.kind === 'sign_in') {
    setSessionCookie(res, await finishHubSpotSignIn(context, consent.grant, visit), publicUrl);
    return '/console/';
  }
  const done = await finishInstall(context, consent);
  const caller = await callerIfAny(context, req, res);
  const cookie = await welcomeInstaller(context, done, { ...visit, caller });
  if (cookie) setSessionCookie(res, cookie, publicUrl);
  const { _id: connectionId, workspaceId } = done.connection;
  if (done.returnUrl !== null) return done.returnUrl;
  if (caller?.workspaceId === workspaceId) return `/console/connections/${connectionId}`;
  return `/oauth/installed/${makeResultTicket(context, { workspaceId, connectionId })}`;
}

/** One non-empty value, or none. */
function textOf(req: Request, name: string): string | undefined {
  const value = req.query[name];
  return typeof value === 'string' && value !== '' && value.length <= 2_048 ? value : undefined;
}
