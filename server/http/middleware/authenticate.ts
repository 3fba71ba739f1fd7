// Lets a request through when its API key has the scope; the handler then reads who is calling.
import type { RequestHandler, Response } from 'express';
import type { ApiScope } from '../../contract/api-scopes.ts';
import { assertScope, authenticateKey, type Caller } from '../../flows/authenticate-key.ts';
import type { Context } from '../../flows/context.ts';

export function requireKey(context: Context): RequestHandler {
  return async (req, res, next) => {
    res.locals.caller = await authenticateKey(context, req.get('authorization'));
    next();
  };
}

export function requireScope(scope: ApiScope): RequestHandler {
  return (_req, res, next) => {
    assertScope(callerOf(res), scope);
    next();
  };
}

/** Only behind `requireKey`. */
export function callerOf(res: Response): Caller {
  const caller = res.locals.caller as Caller | undefined;
  if (!caller) throw new Error('callerOf was used on a route without requireKey.');
  return caller;
}
