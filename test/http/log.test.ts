// What a whole installation and its use leave in the log: ids to find things by, and nothing that opens or names anybody.
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeTestBrowser } from '../helpers/browser.ts';
import { consent, installLinkOf, startInstallation } from '../helpers/install.ts';
import { startTestSandbox, testPortalId, type TestSandbox } from '../helpers/start-test-sandbox.ts';
import { startTestServer, type Tenant, type TestServer } from '../helpers/start-test-server.ts';

let sandbox: TestSandbox;
let server: TestServer;
let tenant: Tenant;
let written = '';
const secrets: string[] = [];

beforeAll(async () => {
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written += chunk.toString();
      done();
    },
  });
  sandbox = await startTestSandbox();
  // Without the redaction of the real log: what is not written needs no removing.
  server = await startTestServer({ env: sandbox.env, log: pino({ level: 'trace' }, sink) });
  tenant = await server.makeTenant();
  sandbox.registerApp({ publicUrl: server.context.config.publicUrl });

  const browser = makeTestBrowser();
  const link = await installLinkOf(tenant);
  const authorize = await startInstallation(browser, link);
  const { location } = await consent(browser, authorize);
  const callback = new URL(location ?? '');
  const done = await browser.open(callback.href);
  await browser.open(done.location ?? '');
  await browser.open(callback.href);
  await tenant.api.post('/v1/form-submissions').send({ email: 'sam@example.com', gclid: 'g-1' }).expect(202);
  await tenant.api.get('/v1/links').set('X-Request-Id', 'find-me-by-this').expect(200);

  const portal = await server.context.store.portals.find(testPortalId);
  secrets.push(
    tenant.key,
    link.split('/').at(-1) ?? '',
    callback.searchParams.get('code') ?? '',
    callback.searchParams.get('state') ?? '',
    done.location?.split('/').at(-1) ?? '',
    portal?.accessToken ?? '',
    portal?.refreshToken ?? '',
    ...sandbox.state.accessTokens.keys(),
    'test-client-secret',
    'sam@example.com',
  );
});
afterAll(async () => {
  await server.close();
  await sandbox.close();
});

it('names portal, workspace and request', () => {
  expect(written).toContain(`"portalId":${testPortalId}`);
  expect(written).toContain(tenant.workspaceId);
  expect(written).toContain('find-me-by-this');
  expect(written).toContain('/oauth/install/…');
});

it('holds no key, token, code, state, ticket or address', () => {
  expect(secrets.every((secret) => secret.length > 5)).toBe(true);
  expect(secrets.filter((secret) => written.includes(secret))).toEqual([]);
});
