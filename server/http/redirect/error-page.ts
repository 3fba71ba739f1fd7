// What a visitor sees when a link cannot be followed just now. Never the words of a 404: the link may well exist.
import type { ErrorRequestHandler } from 'express';
import { requestErrorOf } from '../middleware/body-errors.ts';
import { requestIdOf } from '../middleware/request-id.ts';
import { codedErrorOf } from '../../flows/coded-error.ts';
import type { Context } from '../../flows/context.ts';
import { sendPage } from '../page.ts';

export function redirectErrors({ log, metrics }: Pick<Context, 'log' | 'metrics'>): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    if (res.headersSent) {
      next(error);
      return;
    }
    const coded = requestErrorOf(error) ?? codedErrorOf(error);
    const { status } = coded.facts;
    if (status >= 500) {
      metrics.redirects.inc({ result: 'unavailable' });
      log.error({ requestId: requestIdOf(res), slug: req.params.slug, err: error }, coded.message);
    }
    res.setHeader('Retry-After', String(Math.ceil((coded.retryAfterMs ?? 5_000) / 1_000)));
    sendPage(res, status === 400 ? unreadable : { ...tryAgain, status });
  };
}

const tryAgain = {
  title: 'This link cannot be opened just now',
  lines: ['Nothing is wrong with your link. Wait a moment, then reload this page.'],
};

const unreadable = {
  status: 404,
  title: 'There is no such link',
  lines: ['The address is not complete, or contains characters that no link has.'],
};
