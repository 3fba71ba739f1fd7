// Signing in by HubSpot against the sandbox: who installs owns the workspace that this made; nobody else gets in by an installation.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signIn } from '../../helpers/console.ts';
import { makeTestBrowser, type TestBrowser } from '../../helpers/browser.ts';
import { consent, installLinkOf, startInstallation } from '../../helpers/install.ts';
import { startTestSandbox, testPortalId, type TestSandbox } from '../../helpers/start-test-sandbox.ts';
import { startTestServer, type TestServer } from '../../helpers/start-test-server.ts';

let server: TestServer;
let sandbox: TestSandbox;
const otherPortal = 62_516;

beforeAll(async () => {
  sandbox = await startTestSandbox();
  sandbox.control.seed({ portals: [{ portalId: otherPortal, name: 'Other account', domain: 'other.example.com' }] });
  server = await startTestServer({ env: sandbox.env });
  sandbox.registerApp({ publicUrl: server.context.config.publicUrl });
});
afterAll(async () => {
  await server.close();
  await sandbox.close();
});

const at = (path: string) => `${server.context.config.publicUrl}${path}`;
const session = async (browser: TestBrowser) => {
  const { status, text } = await browser.open(at('/console/session'));
  return { status, body: JSON.parse(text) };
};

/** From an address of ours through HubSpot's consent and back. */
async function throughHubSpot(browser: TestBrowser, start: string, portalId: number) {
  const asked = await startInstallation(browser, start);
  const decided = await consent(browser, asked, { portalId });
  return browser.open(decided.location ?? '');
}

const fromMarketplace = (browser: TestBrowser, portalId: number) =>
  throughHubSpot(browser, at('/oauth/callback?step=authorize'), portalId);
const bySignIn = (browser: TestBrowser, portalId: number) =>
  throughHubSpot(browser, at('/console/sign-in/hubspot'), portalId);

it('who installs from the marketplace owns the new workspace, and signs in again by HubSpot', async () => {
  const browser = makeTestBrowser();
  expect((await fromMarketplace(browser, testPortalId)).status).toBe(303);
  const first = await session(browser);
  expect(first.body).toMatchObject({ role: 'owner', user: { signed_in_by: 'hubspot' } });

  const elsewhere = makeTestBrowser();
  const back = await bySignIn(elsewhere, testPortalId);
  expect(back.location).toBe(at('/console/'));
  expect((await session(elsewhere)).body.workspace).toEqual(first.body.workspace);

  const connections = await server.context.store.connections.listOfWorkspace(first.body.workspace.id);
  expect(connections).toHaveLength(1);
  const log = JSON.parse((await browser.open(at('/v1/audit'))).text);
  expect(log.entries.map(({ action }: { action: string }) => action)).toEqual([
    'session.start',
    'workspace.create',
    'connection.connect',
  ]);
});

it('who is no member is told so, connects nothing, and leaves no live token behind', async () => {
  const browser = makeTestBrowser();
  const refused = await bySignIn(browser, otherPortal);
  expect(refused.status).toBe(403);
  expect(refused.text).toContain('not a member');
  expect((await session(browser)).status).toBe(401);
  expect(await server.context.store.portals.find(otherPortal)).toBeNull();
  expect(await server.context.store.connections.listOfPortal(otherPortal)).toEqual([]);
});

it('an installation link makes nobody a member of the workspace that sent it', async () => {
  const tenant = await server.makeTenant();
  const browser = makeTestBrowser();
  const done = await throughHubSpot(browser, await installLinkOf(tenant), otherPortal);
  expect(done.location).toContain('/oauth/installed/');
  expect((await session(browser)).status).toBe(401);
  expect(await server.context.store.members.listOfWorkspace(tenant.workspaceId)).toEqual([]);
});

it('who came by link and connects HubSpot in the same browser signs in by HubSpot from then on', async () => {
  const tenant = await server.makeTenant({ name: 'By link' });
  const { cookie } = await signIn(server, { workspaceId: tenant.workspaceId });
  const browser = makeTestBrowser();
  browser.setCookie(at('/'), cookie);
  const done = await throughHubSpot(browser, await installLinkOf(tenant), otherPortal);
  expect(done.location).toMatch(/\/console\/connections\/con_/);
  const elsewhere = makeTestBrowser();
  await bySignIn(elsewhere, otherPortal);
  expect((await session(elsewhere)).body).toMatchObject({ workspace: { name: 'By link' }, role: 'owner' });
});

it('a consent for signing in cannot be finished in another browser, or twice', async () => {
  const [mine, foreign] = [makeTestBrowser(), makeTestBrowser()];
  const asked = await startInstallation(mine, at('/console/sign-in/hubspot'));
  const decided = await consent(mine, asked, { portalId: testPortalId });
  expect((await foreign.open(decided.location ?? '')).status).toBe(400);
  expect((await mine.open(decided.location ?? '')).status).toBe(303);
  expect((await mine.open(decided.location ?? '')).status).toBe(400);
});
