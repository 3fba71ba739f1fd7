/** Runs the embedded store as its own process on a Unix socket, to be killed. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../../embedded-mongo/start.ts', import.meta.url));

export type StoreProcess = { uri: string; child: ChildProcess; kill: () => Promise<void> };

export function temporaryFolder(): { path: string; data: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'store-'));
  return { path, data: join(path, 'data'), remove: () => rmSync(path, { recursive: true, force: true }) };
}

export type Ended = { code: number | null; stdout: string; stderr: string };

/** Runs the start file to its end. */
export async function runToEnd(...options: string[]): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (text) => (stdout += String(text)));
  child.stderr.on('data', (text) => (stderr += String(text)));
  await once(child, 'close');
  return { code: child.exitCode, stdout, stderr };
}

export async function startProcess(...options: string[]): Promise<StoreProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += String(chunk);
      if (text.includes('\n')) resolve(text);
    });
    child.once('exit', (code) => reject(new Error(`the store ended with ${code}`)));
  });
  const { uri } = JSON.parse(line) as { uri: string };
  return {
    uri,
    child,
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}
