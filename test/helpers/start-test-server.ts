// The server as a test sees it: the real wiring, listening on a free port, with a database and a spool folder of its own.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import supertest from 'supertest';
import { createApp } from '../../server/app.ts';
import { parseConfig, type Config } from '../../server/config.ts';
import { apiScopes, type ApiScope } from '../../server/contract/api-scopes.ts';
import type { Context } from '../../server/flows/context.ts';
import { makeKey, makeWorkspace } from '../../server/flows/make-workspace.ts';
import type { Now } from '../../server/lib/clock.ts';
import { silentLog, type Log } from '../../server/lib/log.ts';
import type { VaultKey } from '../../server/lib/vault.ts';
import { makeContext } from '../../server/make-context.ts';
import { startTestStore, type TestStore } from './start-test-store.ts';

export interface TestServer {
  url: string;
  context: Context;
  store: TestStore;
  /** For a second process on the same store. */
  encryptionKeys: readonly VaultKey[];
  /** A new workspace with a key for these scopes (all of them when left out). */
  makeTenant(options?: { name?: string; scopes?: readonly ApiScope[] }): Promise<Tenant>;
  close(): Promise<void>;
}

export interface Tenant {
  workspaceId: string;
  keyId: string;
  key: string;
  /** Real HTTP with the tenant's key. */
  api: ReturnType<typeof supertest.agent>;
}

interface TestServerOptions {
  env?: Record<string, string>;
  now?: Now;
  log?: Log;
  /** Wire a worker or count what is woken: changes the context before the first request. */
  adjust?: (context: Context) => void;
}

export async function startTestServer({
  env = {},
  now,
  log = silentLog,
  adjust,
}: TestServerOptions = {}): Promise<TestServer> {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'elido-test-'));
    closers.push(() => rm(dataDir, { recursive: true, force: true }));
    const store = await startTestStore();
    closers.push(() => store.close());
    const server = createServer();
    // The address is part of the configuration, so the port comes first and the app after it.
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => stopListening(server));
    const encryptionKeys = [{ id: 'test', key: randomBytes(32) }];
    const { port } = server.address() as AddressInfo;
    const { context, close: closeContext } = await makeContext({
      config: testConfig({ PORT: String(port), DATA_DIR: dataDir, ...env }),
      store: store.store,
      log,
      encryptionKeys,
      ...(now ? { now } : {}),
    });
    closers.push(closeContext);
    adjust?.(context);
    server.on('request', createApp(context));
    const url = `http://127.0.0.1:${port}`;
    return { url, context, store, encryptionKeys, makeTenant: makeTenantMaker(url, context), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function makeTenantMaker(url: string, context: Context): TestServer['makeTenant'] {
  return async ({ name = 'Test workspace', scopes = apiScopes } = {}) => {
    const workspace = await makeWorkspace(context, name);
    const { secret, key } = await makeKey(context, { workspaceId: workspace._id, scopes });
    const api = supertest.agent(url).set('Authorization', `Bearer ${secret}`);
    return { workspaceId: workspace._id, keyId: key._id, key: secret, api };
  };
}

async function stopListening(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}

/** A configuration for tests: limits out of the way, an app that the sandbox can be told about. */
function testConfig(env: Record<string, string>): Config {
  return parseConfig({
    NODE_ENV: 'test',
    CLICK_HOLD_MS: '0',
    REDIRECT_RATE_LIMIT: '1000000',
    API_RATE_LIMIT: '1000000',
    PUBLIC_RATE_LIMIT: '1000000',
    HUBSPOT_SIDE_CALLS: '55',
    HUBSPOT_CLIENT_ID: 'test-client-id',
    HUBSPOT_CLIENT_SECRET: 'test-client-secret',
    HUBSPOT_APP_ID: '900001',
    HUBSPOT_API_URL: 'http://127.0.0.1:9',
    HUBSPOT_APP_URL: 'http://127.0.0.1:9',
    ...env,
  });
}
