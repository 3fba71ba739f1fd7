// Finds out who is calling, by API key or by the session of the console, and lets a request through when they have the scope.
import type { Request, RequestHandler, Response } from 'express';
import type { ApiScope } from '../../contract/api-scopes.ts';
import { isCoded } from '../../errors.ts';
import { authenticateKey } from '../../flows/authenticate-key.ts';
import { assertScope, personOf, type Caller } from '../../flows/caller.ts';
import { readSession } from '../../flows/console/read-session.ts';
import type { Context } from '../../flows/context.ts';
import { clearSessionCookie, sessionCookieName, setSessionCookie } from '../console/session-cookie.ts';
import { cookieOf } from '../cookie-of.ts';
import { assertSameOrigin } from './same-origin.ts';

/** A key wins over a cookie: a program that sends one means it. */
export function requireCaller(context: Context): RequestHandler {
  return async (req, res, next) => {
    const authorization = req.get('authorization');
    const sealed = authorization === undefined ? sessionCookieOf(context, req) : undefined;
    if (sealed === undefined) {
      res.locals.caller = await authenticateKey(context, authorization);
    } else {
      const caller = await callerOfSession(context, res, sealed);
      assertSameOrigin(req, context.config.publicUrl);
      res.locals.caller = caller;
    }
    next();
  };
}

/** Null when nobody is signed in; for pages that look different then. */
export async function callerIfAny(context: Context, req: Request, res: Response): Promise<Caller | null> {
  const sealed = sessionCookieOf(context, req);
  if (sealed === undefined) return null;
  return callerOfSession(context, res, sealed).catch((error: unknown) => {
    if (isCoded(error, 'unauthorized')) return null;
    throw error;
  });
}

export function requireScope(scope: ApiScope): RequestHandler {
  return (_req, res, next) => {
    assertScope(callerOf(res), scope);
    next();
  };
}

/** For what people do with their own things. */
export const requirePerson: RequestHandler = (_req, res, next) => {
  personOf(callerOf(res));
  next();
};

/** Only behind `requireCaller`. */
export function callerOf(res: Response): Caller {
  const caller = res.locals.caller as Caller | undefined;
  if (!caller) throw new Error('callerOf was used on a route without requireCaller.');
  return caller;
}

function sessionCookieOf({ config }: Context, req: Request): string | undefined {
  return cookieOf(req, sessionCookieName(config.publicUrl));
}

async function callerOfSession(context: Context, res: Response, sealed: string): Promise<Caller> {
  const { publicUrl } = context.config;
  try {
    const { caller, newCookie } = await readSession(context, sealed);
    if (newCookie) setSessionCookie(res, newCookie, publicUrl);
    return caller;
  } catch (error) {
    if (isCoded(error, 'unauthorized')) clearSessionCookie(res, publicUrl);
    throw error;
  }
}
