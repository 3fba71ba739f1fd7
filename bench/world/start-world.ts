// Sandbox, embedded store and the real server in this process, for benchmarks that count calls or look into the store.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startEmbeddedMongo } from '../../embedded-mongo/index.ts';
import { startSandbox, type Sandbox } from '../../sandbox/index.ts';
import { parseConfig } from '../../server/config.ts';
import { apiScopes } from '../../server/contract/api-scopes.ts';
import { makeKey, makeWorkspace } from '../../server/flows/make-workspace.ts';
import type { Context } from '../../server/flows/context.ts';
import { makeLog } from '../../server/lib/log.ts';
import { run } from '../../server/run.ts';
import { makeApi, type Api } from './api.ts';
import { connectPortal } from './connect.ts';
import { freePorts } from './free-port.ts';
import { appEnv, appSeed, type PortalSeed } from './seed.ts';

export interface Tenant {
  api: Api;
  workspaceId: string;
  portalId: number;
}

export interface World {
  url: string;
  sandbox: Sandbox;
  context: Context;
  /** A workspace of its own with a link `q2-pricing`, connected to this account and ready. */
  addTenant(portal: PortalSeed): Promise<Tenant>;
  close(): Promise<void>;
}

export async function startWorld(env: Record<string, string> = {}): Promise<World> {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'elido-bench-'));
    closers.push(() => rm(folder, { recursive: true, force: true }));
    const [port] = await freePorts(1);
    const url = `http://localhost:${port}`;
    const sandbox = await startSandbox();
    closers.push(() => sandbox.close());
    sandbox.control.seed({ apps: [appSeed(`${url}/oauth/callback`)] });
    const store = await startEmbeddedMongo({ dataDir: path.join(folder, 'store') });
    closers.push(() => store.close());
    const server = await run({
      config: parseConfig({
        PORT: String(port),
        METRICS_PORT: '0',
        PUBLIC_URL: url,
        DATA_DIR: folder,
        ...appEnv(sandbox.url),
        ...env,
      }),
      mongodbUri: store.uri,
      encryptionKeys: [{ id: 'bench', key: randomBytes(32) }],
      log: makeLog({ level: 'warn' }),
    });
    closers.push(() => server.close());
    const { context } = server;
    return {
      url,
      sandbox,
      context,
      addTenant: async (portal) => {
        sandbox.control.seed({ portals: [portal] });
        const { portalId } = portal;
        const { _id: workspaceId } = await makeWorkspace(context, `Workspace of ${portalId}`);
        const { secret } = await makeKey(context, { workspaceId, scopes: apiScopes });
        const api = makeApi(url, secret);
        await connectPortal({ api, sandboxUrl: sandbox.url, portalId });
        await api.post('/v1/links', benchLink(`q2-pricing-${portalId}`));
        return { api, workspaceId, portalId };
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A short link with UTM values of its own. */
export function benchLink(slug: string): Record<string, unknown> {
  return {
    slug,
    title: 'Q2 pricing PDF',
    destination: 'https://www.example.com/q2-pricing.pdf',
    tags: ['sales-collateral'],
    utm: { source: 'webinar', campaign: 'q2-pricing', medium: 'email' },
  };
}
