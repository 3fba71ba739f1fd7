// Installing, as an administrator goes through it in a browser, against the sandbox over HTTP.
import { describe, expect, it } from 'vitest';
import { optionalScopeNames, requiredScopeNames } from '../../server/domain/scopes.ts';
import { tokenAad } from '../../server/flows/tokens/credentials.ts';
import { installLinkTtlMs } from '../../server/flows/start-install.ts';
import type { TestBrowser } from '../helpers/browser.ts';
import { consent, installLinkOf, installPortal, startInstallation } from '../helpers/install.ts';
import { testPortalId, type TestSandbox } from '../helpers/start-test-sandbox.ts';
import { startTestServer, type Tenant, type TestServer } from '../helpers/start-test-server.ts';
import { connectionsOf, useInstallations } from './use-installations.ts';

let sandbox: TestSandbox;
let server: TestServer;
let tenant: Tenant;
let browser: TestBrowser;
let publicUrl: string;
const clock = useInstallations((made) => {
  ({ sandbox, server, tenant, browser, publicUrl } = made);
});

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
