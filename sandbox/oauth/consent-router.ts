/** The consent page and its form over HTTP. What the pages look like is decided in sandbox/pages. */
import express, { type Request, type Response } from 'express';
import type { SandboxContext } from '../context.ts';
import { renderConsent, renderOAuthError } from '../pages/consent.ts';
import { authorizePage, decide, type Fields } from './authorize.ts';

const fieldsOf =
  (values: Record<string, unknown>): Fields =>
  (name) => {
    const value = values[name];
    return typeof value === 'string' ? value : '';
  };

/** form-action is left open: browsers apply it to the redirect that follows the decision, which leads to the app. */
const PAGE_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'";

function sendPage(response: Response, status: number, html: string): void {
  response
    .status(status)
    .set({ 'Content-Security-Policy': PAGE_POLICY, 'Referrer-Policy': 'no-referrer', 'Cache-Control': 'no-store' })
    .type('html')
    .send(html);
}

export function consentRouter(context: SandboxContext): express.Router {
  const router = express.Router();
  const show = (request: Request, response: Response): void => {
    const accountId = request.params['accountId'];
    const fields = fieldsOf(request.query);
    const page = authorizePage(context, fields, accountId === undefined ? null : Number(accountId));
    if (page.kind === 'consent') sendPage(response, 200, renderConsent(page.view));
    else sendPage(response, 400, renderOAuthError(page.message));
  };
  router.get('/oauth/authorize', show);
  router.get('/oauth/:accountId/authorize', show);
  router.post('/oauth/authorize/decision', express.urlencoded({ extended: false }), (request, response) => {
    const outcome = decide(context, fieldsOf((request.body ?? {}) as Record<string, unknown>));
    if (outcome.kind === 'redirect') response.redirect(302, outcome.url);
    else sendPage(response, outcome.kind === 'denied' ? 200 : 400, renderOAuthError(outcome.message));
  });
  return router;
}
