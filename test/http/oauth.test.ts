// Installing, as an administrator goes through it in a browser, against the sandbox over HTTP.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { optionalScopeNames, requiredScopeNames } from '../../server/domain/scopes.ts';
import { tokenAad } from '../../server/flows/tokens/credentials.ts';
import { authorizationTtlMs, installLinkTtlMs } from '../../server/flows/start-install.ts';
import { makeMovableClock } from '../../server/lib/clock.ts';
import { makeTestBrowser, type TestBrowser } from '../helpers/browser.ts';
import { consent, installLinkOf, installPortal, startInstallation } from '../helpers/install.ts';
import { startTestSandbox, testAppId, testPortalId, type TestSandbox } from '../helpers/start-test-sandbox.ts';
import { startTestServer, type Tenant, type TestServer } from '../helpers/start-test-server.ts';

const clock = makeMovableClock();
let sandbox: TestSandbox;
let server: TestServer;
let tenant: Tenant;
let browser: TestBrowser;
let publicUrl: string;

beforeAll(async () => {
  sandbox = await startTestSandbox();
  server = await startTestServer({ env: sandbox.env, now: clock.now });
  publicUrl = server.context.config.publicUrl;
});
afterAll(async () => {
  await server.close();
  await sandbox.close();
});
beforeEach(async () => {
  sandbox.registerApp({ publicUrl });
  tenant = await server.makeTenant();
  browser = makeTestBrowser();
});

const connectionsOf = async (of: Tenant) => (await of.api.get('/v1/connections')).body.connections;

describe('an installation', () => {
  it('asks for the scopes we need, and no others', async () => {
    const url = new URL(await startInstallation(browser, await installLinkOf(tenant)));
    expect(url.origin).toBe(sandbox.url);
    expect(url.searchParams.get('scope')?.split(' ')).toEqual(requiredScopeNames);
    expect(url.searchParams.get('redirect_uri')).toBe(`${publicUrl}/oauth/callback`);
  });

  it('connects the portal and ends on a page that says what was connected', async () => {
    const decided = await consent(browser, await startInstallation(browser, await installLinkOf(tenant)));
    const done = await browser.open(decided.location ?? '');
    expect(done.status).toBe(303);
    const page = await browser.open(done.location ?? '');
    expect(page.status).toBe(200);
    expect(page.text).toContain(`sample.example.com (${testPortalId})`);
    expect(page.text).toContain('crm.objects.deals.write');
    expect(page.text).toContain('http-equiv="refresh"');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await connectionsOf(tenant)).toMatchObject([
      {
        portal_id: testPortalId,
        hub_domain: 'sample.example.com',
        state: 'active',
        mode: 'clicks_and_conversions',
        dialect: 'app_events',
        health: { state: 'connected', reason: null },
        scopes: { granted: [...requiredScopeNames, ...optionalScopeNames], missing: [] },
        provisioning: { state: 'pending' },
      },
    ]);
  });

  it('keeps the tokens sealed, and bound to their portal', async () => {
    await installPortal({ server, sandbox, tenant });
    const portal = await server.context.store.portals.find(testPortalId);
    const { accessToken = '', refreshToken = '' } = portal ?? {};
    expect(accessToken).toMatch(/^v1\.test\./);
    expect(refreshToken).toMatch(/^v1\.test\./);
    expect(server.context.vault.open(refreshToken, tokenAad(testPortalId, 'refresh'))).not.toBe('');
    expect(() => server.context.vault.open(refreshToken, tokenAad(testPortalId + 1, 'refresh'))).toThrow(
      'does not open',
    );
  });

  it('sets a cookie that scripts cannot read and other sites do not send', async () => {
    const { headers } = await browser.open(await installLinkOf(tenant));
    expect(headers.getSetCookie()).toEqual([expect.stringMatching(/HttpOnly; SameSite=Lax$/)]);
  });

  it('over https sets the cookie for https only', async () => {
    const secure = await startTestServer({ env: { ...sandbox.env, PUBLIC_URL: 'https://s.example.com' } });
    try {
      const other = await secure.makeTenant();
      const link = new URL(await installLinkOf(other));
      const { headers } = await browser.open(secure.url + link.pathname);
      expect(headers.getSetCookie()[0]).toMatch(/; Secure/);
    } finally {
      await secure.close();
    }
  });

  it('done again keeps the connection, its settings and what waits, and stores new tokens', async () => {
    const id = await installPortal({ server, sandbox, tenant });
    await tenant.api.patch(`/v1/connections/${id}`).send({ mode: 'conversions_only' }).expect(200);
    const before = await server.context.store.portals.find(testPortalId);
    await server.context.store.portals.setState({
      portalId: testPortalId,
      state: 'needs_sign_in',
      reason: 'hubspot_token_revoked',
      now: clock.now(),
    });
    expect((await connectionsOf(tenant))[0].health).toMatchObject({
      state: 'needs_sign_in',
      reason: { code: 'hubspot_token_revoked', words: expect.stringContaining('revoked') },
    });
    expect(await installPortal({ server, sandbox, tenant })).toBe(id);
    const after = await server.context.store.portals.find(testPortalId);
    expect(after?.accessToken).not.toBe(before?.accessToken);
    expect((await connectionsOf(tenant))[0]).toMatchObject({
      mode: 'conversions_only',
      health: { state: 'connected' },
    });
  });

  it('in two tabs works in both', async () => {
    const link = await installLinkOf(tenant);
    const [first, second] = [await startInstallation(browser, link), await startInstallation(browser, link)];
    for (const url of [first, second]) {
      const { location } = await consent(browser, url);
      expect((await browser.open(location ?? '')).status).toBe(303);
    }
  });
});

describe('the callback refuses', () => {
  async function callbackUrl(): Promise<string> {
    const { location } = await consent(browser, await startInstallation(browser, await installLinkOf(tenant)));
    return location ?? '';
  }

  /** Every refusal is a page. */
  async function refusalOf(url: string, as = browser): Promise<{ status: number; text: string }> {
    const { status, text, headers } = await as.open(url);
    expect(headers.get('content-type')).toContain('text/html');
    return { status, text };
  }
  const says = (status: number, words: string) => ({ status, text: expect.stringContaining(words) });

  it('a state that was used', async () => {
    const url = await callbackUrl();
    await browser.open(url);
    expect(await refusalOf(url)).toMatchObject(says(400, 'finished before'));
  });

  it('a state of another browser, and leaves it to its owner', async () => {
    const url = await callbackUrl();
    expect(await refusalOf(url, makeTestBrowser())).toMatchObject(says(400, 'another browser'));
    expect(await connectionsOf(tenant)).toEqual([]);
    expect((await browser.open(url)).status).toBe(303);
  });

  it('a state older than ten minutes', async () => {
    const url = await callbackUrl();
    clock.advance(authorizationTtlMs);
    expect(await refusalOf(url)).toMatchObject(says(400, 'longer than ten minutes'));
    expect(await connectionsOf(tenant)).toEqual([]);
  });

  it.each(['?code=abc', '?code=abc&state=', '?code=abc&state=made-up', '?code=abc&state=a&state=b', ''])(
    'a made-up request %j',
    async (query) => {
      expect(await refusalOf(`${publicUrl}/oauth/callback${query}`)).toMatchObject(
        says(400, 'This installation cannot be continued'),
      );
    },
  );

  it('a code that HubSpot does not know', async () => {
    const url = new URL(await callbackUrl());
    url.searchParams.set('code', 'made-up');
    expect(await refusalOf(url.href)).toMatchObject(says(400, 'no longer accepts this sign-in code'));
  });

  it('a denied consent, in words', async () => {
    sandbox.control.setSwitches({ denyRedirects: true });
    const authorize = await startInstallation(browser, await installLinkOf(tenant));
    const { location } = await consent(browser, authorize, { decision: 'deny' });
    expect(await refusalOf(location ?? '')).toMatchObject(says(403, 'HubSpot was not connected'));
    expect(await connectionsOf(tenant)).toEqual([]);
  });

  it('an error of HubSpot without showing it as markup', async () => {
    const url = new URL(await callbackUrl());
    url.searchParams.delete('code');
    url.searchParams.set('error', '<script>alert(1)</script>');
    const page = await refusalOf(url.href);
    expect(page).toMatchObject(says(403, 'HubSpot was not connected'));
    expect(page.text).not.toContain('<script>');
  });

  it('a grant that lacks a scope, naming it and what fails without it', async () => {
    sandbox.registerApp({ publicUrl, requiredScopes: ['oauth'] });
    const authorize = await startInstallation(browser, await installLinkOf(tenant));
    const withoutScopes = ['timeline', 'crm.objects.deals.write'];
    const { location } = await consent(browser, authorize, { withoutScopes });
    const page = await refusalOf(location ?? '');
    expect(page).toMatchObject(says(403, 'rights are missing'));
    expect(page.text).toContain('timeline');
    expect(page.text).toContain('No click appears on a timeline.');
    expect(page.text).toContain('Deals show no click counter.');
    expect(await connectionsOf(tenant)).toEqual([]);
  });

  it('to go on when HubSpot does not answer, and says to try again', async () => {
    const url = await callbackUrl();
    const fault = sandbox.control.addFault({
      method: 'POST',
      path: '/oauth/**',
      action: { kind: 'close', when: 'before' },
    });
    expect(await refusalOf(url)).toMatchObject(says(502, 'HubSpot could not be connected'));
    sandbox.control.clearFaults(fault.id);
    expect(await connectionsOf(tenant)).toEqual([]);
  });
});

it('an installation ends well when only the introspection fails', async () => {
  const { location } = await consent(browser, await startInstallation(browser, await installLinkOf(tenant)));
  const fault = sandbox.control.addFault({
    path: '/oauth/*/token/introspect',
    action: { kind: 'close', when: 'before' },
  });
  expect((await browser.open(location ?? '')).status).toBe(303);
  sandbox.control.clearFaults(fault.id);
  expect((await connectionsOf(tenant))[0]).toMatchObject({ portal_id: testPortalId });
});

describe('an installation link', () => {
  it('ends after an hour', async () => {
    const link = await installLinkOf(tenant);
    clock.advance(installLinkTtlMs);
    const page = await browser.open(link);
    expect([page.status, page.location]).toEqual([400, null]);
    expect(page.text).toContain('expired');
  });

  it('made up leads to a page, not to HubSpot', async () => {
    const page = await browser.open(`${publicUrl}/oauth/install/made-up`);
    expect([page.status, page.location]).toEqual([400, null]);
  });

  it('is kept as a hash only', async () => {
    const token = (await installLinkOf(tenant)).split('/').at(-1) ?? '';
    expect(await server.context.store.oauthStates.find({ hash: token, kind: 'install_link' })).toBeNull();
  });
});

describe('the page after an installation', () => {
  it.each(['made-up', 'v1.test.AAAA.AAAA.AAAA'])('is not shown for the ticket %s', async (ticket) => {
    expect((await browser.open(`${publicUrl}/oauth/installed/${ticket}`)).status).toBe(404);
  });

  it('is gone after an hour', async () => {
    const { location } = await consent(browser, await startInstallation(browser, await installLinkOf(tenant)));
    const done = await browser.open(location ?? '');
    expect((await browser.open(done.location ?? '')).status).toBe(200);
    clock.advance(3_600_000);
    expect((await browser.open(done.location ?? '')).status).toBe(404);
  });
});

describe('an installation from the marketplace', () => {
  const callback = (query: Record<string, string>) =>
    `${publicUrl}/oauth/callback?${new URLSearchParams(query).toString()}`;

  it('of a portal nobody has makes a workspace, and goes back to HubSpot', async () => {
    const portalId = 70_001;
    sandbox.control.seed({ portals: [{ portalId, name: 'Market', domain: 'market.example.com' }] });
    const returnUrl = `${sandbox.url}/ecosystem/${portalId}`;
    const { location: authorize } = await browser.open(callback({ step: 'authorize', returnUrl }));
    const { location } = await consent(browser, authorize ?? '', { portalId });
    const done = await browser.open(location ?? '');
    expect([done.status, done.location]).toEqual([303, returnUrl]);
    const [connection] = await server.context.store.connections.listOfPortal(portalId);
    const workspace = await server.context.store.workspaces.find(connection?.workspaceId ?? '');
    expect(workspace?.name).toBe('market.example.com');
  });

  it('of a portal that is connected uses its workspace', async () => {
    const portalId = 70_002;
    sandbox.control.seed({ portals: [{ portalId, name: 'Known' }] });
    const id = await installPortal({ server, sandbox, tenant, portalId });
    const { location: authorize } = await browser.open(callback({ step: 'authorize' }));
    const { location } = await consent(browser, authorize ?? '', { portalId });
    const done = await browser.open(location ?? '');
    expect(done.location).toContain('/oauth/installed/');
    expect((await server.context.store.connections.listOfPortal(portalId)).map(({ _id }) => _id)).toEqual([id]);
  });

  it.each([
    'https://evil.example/',
    'https://app.hubspot.com.evil.example/',
    'https://evil.example/?https://app.hubspot.com',
    'https://app.hubspot.com@evil.example/',
    'https://appevil.hubspot.com/',
    'http://app.hubspot.com/',
    'https://app.hubspot.com:8443/',
    'https://app.hubspot.com\\@evil.example/',
    '//evil.example',
    'javascript:alert(1)',
  ])('never sends the browser to %s', async (returnUrl) => {
    const withoutStep = await browser.open(callback({ returnUrl }));
    expect([withoutStep.status, withoutStep.location]).toEqual([400, null]);
    const { location: authorize } = await browser.open(callback({ step: 'authorize', returnUrl }));
    const { location } = await consent(browser, authorize ?? '');
    const done = await browser.open(location ?? '');
    expect(new URL(done.location ?? '').origin).toBe(new URL(publicUrl).origin);
  });

  it.each(['https://app.hubspot.com/x', 'https://app-eu1.hubspot.com/x'])(
    'starts with a return to %s',
    async (returnUrl) => {
      const { location } = await browser.open(callback({ returnUrl }));
      expect(location).toContain('/oauth/authorize?');
    },
  );
});

describe('a connection', () => {
  it("of another workspace is not there, and its portal's health is not shown", async () => {
    const id = await installPortal({ server, sandbox, tenant });
    const other = await server.makeTenant();
    const address = `/v1/connections/${id}`;
    const replies = await Promise.all([
      other.api.get(address),
      other.api.patch(address).send({ state: 'paused' }),
      other.api.delete(address),
      other.api.get(`${address}/field-mapping`),
      other.api.put(`${address}/field-mapping`).send({ rows: [] }),
    ]);
    expect(replies.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect(await connectionsOf(other)).toEqual([]);
    expect((await connectionsOf(tenant))[0].state).toBe('active');
  });

  it.each([
    [{ state: 'disconnected' }, 'state'],
    [{ mode: 'everything' }, 'mode'],
    [{ dialect: { $gt: '' } }, 'dialect'],
    [{ portal_id: 1 }, 'portal_id'],
  ])('refuses the change %j', async (change, field) => {
    const id = await installPortal({ server, sandbox, tenant });
    const { status, body } = await tenant.api.patch(`/v1/connections/${id}`).send(change);
    expect([status, body.error.field]).toEqual([400, field]);
  });

  it('pauses and resumes', async () => {
    const id = await installPortal({ server, sandbox, tenant });
    expect((await tenant.api.patch(`/v1/connections/${id}`).send({ state: 'paused' })).body.state).toBe('paused');
    expect((await tenant.api.patch(`/v1/connections/${id}`).send({ state: 'active' })).body.state).toBe('active');
  });

  it('is disconnected, and HubSpot is told when nobody else uses the portal', async () => {
    const portalId = 70_003;
    sandbox.control.seed({ portals: [{ portalId, name: 'Shared' }] });
    const other = await server.makeTenant();
    const ids = [
      await installPortal({ server, sandbox, tenant, portalId }),
      await installPortal({ server, sandbox, tenant: other, portalId }),
    ];
    const first = await tenant.api.delete(`/v1/connections/${ids[0]}`);
    expect(first.body).toMatchObject({
      hubspot: 'kept',
      connection: { state: 'disconnected', health: { state: 'connected' } },
    });
    const second = await other.api.delete(`/v1/connections/${ids[1]}`);
    expect(second.body).toMatchObject({ hubspot: 'uninstalled', connection: { health: { state: 'uninstalled' } } });
    expect(sandbox.control.uninstall({ appId: testAppId, portalId })).toBe(false);
    const again = await other.api.patch(`/v1/connections/${ids[1]}`).send({ state: 'active' });
    expect([again.status, again.body.error.code]).toEqual([409, 'conflict']);
  });

  it('is disconnected even when HubSpot does not answer, and the call can be repeated', async () => {
    const portalId = 70_004;
    sandbox.control.seed({ portals: [{ portalId, name: 'Silent' }] });
    const id = await installPortal({ server, sandbox, tenant, portalId });
    const fault = sandbox.control.addFault({
      method: 'DELETE',
      path: '/appinstalls/**',
      action: { kind: 'status', status: 503 },
    });
    const failed = await tenant.api.delete(`/v1/connections/${id}`);
    expect(failed.body).toMatchObject({ hubspot: 'failed', connection: { state: 'disconnected' } });
    sandbox.control.clearFaults(fault.id);
    expect((await tenant.api.delete(`/v1/connections/${id}`)).body.hubspot).toBe('uninstalled');
  });

  it('refuses a mapping onto a property that keeps its first value, naming row and reason', async () => {
    const id = await installPortal({ server, sandbox, tenant });
    const rows = [{ source: 'utm_source', object: 'contact', property: 'hs_analytics_source' }];
    const { status, body } = await tenant.api.put(`/v1/connections/${id}/field-mapping`).send({ rows });
    expect([status, body.error.code]).toEqual([422, 'mapping_refused']);
    expect(body.error.details.rows).toMatchObject([
      { row: 0, property: 'hs_analytics_source', reason: expect.any(String) },
    ]);
  });

  it('takes a mapping onto a text property of the portal', async () => {
    const id = await installPortal({ server, sandbox, tenant });
    const rows = [{ source: 'utm_source', object: 'contact', property: 'jobtitle' }];
    expect((await tenant.api.put(`/v1/connections/${id}/field-mapping`).send({ rows })).body).toEqual({ rows });
    expect((await tenant.api.get(`/v1/connections/${id}/field-mapping`)).body).toEqual({ rows });
  });

  it('lets an Elido contact be linked without naming the only portal', async () => {
    const portalId = 70_005;
    sandbox.control.seed({ portals: [{ portalId, name: 'Only' }] });
    await installPortal({ server, sandbox, tenant, portalId });
    const { status, body } = await tenant.api.put('/v1/contacts/jane').send({ hs_contact_id: 501 });
    expect([status, body]).toEqual([200, { elido_contact_id: 'jane', hs_contact_id: '501', portal_id: portalId }]);
  });
});
