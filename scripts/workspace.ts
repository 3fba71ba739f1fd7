// `npm run workspace`: workspaces and API keys from the command line. A key is printed once and cannot be shown again.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Command, Option } from 'commander';
import { startEmbeddedMongo } from '../embedded-mongo/index.ts';
import { parseConfig } from '../server/config.ts';
import { apiScopes } from '../server/contract/api-scopes.ts';
import { changeBrowserAccess } from '../server/flows/browser-access.ts';
import { changeCountPolicy } from '../server/flows/count-policy.ts';
import { listWorkspaces, makeKey, makeWorkspace, revokeKey } from '../server/flows/make-workspace.ts';
import { systemClock } from '../server/lib/clock.ts';
import { makeNewId } from '../server/lib/ids.ts';
import { openStore, type Store } from '../server/store/store.ts';

interface Parts {
  store: Store;
  now: typeof systemClock;
  newId: ReturnType<typeof makeNewId>;
}

/** What a command has to say: the facts for `--json`, the text for people. */
interface Answer {
  facts: object;
  text: string;
}

const program = new Command('workspace')
  .description('Workspaces and API keys. Uses the store that the server uses: MONGODB_URI, or the one in DATA_DIR.')
  .option('--json', 'print one JSON object instead of text')
  .showHelpAfterError();

program
  .command('create')
  .description('make a workspace')
  .argument('<name>', 'what people call it')
  .option('--with-key', 'make its first key too, with all scopes')
  .action((name: string, { withKey }: { withKey?: boolean }) =>
    run(async (parts) => {
      const workspace = await makeWorkspace(parts, name);
      const created = { facts: { workspace: workspace._id, name: workspace.name }, text: `Workspace ${workspace._id}` };
      if (!withKey) return created;
      const key = await createKey(parts, { workspace: workspace._id, scopes: 'all', name: 'first key' });
      return { facts: { ...created.facts, ...key.facts }, text: `${created.text}\n${key.text}` };
    }),
  );

program
  .command('list')
  .description('list workspaces and their keys')
  .action(() => run(list));

program
  .command('origins')
  .description('show or change which pages may report conversions, and the public key they use')
  .requiredOption('--workspace <id>', 'the workspace of the pages')
  .option('--set <list>', 'the allowed origins, comma-separated, instead of those before; "" for none')
  .addOption(
    new Option('--emails <what>', 'whether an email that a page names is believed').choices(['accept', 'ignore']),
  )
  .option('--new-key', 'make a new public key; servers notice within ten seconds')
  .action((options: OriginsOptions) => run((parts) => origins(parts, options)));

program
  .command('policy')
  .description('show or change which clicks count besides those of people; holds for clicks judged from now on')
  .requiredOption('--workspace <id>', 'the workspace of the clicks')
  .addOption(new Option('--machines <what>', 'scanners, previews, programs').choices(['count', 'ignore']))
  .addOption(new Option('--unsure <what>', 'clicks that may be either').choices(['count', 'ignore']))
  .action((options: PolicyOptions) => run((parts) => policy(parts, options)));

const key = program.command('key').description('make and revoke API keys');

key
  .command('create')
  .description('make a key; it is printed once')
  .requiredOption('--workspace <id>', 'the workspace it opens')
  .option('--scopes <list>', `comma-separated, or "all". Known: ${apiScopes.join(', ')}`, 'all')
  .option('--name <name>', 'what it is for', '')
  .action((options: KeyOptions) => run((parts) => createKey(parts, options)));

key
  .command('revoke')
  .description('end a key; servers notice within ten seconds')
  .argument('<key-id>', 'as shown by list: key_...')
  .action((id: string) =>
    run(async (parts) => {
      await revokeKey(parts, id);
      return { facts: { revoked: id }, text: `Key ${id} is revoked.` };
    }),
  );

await program.parseAsync();

interface KeyOptions {
  workspace: string;
  scopes: string;
  name: string;
}

async function createKey(parts: Parts, { workspace, scopes, name }: KeyOptions): Promise<Answer> {
  const wanted = scopes === 'all' ? apiScopes : scopes.split(',').map((scope) => scope.trim());
  const { secret, key } = await makeKey(parts, { workspaceId: workspace, scopes: wanted, name });
  return {
    facts: { keyId: key._id, key: secret, scopes: key.scopes },
    text: `Key ${key._id} (${key.scopes.join(', ')})\n\n  ${secret}\n\nKeep it now: it is not shown again.`,
  };
}

interface OriginsOptions {
  workspace: string;
  set?: string;
  emails?: 'accept' | 'ignore';
  newKey?: boolean;
}

async function origins(parts: Parts, { workspace, set, emails, newKey }: OriginsOptions): Promise<Answer> {
  const access = await changeBrowserAccess(parts, {
    workspaceId: workspace,
    origins: set?.split(',').filter((origin) => origin.trim() !== ''),
    acceptEmail: emails === undefined ? undefined : emails === 'accept',
    newKey,
  });
  const lines = [
    `Public key       ${access.publicKey}`,
    `Allowed origins  ${access.origins.join(', ') || 'none: no page may report conversions'}`,
    `Emails of pages  ${access.acceptEmail ? 'accepted' : 'ignored'}`,
  ];
  return { facts: access, text: lines.join('\n') };
}

interface PolicyOptions {
  workspace: string;
  machines?: 'count' | 'ignore';
  unsure?: 'count' | 'ignore';
}

async function policy(parts: Parts, { workspace, machines, unsure }: PolicyOptions): Promise<Answer> {
  const counts = (choice?: string) => (choice === undefined ? undefined : choice === 'count');
  const facts = await changeCountPolicy(parts, {
    workspaceId: workspace,
    countMachines: counts(machines),
    countUnsure: counts(unsure),
  });
  const say = (counted: boolean) => (counted ? 'counted and written' : 'neither written nor counted');
  const text = `Machines  ${say(facts.countMachines)}\nUnsure    ${say(facts.countUnsure)}`;
  return { facts, text };
}

async function list(parts: Parts): Promise<Answer> {
  const summaries = await listWorkspaces(parts);
  const lines = summaries.flatMap(({ workspace, keys }) => [
    `${workspace._id}  ${workspace.name}`,
    ...keys.map(({ _id, name, scopes, revokedAt, lastUsedAt }) => {
      const state = revokedAt ? 'revoked' : lastUsedAt ? `last used ${lastUsedAt.toISOString()}` : 'never used';
      return `  ${_id}  ${[name, state, scopes.join(',')].filter(Boolean).join('  ')}`;
    }),
  ]);
  const workspaces = summaries.map(({ workspace, keys }) => ({
    workspace: workspace._id,
    name: workspace.name,
    keys: keys.map(({ _id, name, scopes, revokedAt, lastUsedAt }) => ({
      keyId: _id,
      name,
      scopes,
      revokedAt,
      lastUsedAt,
    })),
  }));
  return { facts: { workspaces }, text: lines.join('\n') || 'There is no workspace yet. Make one: create "Name"' };
}

async function run(command: (parts: Parts) => Promise<Answer>): Promise<void> {
  const { json } = program.opts<{ json?: boolean }>();
  try {
    const { facts, text } = await withStore((store) =>
      command({ store, now: systemClock, newId: makeNewId(systemClock) }),
    );
    console.log(json ? JSON.stringify(facts) : text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    console.error(json ? JSON.stringify({ error: message }) : message);
    process.exitCode = 1;
  }
}

/** The embedded store is refused with a clear message while a server has it open. */
async function withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const { mongodbUri, dataDir } = parseConfig(process.env);
  const embedded = mongodbUri ? null : await startEmbeddedMongo({ dataDir: path.join(dataDir, 'store') });
  try {
    const store = await openStore({ uri: mongodbUri ?? embedded?.uri ?? '' });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  } finally {
    await embedded?.close();
  }
}
