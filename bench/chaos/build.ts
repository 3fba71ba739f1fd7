// Builds the program once, so that a killed process is back in less than half a second.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

export const repository = path.resolve(import.meta.dirname, '../..');

export interface Build {
  /** The built file of a source file: `server/start.ts`. */
  fileOf(source: string): string;
  remove(): Promise<void>;
}

/** Inside the repository, because built files look for node_modules upwards. */
export async function build(): Promise<Build> {
  await mkdir(path.join(repository, 'dist'), { recursive: true });
  const folder = await mkdtemp(path.join(repository, 'dist', 'chaos-'));
  const compiler = path.join(repository, 'node_modules', 'typescript', 'bin', 'tsc');
  await promisify(execFile)(process.execPath, [compiler, '-p', 'tsconfig.build.json', '--outDir', folder], {
    cwd: repository,
  }).catch(async (error: { stdout?: string }) => {
    await rm(folder, { recursive: true, force: true });
    throw new Error(`The program could not be built:\n${error.stdout ?? ''}`, { cause: error });
  });
  return {
    fileOf: (source) => path.join(folder, source.replace(/\.ts$/, '.js')),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
