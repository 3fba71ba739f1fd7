// GET /console/*: the console itself. Files by their name, everything else is a place in the app and gets its one page.
import type { Request, RequestHandler, Response } from 'express';
import { CodedError } from '../../errors.ts';
import type { Context } from '../../flows/context.ts';
import { sendPage } from '../page.ts';
import { readAppFiles, type AppFile } from './app-files.ts';

/** No script and no style sheet but ours. What parts measure they set on elements, which the policy does not concern. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const compressible = /^(text|application)\/|svg/;

export function getApp({ config }: Pick<Context, 'config'>): RequestHandler {
  const files = readAppFiles(config.consoleDir);
  return async (req, res) => {
    const page = files.get('index.html');
    if (!page) {
      sendNotBuilt(res);
      return;
    }
    const name = req.path.replace(/^\/console\/?/, '');
    const file = files.get(name) ?? (isPlace(name) ? page : undefined);
    if (!file) throw new CodedError('not_found', 'There is no such file. Reload the page: the console may be newer.');
    await sendFile(req, res, file);
  };
}

/** A path without an ending; `assets/` holds nothing but files. */
function isPlace(name: string): boolean {
  return !name.startsWith('assets/') && !/\.\w+$/.test(name);
}

async function sendFile(req: Request, res: Response, file: AppFile): Promise<void> {
  res.set({
    'Content-Type': file.type,
    'Content-Security-Policy': policy,
    'Cache-Control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
    'X-Robots-Tag': 'noindex',
    ETag: file.etag,
    Vary: 'Accept-Encoding',
  });
  if (req.get('if-none-match') === file.etag) {
    res.status(304).end();
    return;
  }
  const encoding = compressible.test(file.type) ? encodingFor(req) : null;
  if (encoding) res.setHeader('Content-Encoding', encoding);
  res.send(encoding ? await file.encoded(encoding) : file.plain);
}

function encodingFor(req: Request): 'br' | 'gzip' | null {
  const accepted = (req.get('accept-encoding') ?? '').toLowerCase();
  if (/\bbr\b/.test(accepted)) return 'br';
  return /\bgzip\b/.test(accepted) ? 'gzip' : null;
}

function sendNotBuilt(res: Response): void {
  sendPage(res, {
    status: 503,
    title: 'The console is not built',
    lines: ['This server runs from its source. Build the console once: npm run build', 'Then restart the server.'],
  });
}
