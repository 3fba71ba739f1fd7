// GET /console/sign-in/link/:token: a page with a button. Looking at it uses nothing up: mail scanners look at links too.
import type { RequestHandler } from 'express';
import { lookAtLink } from '../../flows/console/use-sign-in-link.ts';
import type { Context } from '../../flows/context.ts';
import { sendPage } from '../page.ts';

export function getSignInLink(context: Context): RequestHandler {
  return async (req, res) => {
    const token = String(req.params.token);
    const { workspace, name } = await lookAtLink(context, token);
    sendPage(res, {
      status: 200,
      title: `Open the console of ${workspace}`,
      lines: [name === '' ? 'This link signs you in.' : `This link signs ${name} in.`, 'It works once.'],
      button: { action: `/console/sign-in/link/${encodeURIComponent(token)}`, text: 'Sign in' },
    });
  };
}
