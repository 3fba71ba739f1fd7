// Gives every request an id that stands in the reply, in its errors and in the log. A caller's own id is kept if it is harmless.
import type { RequestHandler, Response } from 'express';
import type { Context } from '../../flows/context.ts';

const harmless = /^[A-Za-z0-9._-]{8,64}$/;

export function requestId({ newId }: Pick<Context, 'newId'>): RequestHandler {
  return (req, res, next) => {
    const given = req.get('x-request-id');
    const id = given !== undefined && harmless.test(given) ? given : newId('request');
    res.locals.requestId = id;
    res.setHeader('X-Request-Id', id);
    next();
  };
}

export function requestIdOf(res: Response): string {
  return String(res.locals.requestId ?? '');
}
