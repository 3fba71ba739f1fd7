// What tests of installations begin with: a sandbox and a server of the file's own, and for each test a workspace, a fresh browser and the
// app as it is registered at HubSpot.
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { makeMovableClock } from '../../server/lib/clock.ts';
import { makeTestBrowser, type TestBrowser } from '../helpers/browser.ts';
import { startTestSandbox, type TestSandbox } from '../helpers/start-test-sandbox.ts';
import { startTestServer, type Tenant, type TestServer } from '../helpers/start-test-server.ts';

export interface Installations {
  sandbox: TestSandbox;
  server: TestServer;
  tenant: Tenant;
  browser: TestBrowser;
  publicUrl: string;
}

/** Registers the hooks of the file; `take` is called before each test. Returns the clock of the server. */
export function useInstallations(take: (made: Installations) => void): ReturnType<typeof makeMovableClock> {
  const clock = makeMovableClock();
  let sandbox: TestSandbox;
  let server: TestServer;
  beforeAll(async () => {
    sandbox = await startTestSandbox();
    server = await startTestServer({ env: sandbox.env, now: clock.now });
  });
  afterAll(async () => {
    await server.close();
    await sandbox.close();
  });
  beforeEach(async () => {
    const { publicUrl } = server.context.config;
    sandbox.registerApp({ publicUrl });
    take({ sandbox, server, tenant: await server.makeTenant(), browser: makeTestBrowser(), publicUrl });
  });
  return clock;
}

export const connectionsOf = async (of: Tenant) => (await of.api.get('/v1/connections')).body.connections;
