/**
 * The HubSpot project whose extensions are shown: what was built, what the app permits, the variables of the profile.
 * Read at every look, so that a new build shows after a reload.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import type { PreviewOptions } from './options.ts';

const manifestSchema = z.object({
  extensions: z.array(
    z.object({
      uid: z.string().regex(/^[\w.-]{1,64}$/),
      name: z.string(),
      location: z.string(),
      objectTypes: z.array(z.string()),
      file: z.string().regex(/^[\w.-]+\.js$/),
    }),
  ),
});

const variablesSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const profileSchema = z.object({ variables: variablesSchema.default({}) });
const localSchema = z.object({ proxy: z.record(z.string(), z.string()).default({}) });
const urls = z.array(z.string()).default([]);
const appSchema = z.object({
  config: z.object({
    name: z.string(),
    permittedUrls: z.object({ fetch: urls, iframe: urls, img: urls }).prefault({}),
  }),
});

export type BuiltExtension = z.infer<typeof manifestSchema>['extensions'][number];

export type Project = {
  name: string;
  extensions: BuiltExtension[];
  folder: string;
  variables: Record<string, string | number | boolean>;
  permitted: { fetch: string[]; iframe: string[]; img: string[] };
  /** Public origin -> local address. */
  proxy: Record<string, string>;
};

function readJson<T>(file: string, schema: z.ZodType<T>, missing: unknown): T {
  return schema.parse(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : missing);
}

/** `${NAME}` becomes the variable; a name without one stays as it is, as HubSpot leaves it. */
function fillIn(text: string, variables: Project['variables']): string {
  return text.replaceAll(/\$\{(\w+)\}/g, (whole, name: string) => String(variables[name] ?? whole));
}

/** Null: nothing was built yet. */
export function readProject(options: PreviewOptions): Project | null {
  const folder = resolve(options.extensionsFolder);
  const source = resolve(options.sourceFolder);
  const manifest = join(folder, 'manifest.json');
  const app = join(source, 'app/app-hsmeta.json');
  if (!existsSync(manifest) || !existsSync(app)) return null;
  const { variables } = readJson(join(source, `hsprofile.${options.profile ?? 'dev'}.json`), profileSchema, {});
  const { name, permittedUrls } = readJson(app, appSchema, {}).config;
  const local = readJson(join(source, 'app/local.json'), localSchema, {}).proxy;
  const fill = (list: string[]) => list.map((text) => fillIn(text, variables));
  return {
    name: fillIn(name, variables),
    folder,
    extensions: readJson(manifest, manifestSchema, {}).extensions,
    variables,
    permitted: {
      fetch: fill(permittedUrls.fetch),
      iframe: fill(permittedUrls.iframe),
      img: fill(permittedUrls.img),
    },
    proxy: { ...local, ...options.proxy },
  };
}
