// Everything a chaos run needs, each part a process of its own: store, sandbox, servers, workers; and accounts that are connected.
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { apiScopes } from '../../server/contract/api-scopes.ts';
import { makeKey, makeWorkspace } from '../../server/flows/make-workspace.ts';
import { systemClock } from '../../server/lib/clock.ts';
import { makeNewId } from '../../server/lib/ids.ts';
import { openStore, type Store } from '../../server/store/store.ts';
import { makeApi } from '../world/api.ts';
import { connectPortal } from '../world/connect.ts';
import { freePorts } from '../world/free-port.ts';
import { accountSeed, appEnv, appSeed, makePeople, type Person } from '../world/seed.ts';
import { benchLink } from '../world/start-world.ts';
import { build, repository, type Build } from '../processes/build.ts';
import { makeChild, type Child } from '../processes/child.ts';
import type { ChaosOptions } from './options.ts';
import { makeSandboxControl, type SandboxControl } from './sandbox-control.ts';

export const callsPerTenSeconds = 110;
const contactsPerPortal = 20;

export interface Household {
  portalId: number;
  workspaceId: string;
  key: string;
  slug: string;
  people: readonly Person[];
}

export interface Town {
  folder: string;
  serverUrls: string[];
  /** Where servers put clicks while the store is away. */
  spoolFolder: string;
  sandbox: SandboxControl;
  store: Store;
  storeUri: string;
  households: Household[];
  /** Servers and workers. */
  staff: Child[];
  storeProcess: Child;
  close(options: { keepFolder: boolean }): Promise<void>;
}

type Closer = Town['close'];

export async function startTown(options: ChaosOptions): Promise<Town> {
  const closers: Closer[] = [];
  const children: Child[] = [];
  const endAllNow = () => children.forEach((child) => child.endNow());
  process.once('exit', endAllNow);
  const close: Closer = async (how) => {
    await Promise.all(children.map((child) => child.end('SIGKILL')));
    for (const closer of closers.splice(0).reverse()) await closer(how);
    process.removeListener('exit', endAllNow);
  };
  try {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'elido-chaos-'));
    closers.push(async ({ keepFolder }) => {
      if (!keepFolder) await rm(folder, { recursive: true, force: true });
    });
    const built = await build();
    closers.push(() => Promise.resolve(built.remove()));
    const parts = await makeParts({ folder, built, options });
    children.push(parts.storeProcess, parts.sandboxProcess, ...parts.staff);
    await Promise.all([parts.storeProcess.start(), parts.sandboxProcess.start()]);
    await parts.sandbox.seed({ apps: [appSeed(`${parts.publicUrl}/oauth/callback`)] });
    await parts.sandbox.setSwitches({ accessTokenSeconds: options.tokenSeconds });
    const store = await openStore({ uri: parts.storeUri, timeoutMs: 30_000 });
    closers.push(() => store.close());
    await Promise.all(parts.staff.map((child) => child.start()));
    const households = await connectHouseholds({ parts, store, portals: options.portals });
    const { sandbox, staff, storeProcess, storeUri, serverUrls, spoolFolder } = parts;
    return { folder, serverUrls, spoolFolder, sandbox, store, storeUri, households, staff, storeProcess, close };
  } catch (error) {
    await close({ keepFolder: true });
    throw error;
  }
}

interface Parts {
  storeProcess: Child;
  storeUri: string;
  sandboxProcess: Child;
  sandbox: SandboxControl;
  staff: Child[];
  serverUrls: string[];
  publicUrl: string;
  spoolFolder: string;
}

async function makeParts({
  folder,
  built,
  options,
}: {
  folder: string;
  built: Build;
  options: ChaosOptions;
}): Promise<Parts> {
  const logFolder = path.join(folder, 'logs');
  await mkdir(logFolder, { recursive: true });
  const [storePort = 0, sandboxPort = 0, ...serverPorts] = await freePorts(2 + options.servers);
  const storeUri = `mongodb://127.0.0.1:${storePort}/elido`;
  const sandboxUrl = `http://127.0.0.1:${sandboxPort}`;
  const serverUrls = serverPorts.map((port) => `http://localhost:${port}`);
  const publicUrl = serverUrls[0] ?? '';
  const spoolFolder = path.join(folder, 'spool');
  const base = { PATH: process.env['PATH'] ?? '' };
  const common = { env: base, logFolder };
  const staffEnv = {
    ...base,
    ...appEnv(sandboxUrl),
    NODE_ENV: 'production',
    METRICS_PORT: '0',
    PUBLIC_URL: publicUrl,
    MONGODB_URI: storeUri,
    DATA_DIR: folder,
    SPOOL_DIR: spoolFolder,
    ENCRYPTION_KEYS: `chaos:${randomBytes(32).toString('base64')}`,
    CLICK_HOLD_MS: '1000',
    EVENT_GROUP_SIZE: String(options.groupSize),
  };
  // Not in the repository: a .env there must not change what is measured.
  const employ = (name: string, env: Record<string, string>) =>
    makeChild({
      name,
      args: [built.fileOf('server/start.ts')],
      env: { ...staffEnv, ...env },
      cwd: folder,
      readyWhen: '"msg":"started"',
      logFolder,
    });
  return {
    storeUri,
    sandbox: makeSandboxControl(sandboxUrl),
    serverUrls,
    publicUrl,
    spoolFolder,
    storeProcess: makeChild({
      ...common,
      name: 'store',
      args: [built.fileOf('embedded-mongo/start.ts'), '--data', path.join(folder, 'store'), '--port', `${storePort}`],
      cwd: folder,
      readyWhen: '"uri"',
    }),
    // From source: its pages read files that a build does not copy.
    sandboxProcess: makeChild({
      ...common,
      name: 'sandbox',
      args: ['--import', 'tsx', 'sandbox/start.ts', '--port', `${sandboxPort}`, '--empty', '--json'],
      cwd: repository,
      readyWhen: '"url"',
    }),
    staff: [
      ...serverPorts.map((port, n) => employ(`server-${n + 1}`, { ROLE: 'server', PORT: String(port) })),
      ...Array.from({ length: options.workers }, (_, n) => employ(`worker-${n + 1}`, { ROLE: 'worker' })),
    ],
  };
}

interface Connecting {
  parts: Parts;
  store: Store;
  portals: number;
}

async function connectHouseholds({ parts, store, portals }: Connecting): Promise<Household[]> {
  const context = { store, now: systemClock, newId: makeNewId(systemClock) };
  const households: Household[] = [];
  for (let n = 0; n < portals; n += 1) {
    const portalId = 9_001 + n;
    // Of twenty contacts six have one open deal, two have two, and two have a closed one.
    const people = makePeople(contactsPerPortal, (m) => ({
      open: m < 6 ? 1 : m < 8 ? 2 : 0,
      closed: m === 7 || m === 8 ? 1 : 0,
    }));
    await parts.sandbox.seed({ portals: [accountSeed({ portalId, people, callsPerTenSeconds })] });
    const { _id: workspaceId } = await makeWorkspace(context, `Workspace ${portalId}`);
    const { secret: key } = await makeKey(context, { workspaceId, scopes: apiScopes });
    const slug = `link-${portalId}`;
    households.push({ portalId, workspaceId, key, slug, people });
  }
  await Promise.all(
    households.map(async ({ portalId, key, slug }) => {
      const api = makeApi(parts.publicUrl, key);
      await connectPortal({ api, sandboxUrl: parts.sandbox.url, portalId });
      await api.post('/v1/links', benchLink(slug));
    }),
  );
  return households;
}
