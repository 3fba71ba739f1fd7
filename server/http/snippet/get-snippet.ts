// GET /elido.js: the browser snippet. Any page may load it; a page that names the version it wants may keep it for a year.
import { createHash } from 'node:crypto';
import type { RequestHandler } from 'express';
import { snippetSource } from './snippet-source.ts';

const hash = createHash('sha256').update(snippetSource).digest('hex');
/** Shown in docs and replies as `/elido.js?v=…`. */
const version = hash.slice(0, 12);
const etag = `"${hash.slice(0, 32)}"`;

const year = 31_536_000;
const day = 86_400;

export function getSnippet(): RequestHandler {
  return (req, res) => {
    // Another version than ours is answered too, so that no page breaks when the server is updated; it is only not kept as long.
    const exact = req.query.v === version;
    res.setHeader(
      'Cache-Control',
      exact ? `public, max-age=${year}, immutable` : `public, max-age=${day}, stale-while-revalidate=${7 * day}`,
    );
    res.setHeader('ETag', etag);
    // Pages of other origins load it, also with an integrity attribute.
    res.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    res.setHeader('Access-Control-Allow-Origin', '*');
    res.type('text/javascript').send(snippetSource);
  };
}
