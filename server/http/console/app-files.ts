// The built console in memory: every file once, compressed when it is first asked for. A path that is not a file leads nowhere.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export interface AppFile {
  type: string;
  /** Its name changes with its content. */
  immutable: boolean;
  etag: string;
  plain: Buffer;
  encoded(encoding: 'br' | 'gzip'): Promise<Buffer>;
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/** By path without a leading slash. Empty when the console was not built. */
export function readAppFiles(dir: string): ReadonlyMap<string, AppFile> {
  const files = new Map<string, AppFile>();
  for (const name of filesIn(dir)) {
    const type = types[path.extname(name)];
    if (type !== undefined) files.set(name, makeFile(readFileSync(path.join(dir, name)), name, type));
  }
  return files;
}

function filesIn(dir: string): string[] {
  try {
    return readdirSync(dir, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(path.join(dir, name)).isFile())
      .map((name) => name.split(path.sep).join('/'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function makeFile(plain: Buffer, name: string, type: string): AppFile {
  const compressed = new Map<string, Promise<Buffer>>();
  return {
    type,
    immutable: name.startsWith('assets/'),
    etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
    plain,
    encoded(encoding) {
      const known = compressed.get(encoding) ?? compress(plain, encoding);
      compressed.set(encoding, known);
      return known;
    },
  };
}

const toBrotli = promisify(brotliCompress);
const toGzip = promisify(gzip);

async function compress(plain: Buffer, encoding: 'br' | 'gzip'): Promise<Buffer> {
  if (encoding === 'gzip') return toGzip(plain, { level: 9 });
  return toBrotli(plain, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length },
  });
}
