// Builds the extensions with HubSpot's own builder, the way HubSpot does after an upload: one script per extension, React left out.
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildSingleExtension } from '@hubspot/ui-extensions-dev-server/build';
import { readExtensions } from './extensions.ts';

export interface BuiltExtension {
  uid: string;
  name: string;
  location: string;
  objectTypes: string[];
  /** Beside the manifest. */
  file: string;
}

interface Build {
  /** The project's srcDir. */
  source: string;
  /** Gets `<uid>.js`, `<uid>-manifest.json` (HubSpot's own) and `manifest.json` (ours: the list). */
  target: string;
  minify?: boolean;
}

export async function buildExtensions({ source, target, minify = false }: Build): Promise<BuiltExtension[]> {
  const built: BuiltExtension[] = [];
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  for (const { folder, entry, ...extension } of readExtensions(source)) {
    const output = await mkdtemp(path.join(tmpdir(), 'elido-extension-'));
    try {
      await buildSingleExtension({
        file: entry,
        root: folder,
        outputDir: output,
        minify,
        logLevel: 'warn',
        codeCheckingPluginEnabled: true,
        appConfig: { variables: {} },
      });
      const name = path.parse(entry).name;
      const file = `${extension.uid}.js`;
      await copyFile(path.join(output, `${name}.js`), path.join(target, file));
      await copyFile(path.join(output, `${name}-manifest.json`), path.join(target, `${extension.uid}-manifest.json`));
      built.push({ ...extension, file });
    } finally {
      await rm(output, { recursive: true, force: true });
    }
  }
  await writeFile(path.join(target, 'manifest.json'), `${JSON.stringify({ extensions: built }, null, 2)}\n`);
  return built;
}
