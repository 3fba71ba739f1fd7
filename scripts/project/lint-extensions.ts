// Runs `hs project lint` over a project that is laid out: HubSpot's rules for what its builder and its worker refuse.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify, stripVTControlCharacters } from 'node:util';
import type { Problem } from './read-project.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const hs = path.join(root, 'node_modules/.bin/hs');
const typescript = path.join(root, 'scripts/project/typescript-for-eslint.cjs');

/** Who calls must not matter: a test runner's variables make the CLI skip folders. */
function environment(): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return { PATH, HOME, NODE_OPTIONS: `--require ${typescript}` };
}

export async function lintExtensions(copy: string): Promise<Problem[]> {
  try {
    await run(hs, ['project', 'lint', '--install-missing-deps=false'], {
      cwd: copy,
      env: environment(),
      maxBuffer: 10_000_000,
    });
    return [];
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    const message = stripVTControlCharacters(`${stdout}${stderr}`).replaceAll(copy, '').trim();
    return [{ check: 'lint', file: 'src/app', message: message || String(error) }];
  }
}
