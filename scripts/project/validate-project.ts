// All that can be known about the project without an account: HubSpot's parser first, then our own checks, then HubSpot's lint and builder.
import path from 'node:path';
import { buildExtensions } from './build-extensions.ts';
import { checkActions } from './checks/actions.ts';
import { checkAddresses } from './checks/addresses.ts';
import { checkAppEvents } from './checks/app-events.ts';
import { checkContents } from './checks/contents.ts';
import { checkFiles } from './checks/files.ts';
import { checkScopes } from './checks/scopes.ts';
import { checkWebhooks } from './checks/webhooks.ts';
import { withLaidOut } from './lay-out.ts';
import { lintExtensions } from './lint-extensions.ts';
import { readProject, type Problem, type Project } from './read-project.ts';

export interface Validation {
  problems: Problem[];
  /** True and still to be changed before an upload: placeholders. */
  notes: string[];
  components: number;
  /** Which of the slow steps ran. */
  linted: boolean;
  built: number;
}

/** `quick` leaves out lint and builder. */
export async function validateProject(folder: string, { quick = false } = {}): Promise<Validation> {
  const { project, problems } = await readProject(folder);
  const nothing = { notes: [], components: 0, linted: false, built: 0 };
  if (!project) return { problems, ...nothing };
  const components = project.profiles[0]?.components ?? [];
  problems.push(
    ...checkScopes(components),
    ...checkAddresses(project),
    ...checkFiles(project),
    ...checkWebhooks(components),
    ...checkActions(components),
    ...checkAppEvents(project),
    ...checkContents(project),
  );
  const all = { problems, notes: placeholders(project), components: components.length };
  if (quick || problems.length > 0) return { ...all, linted: false, built: 0 };
  const built = await withLaidOut(project, async (copy) => {
    problems.push(...(await lintExtensions(copy)));
    return build(copy, problems);
  });
  return { ...all, linted: true, built };
}

async function build(copy: string, problems: Problem[]): Promise<number> {
  try {
    const source = path.join(copy, 'src');
    return (await buildExtensions({ source, target: path.join(copy, 'built'), minify: true })).length;
  } catch (error) {
    problems.push({ check: 'build', file: 'src/app', message: error instanceof Error ? error.message : String(error) });
    return 0;
  }
}

function placeholders({ profiles }: Project): string[] {
  return profiles.flatMap(({ name, variables }) => {
    const left = Object.entries(variables).filter(([, value]) => /\bexample\.com\b/.test(String(value)));
    return left.map(
      ([variable]) => `src/hsprofile.${name}.json: ${variable} is a placeholder. Set yours before you upload.`,
    );
  });
}
