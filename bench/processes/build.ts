// Builds the program once, so that a killed process is back in less than half a second.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

export const repository = path.resolve(import.meta.dirname, '../..');

export interface Build {
  /** The built file of a source file: `server/start.ts`. */
  fileOf(source: string): string;
  remove(): void;
}

/** Inside the repository, because built files look for node_modules upwards. Removed at the latest when this process ends. */
export async function build(): Promise<Build> {
  mkdirSync(path.join(repository, 'dist'), { recursive: true });
  const folder = mkdtempSync(path.join(repository, 'dist', 'bench-'));
  const remove = () => {
    process.removeListener('exit', remove);
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', remove);
  const compiler = path.join(repository, 'node_modules', 'typescript', 'bin', 'tsc');
  await promisify(execFile)(process.execPath, [compiler, '-p', 'tsconfig.build.json', '--outDir', folder], {
    cwd: repository,
  }).catch((error: { stdout?: string }) => {
    remove();
    throw new Error(`The program could not be built:\n${error.stdout ?? ''}`, { cause: error });
  });
  return { fileOf: (source) => path.join(folder, source.replace(/\.ts$/, '.js')), remove };
}
