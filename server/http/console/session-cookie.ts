// The cookie of the console. Over https its name begins with `__Host-`, so that no other host and no path can set it.
import type { Response } from 'express';
import type { SessionCookie } from '../../flows/console/start-session.ts';

export function sessionCookieName(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? '__Host-elido_session' : 'elido_session';
}

export function setSessionCookie(res: Response, { value, endsAt }: SessionCookie, publicUrl: string): void {
  res.cookie(sessionCookieName(publicUrl), value, { ...attributesOf(publicUrl), expires: new Date(endsAt) });
}

export function clearSessionCookie(res: Response, publicUrl: string): void {
  res.clearCookie(sessionCookieName(publicUrl), attributesOf(publicUrl));
}

/** Lax: a link in a mail may open the console, no other site may change anything. */
function attributesOf(publicUrl: string) {
  return { httpOnly: true, sameSite: 'lax', secure: publicUrl.startsWith('https:'), path: '/' } as const;
}
