// Lays the project out in a temporary folder as HubSpot has it after an upload and `npm ci`: each folder with its packages inside, as links
// to ours. `hs project lint` looks for them there, and the workspace keeps them further up.
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Project } from './read-project.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folders = ['cards', 'settings', 'pages'];
const packageSchema = z.object({
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
});

/** Gone again when the work is done. */
export async function withLaidOut<Result>(project: Project, work: (copy: string) => Promise<Result>): Promise<Result> {
  const copy = await mkdtemp(path.join(tmpdir(), 'elido-project-'));
  try {
    await layOut(project, copy);
    return await work(copy);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

async function layOut({ folder, source }: Project, copy: string): Promise<void> {
  await cp(path.join(folder, 'hsproject.json'), path.join(copy, 'hsproject.json'));
  await cp(source, path.join(copy, 'src'), {
    recursive: true,
    filter: (place) => path.basename(place) !== 'node_modules',
  });
  for (const name of folders) {
    const modules = path.join(copy, 'src/app', name, 'node_modules');
    const real = path.join(root, 'src/app', name);
    const listed = packageSchema.parse(JSON.parse(await readFile(path.join(real, 'package.json'), 'utf8')));
    for (const one of Object.keys({ ...listed.dependencies, ...listed.devDependencies })) {
      await mkdir(path.dirname(path.join(modules, one)), { recursive: true });
      await symlink(packageFolder(one, real), path.join(modules, one));
    }
    await symlink(path.join(root, 'node_modules/.bin'), path.join(modules, '.bin'));
  }
}

function packageFolder(name: string, from: string): string {
  const paths = createRequire(path.join(from, 'package.json')).resolve.paths(name) ?? [];
  const found = paths.map((place) => path.join(place, name)).find((place) => existsSync(place));
  if (!found) throw new Error(`${name} is not installed: run npm ci`);
  return found;
}
