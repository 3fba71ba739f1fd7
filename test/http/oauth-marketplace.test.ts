// Installing from the marketplace, where nobody is signed in with us, and where the browser is sent afterwards.
import { describe, expect, it } from 'vitest';
import type { TestBrowser } from '../helpers/browser.ts';
import { consent, installPortal } from '../helpers/install.ts';
import type { TestSandbox } from '../helpers/start-test-sandbox.ts';
import { type Tenant, type TestServer } from '../helpers/start-test-server.ts';
import { useInstallations } from './use-installations.ts';

let sandbox: TestSandbox;
let server: TestServer;
let tenant: Tenant;
let browser: TestBrowser;
let publicUrl: string;
useInstallations((made) => {
  ({ sandbox, server, tenant, browser, publicUrl } = made);
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
