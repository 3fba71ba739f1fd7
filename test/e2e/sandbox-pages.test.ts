// The sandbox's pages in a real browser: consent leads to the app, records are readable, nothing foreign ever runs.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../sandbox/index.ts';
import { appId, fillAccount, noon } from '../sandbox/pages-account.ts';
import { launchBrowser } from './browser.ts';
import { faintText, sidewaysScroll } from './page-audit.ts';

let browser: Browser;
let sandbox: Sandbox;
let app: Server;
let callback: string;
let page: Page;
/** Anything the browser complained about: errors, refused content, dialogs. */
let complaints: string[];

beforeAll(async () => {
  browser = await launchBrowser();
  sandbox = await startSandbox({ port: 0 });
  fillAccount(sandbox.state);
  sandbox.state.clock.frozenAt = noon;

  // The app's callback moves on to another origin, as a marketplace install does.
  app = createServer((request, response) => {
    const url = new URL(request.url ?? '/', callback);
    if (url.pathname === '/callback')
      response.writeHead(302, { location: `http://127.0.0.1:${url.port}/done${url.search}` });
    response.end('connected');
  });
  await new Promise<void>((resolve) => app.listen(0, resolve));
  callback = `http://localhost:${(app.address() as AddressInfo).port}/callback`;
  sandbox.state.apps.get(appId)?.redirectUris.push(callback);
});

afterAll(async () => {
  await browser.close();
  await sandbox.close();
  await new Promise((resolve) => app.close(resolve));
});

beforeEach(async () => {
  complaints = [];
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  watch(page);
});

afterEach(async () => {
  await page.close();
  if (complaints.length > 0) throw new Error(`The browser complained: ${complaints.join('; ')}`);
});

function watch(watched: Page): void {
  watched.on('console', (message) => complaints.push(message.text()));
  watched.on('pageerror', (error) => complaints.push(error.message));
  watched.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
}

function authorizeAddress(): string {
  const registered = sandbox.state.apps.get(appId);
  const query = new URLSearchParams({
    client_id: registered?.clientId ?? '',
    redirect_uri: callback,
    scope: registered?.requiredScopes.join(' ') ?? '',
    optional_scope: registered?.optionalScopes.join(' ') ?? '',
    state: 'the-state',
  });
  return `${sandbox.url}/oauth/authorize?${query.toString()}`;
}

describe('consent', () => {
  it('sends a code and the state to the app, and follows it to another origin', async () => {
    await page.goto(authorizeAddress());
    await page.getByRole('radio', { name: /Example Works/ }).check();
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.waitForURL('**/done?**');
    const { hostname, searchParams } = new URL(page.url());
    expect(hostname).toBe('127.0.0.1');
    expect(searchParams.get('state')).toBe('the-state');
    expect(searchParams.get('code')).not.toBe(null);
  });

  it('sends nothing when denied', async () => {
    await page.goto(authorizeAddress());
    await page.getByRole('button', { name: 'Deny' }).click();
    await page.getByRole('heading', { name: 'The app was not connected' }).waitFor();
    expect(page.url()).toContain(sandbox.url);
  });

  it('can be given with the keyboard alone', async () => {
    await page.goto(authorizeAddress());
    await page.getByRole('radio', { name: /Example Works/ }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/done?**');
    expect(page.url()).toContain('code=');
  });
});

describe('a record page', () => {
  it('opens a property to its history and an event to its details', async () => {
    await page.goto(`${sandbox.url}/contacts/1001/record/0-1/501`);
    const older = page.getByText('podcast');
    expect(await older.isVisible()).toBe(false);
    await page.locator('summary', { hasText: /^newsletter$/ }).click();
    expect(await older.isVisible()).toBe(true);

    const referrer = page.getByText('https://news.example.com/');
    expect(await referrer.isVisible()).toBe(false);
    await page.locator('article', { has: referrer }).locator('summary').click();
    expect(await referrer.isVisible()).toBe(true);
  });

  it('filters its timeline and walks to the deal and back', async () => {
    await page.goto(`${sandbox.url}/contacts/1001/record/0-1/501`);
    await page.getByRole('link', { name: 'Elido conversion 1' }).click();
    expect(await page.getByRole('article').count()).toBe(1);
    await page.getByRole('link', { name: 'Example Works: annual plan' }).click();
    await page.getByRole('heading', { name: 'Converted: Trial started' }).waitFor();
    await page.getByRole('link', { name: 'Robin Sample' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Robin Sample');
  });

  it('offers the content as the first stop of the keyboard', async () => {
    await page.goto(`${sandbox.url}/contacts/1001/record/0-1/501`);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(new URL(page.url()).hash).toBe('#main');
  });

  it('runs nothing that a visitor typed', async () => {
    await page.goto(`${sandbox.url}/contacts/1001/record/0-1/502`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.locator('script, img, iframe').count()).toBe(0);
    expect(await page.getByText('<script>alert(1)</script>').count()).toBeGreaterThan(0);
  });
});

describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
  it.each([
    '/',
    '/portals/1001',
    '/portals/1001/0-1',
    '/contacts/1001/record/0-1/77',
    '/contacts/1001/record/0-1/502',
    '/contacts/1001/record/0-1/503',
    '/contacts/1001/record/0-3/9001',
    'consent',
  ])('%s is readable and fits every window', async (path) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(path === 'consent' ? authorizeAddress() : sandbox.url + path);
    expect(await faintText(page)).toEqual([]);
    for (const width of [360, 800, 1024, 1600]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await sidewaysScroll(page)).toBe(0);
    }
  });
});
