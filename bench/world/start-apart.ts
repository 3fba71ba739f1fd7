// Store, sandbox, server and worker as processes of their own, and one connected account: for benchmarks that ask what each of them takes.
import type { Store } from '../../server/store/store.ts';
import { makeSandboxControl, type SandboxControl } from '../chaos/sandbox-control.ts';
import { repository } from '../processes/build.ts';
import type { Child } from '../processes/child.ts';
import { startStaff, type Staff } from '../processes/staff.ts';
import { makeApi, type Api } from './api.ts';
import { connectPortal } from './connect.ts';
import { freePorts } from './free-port.ts';
import { appSeed, type PortalSeed } from './seed.ts';
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

export async function startApart({ account, env = {} }: ApartOptions): Promise<Apart> {
  const [sandboxPort = 0, serverPort = 0] = await freePorts(2);
  const [url, sandboxUrl] = [`http://localhost:${serverPort}`, `http://127.0.0.1:${sandboxPort}`];
  const options = { name: 'apart', sandboxUrl, serverPort, keepsOnDisk: false, env };
  return startStaff(options, async ({ store, storeProcess, employ, employProgram, makeTenant, close }) => {
    await employSandbox(employ, sandboxPort);
    const sandbox = makeSandboxControl(sandboxUrl);
    await sandbox.seed({ apps: [appSeed(`${url}/oauth/callback`)], portals: [account] });
    const server = await employProgram('server', { METRICS_PORT: '0', ROLE: 'server', PORT: String(serverPort) });
    let workers = 0;
    const employWorker = () => employProgram(`worker-${(workers += 1)}`, { ROLE: 'worker' });
    const { workspaceId, key } = await makeTenant();
    const api = makeApi(url, key);
    const { portalId } = account;
    const firstWorker = await employWorker();
    await connectPortal({ api, sandboxUrl, portalId });
    await api.post('/v1/links', benchLink(slug));
    await firstWorker.end();
    const [joined] = await store.connections.listOfPortal(portalId);
    if (!joined) throw new Error('The account is not connected.');
    const connection = { _id: joined._id, portalId };
    return { url, api, store, storeProcess, sandbox, server, workspaceId, connection, slug, employWorker, close };
  });
}

/** From source: its pages read files that a build does not copy. */
function employSandbox(employ: Staff['employ'], port: number): Promise<Child> {
  return employ({
    name: 'sandbox',
    args: ['--import', 'tsx', 'sandbox/start.ts', '--port', `${port}`, '--empty', '--json'],
    env: {},
    cwd: repository,
    readyWhen: '"url"',
  });
}
