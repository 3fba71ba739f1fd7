// What HubSpot renders of ours: every card, settings page and page that the hsmeta files under src/app declare.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const folders = ['cards', 'settings', 'pages'] as const;

const metaSchema = z.object({
  uid: z.string(),
  type: z.enum(['card', 'settings', 'page']),
  config: z.object({
    entrypoint: z.string(),
    location: z.string().optional(),
    name: z.string().optional(),
    objectTypes: z.array(z.string()).default([]),
  }),
});

export interface Extension {
  uid: string;
  name: string;
  /** The extension point: `crm.record.tab`, `crm.record.sidebar`, `settings`, `pages`. */
  location: string;
  objectTypes: string[];
  /** The folder that HubSpot installs and builds. */
  folder: string;
  /** The file in it that calls `hubspot.extend`. */
  entry: string;
}

/** In the order of their uids. `source` is the project's srcDir. */
export function readExtensions(source: string): Extension[] {
  return folders
    .flatMap((name) => readFolder(path.join(source, 'app', name)))
    .sort((a, b) => a.uid.localeCompare(b.uid));
}

function readFolder(folder: string): Extension[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('-hsmeta.json'));
  return files.map((file) => {
    const { uid, type, config } = metaSchema.parse(JSON.parse(readFileSync(path.join(folder, file), 'utf8')));
    return {
      uid,
      name: config.name ?? uid,
      location: config.location ?? (type === 'page' ? 'pages' : 'settings'),
      objectTypes: config.objectTypes,
      folder,
      entry: path.basename(config.entrypoint),
    };
  });
}
