// Where the front door is measured: store, server and the bare server as processes of their own, and one connected workspace.
// No worker runs: what is measured is taking clicks in.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import mongoose from 'mongoose';
import { apiScopes } from '../../server/contract/api-scopes.ts';
import { makeKey, makeWorkspace } from '../../server/flows/make-workspace.ts';
import { systemClock } from '../../server/lib/clock.ts';
import { makeNewId } from '../../server/lib/ids.ts';
import { openStore, type Store } from '../../server/store/store.ts';
import { build, repository } from '../processes/build.ts';
import { makeChild, type Child } from '../processes/child.ts';
import { makeApi } from '../world/api.ts';
import { freePorts } from '../world/free-port.ts';
import { appEnv } from '../world/seed.ts';
import { benchLink } from '../world/start-world.ts';

export interface Arena {
  productPort: number;
  barePort: number;
  key: string;
  slug: string;
  /** How many clicks of the product are in the store. */
  stored(): Promise<number>;
  close(): Promise<void>;
}

const portalId = 6_001;
const slug = 'q2-pricing';

export async function openArena(): Promise<Arena> {
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
    const folder = await mkdtemp(path.join(os.tmpdir(), 'elido-load-'));
    closers.push(() => rm(folder, { recursive: true, force: true }));
    const built = await build();
    closers.push(() => Promise.resolve(built.remove()));
    const [storePort = 0, productPort = 0, barePort = 0] = await freePorts(3);
    const storeUri = `mongodb://127.0.0.1:${storePort}`;
    const employ = async (child: Parameters<typeof makeChild>[0]) => {
      const made = makeChild(child);
      children.push(made);
      await made.start();
    };
    const common = { env: { PATH: process.env['PATH'] ?? '' }, cwd: folder, logFolder: folder };
    await employ({
      ...common,
      name: 'store',
      args: [built.fileOf('embedded-mongo/start.ts'), '--data', path.join(folder, 'store'), '--port', `${storePort}`],
      readyWhen: '"uri"',
    });
    const store = await openStore({ uri: `${storeUri}/elido` });
    closers.push(() => store.close());
    const env = {
      ...common.env,
      ...appEnv('http://127.0.0.1:9'),
      NODE_ENV: 'production',
      ROLE: 'server',
      PORT: String(productPort),
      METRICS_PORT: '0',
      PUBLIC_URL: `http://localhost:${productPort}`,
      MONGODB_URI: `${storeUri}/elido`,
      DATA_DIR: folder,
      ENCRYPTION_KEYS: `bench:${randomBytes(32).toString('base64')}`,
    };
    await employ({ ...common, env, name: 'product', args: [built.fileOf('server/start.ts')], readyWhen: '"started"' });
    const key = await connectWorkspace(store);
    const api = makeApi(`http://localhost:${productPort}`, key);
    await api.post('/v1/links', benchLink(slug));
    await api.post('/v1/clicks', { click_id: 'template', slug, eid: '500001' });
    await employ({
      ...common,
      name: 'bare',
      args: ['--import', 'tsx', 'bench/load/bare-server.ts'],
      cwd: repository,
      env: {
        ...common.env,
        NODE_ENV: 'production',
        PORT: String(barePort),
        MONGODB_URI: `${storeUri}/bare`,
        TEMPLATE_URI: `${storeUri}/elido`,
      },
      readyWhen: '"started"',
    });
    const look = await new mongoose.mongo.MongoClient(`${storeUri}/elido`).connect();
    closers.push(() => look.close());
    const stored = () => look.db().collection('deliveries').estimatedDocumentCount();
    return { productPort, barePort, key, slug, stored, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Connected as far as taking clicks in is concerned. Returns the key. */
async function connectWorkspace(store: Store): Promise<string> {
  const context = { store, now: systemClock, newId: makeNewId(systemClock) };
  const { _id: workspaceId } = await makeWorkspace(context, 'Measured workspace');
  const { secret } = await makeKey(context, { workspaceId, scopes: apiScopes });
  const now = Date.now();
  const tokens = { accessToken: 'none', refreshToken: 'none', expiresAt: now };
  await store.portals.saveInstall({ portalId, hubDomain: 'example.com', ...tokens, scopes: [], userId: null, now });
  await store.connections.connect({
    id: context.newId('connection'),
    workspaceId,
    portalId,
    dialect: 'app_events',
    now: now - 60_000,
  });
  return secret;
}
