// The demo shows the console, so it is built when it was not yet. Takes some seconds, once.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Without a console the demo goes on: its story needs none. */
export async function buildConsole(say: (what: string) => void): Promise<void> {
  if (existsSync('dist/app/index.html')) return;
  say('Building the console, once.');
  await run('npm', ['run', '-s', 'build:app']).catch((error: unknown) => {
    say(`The console could not be built: ${error instanceof Error ? error.message : String(error)}`);
  });
}
