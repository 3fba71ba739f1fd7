// Whether a request was made by a page of ours. A cookie alone does not prove that: browsers send it along for others too.
import type { Request } from 'express';
import { CodedError } from '../../errors.ts';

const harmless = new Set(['GET', 'HEAD', 'OPTIONS']);

/** For requests with a session. Throws `forbidden` for a change that another site could have caused. */
export function assertSameOrigin(req: Request, publicUrl: string): void {
  if (harmless.has(req.method)) return;
  const site = req.get('sec-fetch-site');
  // Browsers that say nothing about the site name the origin of every change.
  const isOwn = site === undefined ? req.get('origin') === publicUrl : site === 'same-origin';
  if (!isOwn) throw new CodedError('forbidden', 'This request comes from another site. Use the console itself.');
}
