// The one cookie of an installation: it ties the consent to the browser that started it.
import type { Response } from 'express';
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
