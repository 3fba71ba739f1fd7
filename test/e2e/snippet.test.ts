// The snippet in a real browser: a landing page of another origin under a strict policy reports a conversion,
// which arrives on the timeline; a page that nobody allowed gets nowhere.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changeBrowserAccess } from '../../server/flows/browser-access.ts';
import { startTestWorld, until, type TestWorld } from '../helpers/start-test-world.ts';
import { launchBrowser } from './browser.ts';

let world: TestWorld;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let site: Server;
/** The same pages under two names: one is allowed. */
let shop: string;
let stranger: string;
let publicKey: string;
let complaints: string[];

beforeAll(async () => {
  world = await startTestWorld();
  browser = await launchBrowser();
  site = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site');
    if (pathname === '/own.js') {
      response.setHeader('content-type', 'text/javascript');
      response.end(ownScript);
      return;
    }
    response.setHeader('content-type', 'text/html');
    response.setHeader(
      'content-security-policy',
      `default-src 'none'; script-src 'self' ${world.server.url}; connect-src ${world.server.url}`,
    );
    response.end(landingPage(pathname.startsWith('/touch') ? 'data-beacon' : ''));
  });
  await new Promise<void>((resolve) => site.listen(0, resolve));
  const { port } = site.address() as AddressInfo;
  shop = `http://localhost:${port}`;
  stranger = `http://127.0.0.1:${port}`;
  const { workspaceId } = world.tenant;
  ({ publicKey } = await changeBrowserAccess(world.server.context, { workspaceId, origins: [shop] }));
});

afterAll(async () => {
  await browser.close();
  site.closeAllConnections();
  await new Promise((resolve) => site.close(resolve));
  await world.close();
});

beforeEach(async () => {
  context = await browser.newContext();
  page = await context.newPage();
  complaints = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
});
afterEach(() => context.close());

/** What a customer writes: a queue, so that the order of the scripts does not matter. */
const ownScript = `
  document.querySelector('button').addEventListener('click', function () {
    (window.elido = window.elido || []).push({ name: 'Demo booked', value: 99, currency: 'EUR' });
  });
`;

const landingPage = (more: string) => `<!doctype html><title>Landing</title><button>Book</button>
<script src="/own.js"></script>
<script src="${world.server.url}/elido.js" data-key="${publicKey}" ${more} async></script>`;

/** Follows a short link to the page and waits for the snippet. */
async function land(slug: string, origin: string, path = '/offer'): Promise<void> {
  const link = { slug, title: 'Spring offer', destination: `${origin}${path}?a=1#top`, track: true };
  await world.tenant.api.post('/v1/links').send(link).expect(201);
  await page.goto(`${world.server.url}/r/${slug}?eid=501`);
  await page.waitForFunction('window.elido && window.elido.click');
}

const conversions = () => world.eventsOf('contacts', '501').filter(({ properties }) => 'conversionName' in properties);

it('a conversion on an allowed page arrives on the timeline of whoever clicked, with its link', async () => {
  await land('spring', shop);
  const url = new URL(page.url());
  const clickId = url.searchParams.get('elido_click');
  expect([url.searchParams.get('a'), url.hash, clickId]).toEqual(['1', '#top', expect.stringMatching(/^clk_/)]);
  await page.getByRole('button').click();
  await until('it is on the timeline', () => conversions().length === 1);
  expect(conversions()[0]?.properties).toMatchObject({
    conversionName: 'Demo booked',
    value: '99',
    currency: 'EUR',
    linkTitle: 'Spring offer',
  });
  expect(complaints).toEqual([]);
});

describe('a page that says it was touched', () => {
  const chrome =
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';
  const clickId = () => new URL(page.url()).searchParams.get('elido_click') ?? '';
  const landings = () => world.server.store.client.db().collection('landings').countDocuments({});

  it('turns a click that was taken for a machine into a person, once a hand is on it', async () => {
    // A browser that fetches ahead: nobody has opened the page yet.
    const extraHTTPHeaders = { 'X-Moz': 'prefetch' };
    await context.close();
    context = await browser.newContext({ userAgent: chrome, extraHTTPHeaders });
    page = await context.newPage();
    await land('ahead', shop, '/touch');
    await until('the click is closed', async () => (await world.delivery(clickId())).state === 'skipped');
    expect((await world.delivery(clickId())).verdict?.reasons).toEqual(['prefetch', 'pressed_by_a_person']);
    const written = () => world.eventsOf('contacts', '501').some(({ id }) => !before.has(id));
    const before = new Set(world.eventsOf('contacts', '501').map(({ id }) => id));

    // What a script of the page pretends is no hand.
    await page.evaluate(`document.body.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true }))`);
    expect(await landings()).toBe(0);
    const told = page.waitForResponse((response) => response.url().includes('/v1/public/landings'));
    await page.mouse.wheel(0, 40);
    expect((await told).status()).toBe(202);
    await until('the click is written', written);
    const { verdict } = await world.delivery(clickId());
    expect(verdict).toMatchObject({ verdict: 'human', reasons: ['beacon', 'pressed_by_a_person', 'prefetch'] });
  });

  it('says it once, and a page that is not asked to says nothing', async () => {
    const before = await landings();
    let sent = 0;
    page.on('request', (request) => (sent += Number(request.url().includes('/v1/public/landings'))));
    await land('touched-twice', shop, '/touch');
    await page.mouse.wheel(0, 40);
    await page.keyboard.press('Tab');
    await land('not-asked', shop);
    await page.mouse.wheel(0, 40);
    await page.keyboard.press('Tab');
    await until('it was noted', async () => (await landings()) === before + 1);
    expect(sent).toBe(1);
    expect(complaints).toEqual([]);
  });
});

it('the same click converts once, and is remembered on later pages and visits', async () => {
  await land('later', shop);
  const before = conversions().length;
  await page.goto(`${shop}/thanks`);
  await page.waitForFunction('window.elido && window.elido.click && window.elido.click()');
  await page.getByRole('button').click();
  await until('it is on the timeline', () => conversions().length === before + 1);
  await page.reload();
  await page.waitForFunction('window.elido && window.elido.click && window.elido.click()');
  const answered = page.waitForResponse((response) => response.url().includes('/v1/public/conversions'));
  await page.getByRole('button').click();
  expect((await answered).status()).toBe(202);
  await world.settled();
  expect(conversions()).toHaveLength(before + 1);
});

it('nothing is kept longer than the page says', async () => {
  await land('forgotten', shop);
  await page.evaluate(`localStorage.setItem('elido_click', JSON.stringify(['clk_old', Date.now() - 1]))`);
  await page.goto(`${shop}/thanks`);
  await page.waitForFunction('window.elido && window.elido.click');
  expect(await page.evaluate('window.elido.click()')).toBeNull();
  expect(await page.evaluate('window.elido.convert({ name: "Nobody" })')).toBe(false);
});

it('without sendBeacon the conversion is sent all the same', async () => {
  await page.addInitScript('navigator.sendBeacon = undefined');
  await land('no-beacon', shop);
  const before = conversions().length;
  await page.getByRole('button').click();
  await until('it is on the timeline', () => conversions().length === before + 1);
});

it('without localStorage a cookie of the page remembers', async () => {
  await page.addInitScript(`Storage.prototype.setItem = function () { throw new Error('full'); }`);
  await land('cookie', shop);
  expect((await context.cookies()).map(({ name }) => name)).toEqual(['elido_click']);
  await page.goto(`${shop}/thanks`);
  await page.waitForFunction('window.elido && window.elido.click && window.elido.click()');
});

it('a page of another origin is refused, and cannot read why', async () => {
  await land('stranger', stranger);
  const before = conversions().length;
  const refused = page.waitForEvent('requestfailed', (request) => request.url().includes('/v1/public/conversions'));
  await page.getByRole('button').click();
  expect((await refused).failure()?.errorText).toContain('ERR_BLOCKED');
  const { values } = await world.server.context.metrics.httpRequests.get();
  const statuses = values
    .filter(({ labels }) => labels.route === 'POST /v1/public/conversions')
    .map(({ labels }) => labels.status);
  expect(statuses).toContain(403);
  await world.settled();
  expect(conversions()).toHaveLength(before);
});
