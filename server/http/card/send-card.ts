// A reply of the Card API: for this person only, kept for a moment at most, and not sent again while nothing changed.
import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';

const keepSeconds = 10;

/** Of something that was read. */
export function sendRead(req: Request, res: Response, reply: object): void {
  const body = JSON.stringify(reply);
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  res.setHeader('Cache-Control', `private, max-age=${keepSeconds}`);
  res.setHeader('ETag', etag);
  if (req.get('if-none-match') === etag) res.status(304).end();
  else res.type('json').send(body);
}

/** Of something that was changed. */
export function sendChanged(res: Response, reply: object): void {
  res.setHeader('Cache-Control', 'no-store');
  res.json(reply);
}
