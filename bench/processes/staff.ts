// What is measured as processes of their own: the product as it is built, a folder, a store and whatever else is employed. All of it
// ends together, also when the start fails halfway or this process is ended.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { apiScopes } from '../../server/contract/api-scopes.ts';
import { makeKey, makeWorkspace } from '../../server/flows/make-workspace.ts';
import { systemClock } from '../../server/lib/clock.ts';
import { makeNewId } from '../../server/lib/ids.ts';
import { openStore, type Store } from '../../server/store/store.ts';
import { freePorts } from '../world/free-port.ts';
import { appEnv } from '../world/seed.ts';
import { build } from './build.ts';
import { makeChild, type Child, type ChildOptions } from './child.ts';

export interface StaffOptions {
  /** Of the folder. */
  name: string;
  sandboxUrl: string;
  serverPort: number;
  /** Kept on disk, or in memory with as much heap as the machine has. */
  keepsOnDisk: boolean;
  /** For server and workers, over what they get anyway. */
  env?: Record<string, string>;
}

export interface Staff {
  /** The store, asked from here. */
  store: Store;
  storeProcess: Child;
  /** Of a database of the store's process. */
  uriOf: (database: string) => string;
  /** Started and ready. It gets no more of this process's environment than the path. */
  employ: (child: Omit<ChildOptions, 'logFolder' | 'cwd'> & { cwd?: string }) => Promise<Child>;
  /** The program in a role: `server` or `worker`. */
  employProgram: (name: string, env: Record<string, string>) => Promise<Child>;
  makeTenant: () => Promise<{ workspaceId: string; key: string }>;
  /** What is called before the store is closed, the last first. */
  onClose: (closer: () => Promise<unknown>) => void;
  close: () => Promise<void>;
}

const storeHeapMb = 24_000;

/** Starts the store, and hands what is there to `make`, which employs the others. */
export async function startStaff<Made>(options: StaffOptions, make: (staff: Staff) => Promise<Made>): Promise<Made> {
  const { name, sandboxUrl, keepsOnDisk, serverPort } = options;
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
    const folder = await mkdtemp(path.join(os.tmpdir(), `elido-${name}-`));
    closers.push(() => rm(folder, { recursive: true, force: true }));
    const built = await build();
    closers.push(() => Promise.resolve(built.remove()));
    const [storePort = 0] = await freePorts(1);
    const uriOf = (database: string) => `mongodb://127.0.0.1:${storePort}/${database}`;
    const ownEnv = { PATH: process.env['PATH'] ?? '' };
    const employ: Staff['employ'] = async (child) => {
      const made = makeChild({ cwd: folder, ...child, env: { ...ownEnv, ...child.env }, logFolder: folder });
      children.push(made);
      await made.start();
      return made;
    };
    const memory = keepsOnDisk ? [] : [`--max-old-space-size=${storeHeapMb}`];
    const disk = keepsOnDisk ? ['--data', path.join(folder, 'store')] : [];
    const storeProcess = await employ({
      name: 'store',
      args: [...memory, built.fileOf('embedded-mongo/start.ts'), '--port', `${storePort}`, ...disk],
      env: {},
      readyWhen: '"uri"',
    });
    const store = await openStore({ uri: uriOf('elido') });
    closers.push(() => store.close());
    const programEnv = {
      ...appEnv(sandboxUrl),
      NODE_ENV: 'production',
      METRICS_PORT: '0',
      PUBLIC_URL: `http://localhost:${serverPort}`,
      MONGODB_URI: uriOf('elido'),
      DATA_DIR: folder,
      ENCRYPTION_KEYS: `bench:${randomBytes(32).toString('base64')}`,
      ...options.env,
    };
    return await make({
      store,
      storeProcess,
      uriOf,
      employ,
      employProgram: (child, env) =>
        employ({
          name: child,
          args: [built.fileOf('server/start.ts')],
          env: { ...programEnv, ...env },
          readyWhen: '"msg":"started"',
        }),
      makeTenant: () => makeTenant(store),
      onClose: (closer) => closers.push(closer),
      close,
    });
  } catch (error) {
    await close();
    throw error;
  }
}

async function makeTenant(store: Store): Promise<{ workspaceId: string; key: string }> {
  const context = { store, now: systemClock, newId: makeNewId(systemClock) };
  const { _id: workspaceId } = await makeWorkspace(context, 'Measured workspace');
  const { secret } = await makeKey(context, { workspaceId, scopes: apiScopes });
  return { workspaceId, key: secret };
}
