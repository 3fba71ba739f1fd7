// The one cookie of an installation: it ties the consent to the browser that started it.
import type { Request, Response } from 'express';
import type { StartedInstall } from '../../flows/start-install.ts';

/** Lax: the browser must bring it along when HubSpot sends it back to us. */
export function setInstallCookie(
  res: Response,
  { name, value, maxAgeMs }: StartedInstall['cookie'],
  publicUrl: string,
): void {
  const secure = publicUrl.startsWith('https:');
  res.cookie(name, value, { httpOnly: true, sameSite: 'lax', secure, path: '/oauth', maxAge: maxAgeMs });
}

export function clearInstallCookie(res: Response, name: string): void {
  res.clearCookie(name, { path: '/oauth' });
}

export function cookieOf(req: Request, name: string): string | undefined {
  for (const pair of (req.get('cookie') ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}
