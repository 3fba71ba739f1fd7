// What the sandbox needs to show our own cards against a server on this machine. Builds nothing.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { PreviewOptions } from '../../sandbox/extensions/options.ts';
import { hostFolder } from './ensure-built.ts';

const at = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

export const ourSource = at('../../src');
export const ourExtensions = at('../../dist/extensions');

const profileSchema = z.object({ variables: z.object({ APP_ORIGIN: z.url() }) });

/** The cards call the origin of the dev profile; here that is `serverUrl`. */
export function ourPreview({ serverUrl, appId }: { serverUrl: string; appId: number }): PreviewOptions {
  const profile = JSON.parse(readFileSync(path.join(ourSource, 'hsprofile.dev.json'), 'utf8')) as unknown;
  const { APP_ORIGIN } = profileSchema.parse(profile).variables;
  return {
    extensionsFolder: ourExtensions,
    sourceFolder: ourSource,
    hostFolder,
    appId,
    proxy: { [new URL(APP_ORIGIN).origin]: serverUrl },
  };
}
