// `npm run preview`: shows the cards and pages of a HubSpot project on the sandbox's record pages, without a HubSpot account.
import { existsSync, readFileSync, watch } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { z } from 'zod';
import { startSandbox } from '../sandbox/index.ts';
import { ensureExtensions, ensureHost, hostFolder } from './preview/ensure-built.ts';

interface Options {
  project: string;
  profile: string;
  proxy: string[];
  clientSecret: string;
  port: string;
  once: boolean;
}

const options = new Command('preview')
  .description(
    `Shows the cards, the settings page and the pages of a HubSpot project in a browser, in workers as HubSpot runs them.
hubspot.fetch is signed as HubSpot signs and reaches your server. Needs no account and no network.`,
  )
  .option('--project <folder>', 'the folder of hsproject.json', fileURLToPath(new URL('..', import.meta.url)))
  .option('--profile <name>', 'whose variables the cards get: hsprofile.<name>.json', 'dev')
  .option(
    '--proxy <origin=address>',
    'where calls to an origin go, besides app/local.json; repeatable',
    (pair: string, all: string[]) => [...all, pair],
    [],
  )
  .option('--client-secret <secret>', 'signs the calls; your server must know it', 'sandbox-client-secret')
  .option('--port <port>', 'port of the sandbox', '4010')
  .option('--once', 'build, print the addresses, end', false)
  .parse()
  .opts<Options>();

const project = path.resolve(options.project);
const file = path.join(project, 'hsproject.json');
if (!existsSync(file)) {
  console.error(`There is no hsproject.json in ${project}. Name the project's folder with --project.`);
  process.exit(1);
}
const { srcDir } = z.object({ srcDir: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8')));
const source = path.resolve(project, srcDir);
const extensionsFolder = path.join(project, 'dist/extensions');

const proxy = Object.fromEntries(
  options.proxy.map((pair) => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at), pair.slice(at + 1)];
  }),
);
const sandbox = await startSandbox({
  port: Number(options.port),
  seed: 'default',
  preview: { extensionsFolder, sourceFolder: source, hostFolder, profile: options.profile, proxy },
});
const [app] = sandbox.state.apps.values();
const [portal] = sandbox.state.portals.values();
if (!app || !portal) throw new Error('The sample account is empty.');
app.clientSecret = options.clientSecret;
sandbox.control.install({ appId: app.appId, portalId: portal.portalId });

await ensureHost();
const isBuilt = await build();
const record = (type: string, id: string) =>
  `${sandbox.url}/contacts/${portal.portalId}/record/${type}/${id}?tab=cards`;
const idOf = (type: '0-1' | '0-3') => portal.tables.get(type)?.records.keys().next().value ?? '';
console.log(`
  a contact   ${record('0-1', idOf('0-1'))}
  a deal      ${record('0-3', idOf('0-3'))}
  settings    ${sandbox.url}/integrations-settings/${portal.portalId}/installed/${app.appId}
  home        ${sandbox.url}/app/${portal.portalId}/${app.appId}
  everything  ${sandbox.url}/

Calls are signed with the secret "${options.clientSecret}", as app ${app.appId} in account ${portal.portalId}.`);

if (options.once) {
  await sandbox.close();
  process.exit(isBuilt ? 0 : 1);
}
console.log('Save a file and reload the page. Ctrl-C ends it.');
let waiting: NodeJS.Timeout | undefined;
watch(path.join(source, 'app'), { recursive: true }, (_event, changed) => {
  if (changed?.includes('node_modules')) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => void build(), 300);
});
process.on('SIGINT', () => void sandbox.close().then(() => process.exit(0)));

/** A card that does not build leaves the last one that did on the page. */
async function build(): Promise<boolean> {
  try {
    if (await ensureExtensions(source, extensionsFolder)) console.log('Cards built.');
    return true;
  } catch (error) {
    console.error(`The cards do not build: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}
