// Why somebody could not be signed in, as a page with the next step.
import type { ErrorRequestHandler } from 'express';
import { codedErrorOf } from '../../flows/coded-error.ts';
import type { Context } from '../../flows/context.ts';
import { requestIdOf } from '../middleware/request-id.ts';
import { sendPage } from '../page.ts';

export function signInErrors({ log }: Pick<Context, 'log'>): ErrorRequestHandler {
  return (error: unknown, _req, res, next) => {
    if (res.headersSent) {
      next(error);
      return;
    }
    const coded = codedErrorOf(error);
    const requestId = requestIdOf(res);
    if (coded.facts.status >= 500) log.error({ requestId, err: error }, coded.message);
    sendPage(res, {
      status: coded.facts.status,
      title: 'You are not signed in',
      lines: [
        coded.code === 'internal' ? 'Something is wrong on our side. The log has the details.' : coded.message,
        coded.code === 'not_found'
          ? 'An owner or admin makes a new one under Settings, Members; who runs the server does with "npm run sign-in".'
          : 'Try again in a minute.',
      ],
      facts: [
        ['Code', coded.code],
        ['Request', requestId],
      ],
      link: { href: '/console/sign-in', text: 'Back to the sign-in page' },
    });
  };
}
