// Builds the console into a folder of its own, as people get it.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const appDir = fileURLToPath(new URL('../../app', import.meta.url));

/** Returns the folder; the caller removes it. */
export async function buildConsole(): Promise<string> {
  const outDir = await mkdtemp(path.join(tmpdir(), 'elido-console-'));
  // Under vitest the environment says `test`, and React would bring its checks along.
  process.env['NODE_ENV'] = 'production';
  await build({ root: appDir, configFile: path.join(appDir, 'vite.config.ts'), logLevel: 'error', build: { outDir } });
  return outDir;
}
