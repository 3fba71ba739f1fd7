// An installation from the link to the page at its end, as an administrator clicks through it against the sandbox.
import { makeTestBrowser, type TestBrowser, type Visit } from './browser.ts';
import { testPortalId, type TestSandbox } from './start-test-sandbox.ts';
import type { Tenant, TestServer } from './start-test-server.ts';

interface Consent {
  portalId?: number;
  decision?: 'grant' | 'deny';
  /** Take these away from what was asked, as a grant with fewer rights would. */
  withoutScopes?: readonly string[];
}

/** Decides on the sandbox's consent page; the reply sends the browser to our callback. */
export async function consent(
  browser: TestBrowser,
  authorizeUrl: string,
  { portalId = testPortalId, decision = 'grant', withoutScopes = [] }: Consent = {},
): Promise<Visit> {
  const url = new URL(authorizeUrl);
  const asked = Object.fromEntries(url.searchParams);
  const scope = (asked.scope ?? '').split(' ').filter((name) => !withoutScopes.includes(name));
  return browser.submit(`${url.origin}/oauth/authorize/decision`, {
    ...asked,
    scope: scope.join(' '),
    account: String(portalId),
    decision,
  });
}

/** A fresh installation link of the tenant. */
export async function installLinkOf(tenant: Tenant): Promise<string> {
  const { body } = await tenant.api.post('/v1/connections/install-links').expect(201);
  return String(body.url);
}

/** Opens the link and returns HubSpot's consent address. */
export async function startInstallation(browser: TestBrowser, link: string): Promise<string> {
  const { location } = await browser.open(link);
  if (location === null) throw new Error('the installation link led nowhere');
  return location;
}

interface Installation {
  server: TestServer;
  sandbox: TestSandbox;
  tenant: Tenant;
  portalId?: number;
}

/** Connects a portal and returns the connection's id. */
export async function installPortal({
  server,
  sandbox,
  tenant,
  portalId = testPortalId,
}: Installation): Promise<string> {
  sandbox.registerApp({ publicUrl: server.context.config.publicUrl });
  const browser = makeTestBrowser();
  const decided = await consent(browser, await startInstallation(browser, await installLinkOf(tenant)), { portalId });
  const done = await browser.open(decided.location ?? '');
  if (done.status !== 303) throw new Error(`the installation ended with ${done.status}: ${done.text}`);
  const { body } = await tenant.api.get('/v1/connections').expect(200);
  const connections = body.connections as { id: string; portal_id: number }[];
  return connections.find((connection) => connection.portal_id === portalId)?.id ?? '';
}
