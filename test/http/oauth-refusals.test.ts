// What the end of an installation refuses: used, foreign and made-up states, denied consents, missing scopes.
import { describe, expect, it } from 'vitest';
import { authorizationTtlMs } from '../../server/flows/start-install.ts';
import { makeTestBrowser, type TestBrowser } from '../helpers/browser.ts';
import { consent, installLinkOf, startInstallation } from '../helpers/install.ts';
import type { TestSandbox } from '../helpers/start-test-sandbox.ts';
import type { Tenant } from '../helpers/start-test-server.ts';
import { connectionsOf, useInstallations } from './use-installations.ts';

let sandbox: TestSandbox;
let tenant: Tenant;
let browser: TestBrowser;
let publicUrl: string;
const clock = useInstallations((made) => {
  ({ sandbox, tenant, browser, publicUrl } = made);
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
