// Builds what the card preview shows when it is missing or older than its source: the cards, and the page they live in.
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildHost } from '../../sandbox/extensions/build-host.ts';
import { buildExtensions } from '../project/build-extensions.ts';

const at = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const hostSource = at('../../sandbox/preview');

export const hostFolder = at('../../dist/preview');

function newestIn(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((newest, entry) => {
    if (entry.name === 'node_modules' || entry.name.startsWith('.')) return newest;
    const full = path.join(folder, entry.name);
    return Math.max(newest, entry.isDirectory() ? newestIn(full) : statSync(full).mtimeMs);
  }, 0);
}

const isStale = (result: string, source: string): boolean =>
  !existsSync(result) || statSync(result).mtimeMs < newestIn(source);

export async function ensureHost(): Promise<void> {
  if (isStale(path.join(hostFolder, 'worker.js'), hostSource)) await buildHost(hostFolder);
}

/** `source`: the project's srcDir. True when something was built. */
export async function ensureExtensions(source: string, target: string): Promise<boolean> {
  const stale = isStale(path.join(target, 'manifest.json'), source);
  if (stale) await buildExtensions({ source, target });
  return stale;
}
