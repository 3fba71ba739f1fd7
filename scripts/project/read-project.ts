// Reads the project with HubSpot's own parser and validator, once per profile, without an account: the one request it would make, for the
// schemas of the components, is answered from here.
import path from 'node:path';
import { http } from '@hubspot/local-dev-lib/http';
import { getAllHsProfiles, loadHsProfileFile, validateProfileVariables } from '@hubspot/project-parsing-lib/profiles';
import { isKnownPlatformVersion, parseProjectConfig } from '@hubspot/project-parsing-lib/projects';
import { isTranslationError, translate } from '@hubspot/project-parsing-lib/translate';
import { z } from 'zod';
import { hsmetaSchemas } from './hsmeta-schemas.ts';

export interface Problem {
  /** Which kind of mistake: `schema`, `scopes`, `secrets` ... */
  check: string;
  /** From the project's folder. */
  file: string;
  message: string;
}

export interface Component {
  uid: string;
  type: string;
  file: string;
  config: Record<string, unknown>;
}

export interface Project {
  folder: string;
  source: string;
  profiles: { name: string; variables: Record<string, string | number | boolean>; components: Component[] }[];
}

const nodeSchema = z.object({
  uid: z.string(),
  componentType: z.string(),
  metaFilePath: z.string(),
  config: z.record(z.string(), z.unknown()),
});

export async function readProject(folder: string): Promise<{ project: Project | null; problems: Problem[] }> {
  const at = (file: string, message: string): Problem => ({ check: 'hubspot', file, message });
  let source: string;
  let platformVersion: string;
  try {
    const config = parseProjectConfig(folder);
    platformVersion = config.platformVersion;
    source = path.resolve(folder, config.srcDir);
  } catch (error) {
    return { project: null, problems: [at('hsproject.json', messageOf(error))] };
  }
  const problems: Problem[] = [];
  if (!isKnownPlatformVersion(platformVersion)) {
    problems.push(at('hsproject.json', `${platformVersion} is not a platform version that HubSpot knows.`));
  }
  const names = await getAllHsProfiles(source);
  if (names.length === 0)
    problems.push(at('src', 'There is no profile (hsprofile.<name>.json), so no variable is filled in.'));
  const profiles: Project['profiles'] = [];
  for (const name of names) {
    const file = `src/hsprofile.${name}.json`;
    try {
      const { variables = {} } = loadHsProfileFile(source, name);
      problems.push(...validateProfileVariables(variables, file).errors.map((message) => at(file, message)));
      profiles.push({ name, variables, components: await readComponents(source, platformVersion, name) });
    } catch (error) {
      // The same mistake in every profile is one mistake.
      const message = messageOf(error);
      if (!problems.some((one) => one.message === message)) problems.push(at('src', message));
    }
  }
  const project = profiles.length === names.length ? { folder, source, profiles } : null;
  return { project, problems };
}

async function readComponents(source: string, platformVersion: string, profile: string): Promise<Component[]> {
  const read = await withOurSchemas(async () =>
    translate({ projectSourceDir: source, platformVersion, accountId: 1 }, { profile }),
  );
  const [skipped] = read.skippedHsMetaFiles;
  if (skipped) throw new Error(`${skipped} lies in a folder that HubSpot does not read, and would never be deployed.`);
  const nodes = Object.values(read.intermediateRepresentation.intermediateNodesIndexedByUid);
  return nodes.map((node) => {
    const { uid, componentType, metaFilePath, config } = nodeSchema.parse(node);
    return { uid, type: componentType, file: path.posix.join('src', metaFilePath), config };
  });
}

async function withOurSchemas<Result>(work: () => Promise<Result>): Promise<Result> {
  const get = http.get;
  Object.assign(http, { get: async () => ({ data: hsmetaSchemas }) });
  try {
    return await work();
  } finally {
    Object.assign(http, { get });
  }
}

function messageOf(error: unknown): string {
  if (isTranslationError(error)) return error.toString(false);
  return error instanceof Error ? error.message : String(error);
}

/** A path as it stands in a config, `/app/logo.png`, on this disk. */
export function placeOf({ source }: Project, configured: string): string {
  return path.join(source, configured.replace(/^\//, ''));
}
