// Store, sandbox, server and worker as processes of their own, and one connected account: for benchmarks that ask what each of them takes.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { apiScopes } from '../../server/contract/api-scopes.ts';
import { makeKey, makeWorkspace } from '../../server/flows/make-workspace.ts';
import { systemClock } from '../../server/lib/clock.ts';
import { makeNewId } from '../../server/lib/ids.ts';
import { openStore, type Store } from '../../server/store/store.ts';
import { makeSandboxControl, type SandboxControl } from '../chaos/sandbox-control.ts';
import { build, repository } from '../processes/build.ts';
import { makeChild, type Child } from '../processes/child.ts';
import { makeApi, type Api } from './api.ts';
import { connectPortal } from './connect.ts';
import { freePorts } from './free-port.ts';
import { appEnv, appSeed, type PortalSeed } from './seed.ts';
import { benchLink } from './start-world.ts';

export interface Apart {
  /** Of the server. */
  url: string;
  api: Api;
  /** The store, asked from here. */
  store: Store;
  storeProcess: Child;
  sandbox: SandboxControl;
  server: Child;
  workspaceId: string;
  connection: { _id: string; portalId: number };
  slug: string;
  /** A new worker, started; end it with `end()`. None runs before. */
  employWorker: () => Promise<Child>;
  close(): Promise<void>;
}

export interface ApartOptions {
  account: PortalSeed;
  env?: Record<string, string>;
}

const slug = 'q2-pricing';
/** The store keeps everything in memory: it may take what the machine has. */
const storeHeapMb = 24_000;

export async function startApart({ account, env = {} }: ApartOptions): Promise<Apart> {
  const closers: (() => Promise<unknown>)[] = [];
  const children: Child[] = [];
  const endAllNow = () => children.forEach((child) => child.endNow());
  process.once('exit', endAllNow);
  const close = async () => {
    await Promise.all(children.map((child) => child.end('SIGKILL')));
    for (const closer of closers.splice(0).reverse()) await closer();
    process.removeListener('exit', endAllNow);
  };
  try {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'elido-apart-'));
    closers.push(() => rm(folder, { recursive: true, force: true }));
    const built = await build();
    closers.push(() => Promise.resolve(built.remove()));
    const [storePort = 0, sandboxPort = 0, serverPort = 0] = await freePorts(3);
    const [storeUri, sandboxUrl] = [`mongodb://127.0.0.1:${storePort}/elido`, `http://127.0.0.1:${sandboxPort}`];
    const url = `http://localhost:${serverPort}`;
    const base = { PATH: process.env['PATH'] ?? '' };
    const employ = async (child: Omit<Parameters<typeof makeChild>[0], 'logFolder'>) => {
      const made = makeChild({ ...child, logFolder: folder });
      children.push(made);
      await made.start();
      return made;
    };
    const program = built.fileOf('server/start.ts');
    const programEnv = {
      ...base,
      ...appEnv(sandboxUrl),
      NODE_ENV: 'production',
      METRICS_PORT: '0',
      PUBLIC_URL: url,
      MONGODB_URI: storeUri,
      DATA_DIR: folder,
      ENCRYPTION_KEYS: `bench:${randomBytes(32).toString('base64')}`,
      ...env,
    };
    const storeProcess = await employ({
      name: 'store',
      args: [`--max-old-space-size=${storeHeapMb}`, built.fileOf('embedded-mongo/start.ts'), '--port', `${storePort}`],
      env: base,
      cwd: folder,
      readyWhen: '"uri"',
    });
    // From source: its pages read files that a build does not copy.
    await employ({
      name: 'sandbox',
      args: ['--import', 'tsx', 'sandbox/start.ts', '--port', `${sandboxPort}`, '--empty', '--json'],
      env: base,
      cwd: repository,
      readyWhen: '"url"',
    });
    const sandbox = makeSandboxControl(sandboxUrl);
    await sandbox.seed({ apps: [appSeed(`${url}/oauth/callback`)], portals: [account] });
    const store = await openStore({ uri: storeUri });
    closers.push(() => store.close());
    const common = { args: [program], cwd: folder, readyWhen: '"msg":"started"' };
    const server = await employ({
      ...common,
      name: 'server',
      env: { ...programEnv, METRICS_PORT: '0', ROLE: 'server', PORT: String(serverPort) },
    });
    let workers = 0;
    const employWorker = () =>
      employ({ ...common, name: `worker-${(workers += 1)}`, env: { ...programEnv, ROLE: 'worker' } });

    const context = { store, now: systemClock, newId: makeNewId(systemClock) };
    const { _id: workspaceId } = await makeWorkspace(context, 'Measured workspace');
    const { secret } = await makeKey(context, { workspaceId, scopes: apiScopes });
    const api = makeApi(url, secret);
    const { portalId } = account;
    const firstWorker = await employWorker();
    await connectPortal({ api, sandboxUrl, portalId });
    await api.post('/v1/links', benchLink(slug));
    await firstWorker.end();
    const [joined] = await store.connections.listOfPortal(portalId);
    if (!joined) throw new Error('The account is not connected.');
    const connection = { _id: joined._id, portalId };
    return { url, api, store, storeProcess, sandbox, server, workspaceId, connection, slug, employWorker, close };
  } catch (error) {
    await close();
    throw error;
  }
}
