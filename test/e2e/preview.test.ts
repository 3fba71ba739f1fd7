// The preview's host in a real browser: an extension runs apart from the page, and nothing it does takes the page down.
import { createHmac } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { appId } from '../sandbox/pages-account.ts';
import { launchBrowser } from './browser.ts';
import { faintText, seriousFindings, sidewaysScroll } from './page-audit.ts';
import { startPreviewWorld, type PreviewWorld } from './preview-world.ts';

let browser: Browser;
let world: PreviewWorld;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  browser = await launchBrowser();
  world = await startPreviewWorld();
});

afterAll(async () => {
  await browser.close();
  await world.close();
});

beforeEach(async () => {
  complaints = [];
  world.arrived.length = 0;
  Object.assign(world.answer, { status: 200, body: '{"hello":"card"}' });
  page = await browser.newPage({ viewport: { width: 1360, height: 900 } });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
});

afterEach(async () => {
  await page.close();
  if (complaints.length > 0) throw new Error(`The browser complained: ${complaints.join('; ')}`);
});

const contact = (query = '') => `${world.sandbox.url}/contacts/1001/record/0-1/501?tab=cards${query}`;
const deal = (query = '') => `${world.sandbox.url}/contacts/1001/record/0-3/9001?tab=cards${query}`;
const card = (uid: string) => page.locator(`[data-uid=${uid}]`);
const seen = (uid: string) => card(uid).getByTestId('seen');
const press = (name: string) => page.getByRole('button', { name, exact: true }).click();

describe('hubspot.fetch', () => {
  it('reaches the server signed, with who asks appended', async () => {
    await page.goto(contact());
    await press('Post');
    await expect.poll(() => seen('calls').textContent()).toBe('200 {"hello":"card"}');
    const [request] = world.arrived;
    const { pathname, searchParams } = new URL(request?.url ?? '', world.serverUrl);
    expect([request?.method, pathname, request?.body]).toEqual(['POST', '/card/hello', '{"name":"Zoë"}']);
    expect(Object.fromEntries(searchParams)).toMatchObject({ portalId: '1001', userId: '4242', appId: String(appId) });

    const secret = world.sandbox.state.apps.get(appId)?.clientSecret ?? '';
    const timestamp = String(request?.headers['x-hubspot-request-timestamp']);
    const signed = (uri: string) =>
      createHmac('sha256', secret).update(`POST${uri}${request?.body}${timestamp}`).digest('base64');
    const uri = `${world.serverUrl}${request?.url}`;
    expect(request?.headers['x-hubspot-signature-v3']).toBe(signed(uri.replaceAll('%40', '@')));
    expect(request?.headers['cookie']).toBeUndefined();
  });

  it('calls nothing that the app does not permit, and sends no header of its own', async () => {
    await page.goto(contact());
    await press('Call what is not permitted');
    await expect.poll(() => seen('calls').textContent()).toContain('not in permittedUrls.fetch');
    await press('Send a header');
    await expect.poll(() => seen('calls').textContent()).toContain("Only the 'Authorization' header");
    expect(world.arrived).toEqual([]);
  });

  it('asks once more after a 5xx, and hands the last answer on', async () => {
    Object.assign(world.answer, { status: 503, body: '{}' });
    await page.goto(contact());
    await press('Get');
    await expect.poll(() => seen('calls').textContent()).toBe('503 {}');
    expect(world.arrived).toHaveLength(2);
  });

  it('repeats a write whose answer was lost: the server must cope', async () => {
    world.sandbox.control.addFault({ path: '/card/hello', count: 1, action: { kind: 'close', when: 'after' } });
    await page.goto(contact());
    await press('Post');
    await expect.poll(() => seen('calls').textContent()).toBe('200 {"hello":"card"}');
    expect(world.arrived.map(({ body }) => body)).toEqual(['{"name":"Zoë"}', '{"name":"Zoë"}']);
    world.sandbox.control.clearFaults();
  });

  it.each([
    ['error', '500'],
    ['offline', 'cannot be reached'],
  ])('is %s when the reader switches it so', async (network, expected) => {
    await page.goto(contact());
    await page.getByLabel('Network').selectOption(network);
    await page.waitForURL((url) => url.searchParams.get('network') === network);
    await press('Get');
    await expect.poll(() => seen('calls').textContent()).toContain(expected);
    expect(world.arrived).toEqual([]);
  });
});

describe('an extension', () => {
  it('knows where it is, who looks, in which language, and the record', async () => {
    await page.goto(contact('&lang=de'));
    await card('calls').getByText('admin@portal-1001.example.com reads de, record 501').waitFor();
    await card('calls')
      .getByText(/^CRM: .+@.+ is \w+/)
      .waitFor();
    await page.getByLabel('User').selectOption('4243');
    await card('calls').getByText('owner@portal-1001.example.com reads de').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
  });

  it('shows banners and opens only permitted frames', async () => {
    await page.goto(contact());
    await press('Alert');
    await page.getByRole('status').getByText('All is well').waitFor();
    await press('Open a frame');
    await page.getByText('The app does not permit this address').waitFor();
    expect(await page.locator('iframe').count()).toBe(0);
  });

  it('survives what its handlers throw, and shows it to its author', async () => {
    await page.goto(contact());
    await press('Fail in a handler');
    await press('Get');
    await expect.poll(() => seen('calls').textContent()).toContain('200');
    await page.getByText('For its author').first().click();
    await page.getByText(/handler failed/).waitFor();
  });

  it('that throws while it renders becomes a box with the reason, and starts again', async () => {
    await page.goto(contact());
    await press('Break it');
    await card('thrower').getByText('cannot read the clicks', { exact: true }).waitFor();
    await card('thrower').getByRole('button', { name: 'Reload it' }).click();
    await card('thrower').getByRole('button', { name: 'Break it' }).waitFor();
    expect(await card('calls').getAttribute('data-state')).toBe('running');
    // React says it on the console too, for the author.
    complaints = complaints.filter((text) => !text.includes('cannot read the clicks'));
  });

  it('that hangs is ended, while the page stays alive', async () => {
    await page.goto(deal());
    await press('Hang');
    await card('hanger').getByText('This extension does not answer').waitFor();
    expect(await card('parts').getAttribute('data-state')).toBe('running');
    await card('hanger').getByRole('button', { name: 'Reload it' }).click();
    await card('hanger').getByRole('button', { name: 'Hang' }).waitFor();
  });

  it('can be stopped and started by hand', async () => {
    await page.goto(contact());
    const log = page.locator('section', { has: card('thrower') }).locator('.extension-log');
    await log.locator('summary').click();
    await log.getByRole('button', { name: 'Stop it' }).click();
    await card('thrower').getByText('was stopped').waitFor();
    await log.getByRole('button', { name: 'Reload it' }).click();
    await card('thrower').getByRole('button', { name: 'Break it' }).waitFor();
    expect(await card('thrower').getAttribute('data-state')).toBe('running');
  });

  it('has no way out of its worker: no network, no page, no storage', async () => {
    const reached: string[] = [];
    page.on('response', (response) => reached.push(new URL(response.url()).pathname));
    await page.goto(`${world.sandbox.url}/integrations-settings/1001/installed/${appId}`);
    await card('prober')
      .getByText(/^socket/)
      .waitFor();
    const results = await card('prober').locator('.hs-text').allTextContents();
    expect(results).toHaveLength(7);
    for (const result of results) expect(result).toContain('refused');
    expect(reached.filter((path) => path.startsWith('/sandbox/control'))).toEqual([]);
    complaints = complaints.filter((text) => !text.includes('Content Security Policy'));
  });
});

describe('the parts', () => {
  it('commit on blur, as HubSpot does, and tell every key to who listens', async () => {
    await page.goto(deal());
    await card('parts').getByLabel('Name').fill('Ada');
    await page.getByLabel('How many').fill('12');
    await expect.poll(() => seen('parts').textContent()).toBe('name: "Ada"');
    await page.getByLabel('Note').click();
    await expect.poll(() => seen('parts').textContent()).toBe('many: 9');
    await page.getByLabel('Search').pressSequentially('ab');
    await expect.poll(() => seen('parts').textContent()).toBe('q: "ab"');
    await page.getByLabel('Since').fill('2026-02-01');
    await expect.poll(() => seen('parts').textContent()).toContain('"month":1,"date":1');
    await press('Save');
    await expect.poll(() => seen('parts').textContent()).toContain('form: {"name":"Ada","many":"9"');
  });

  it('obey the keyboard alone: tabs, switch, window', async () => {
    await page.goto(deal());
    await page.getByRole('tab', { name: 'Form' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('cell', { name: 'Page 1' }).waitFor();
    await page.getByRole('button', { name: 'Who' }).press('Enter');
    await page.getByRole('columnheader', { name: 'Who' }).and(page.locator('[aria-sort=ascending]')).waitFor();
    await page.getByRole('button', { name: 'Next page' }).press('Enter');
    await page.getByRole('cell', { name: 'Page 2' }).waitFor();

    const opener = page.getByRole('button', { name: 'Open the window' });
    await opener.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Are you sure?' });
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('Open the window');
    await opener.press('Enter');
    await dialog.getByRole('button', { name: 'Yes' }).press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await expect.poll(() => seen('parts').textContent()).toBe('sure');
  });

  it('say in words what a chart draws, link nowhere dangerous, and name what they do not draw', async () => {
    await page.goto(deal());
    await page.getByRole('img', { name: /Clicks by day: 5 × Day.*max 8, total 17/ }).waitFor();
    expect(await page.getByRole('link', { name: 'A script' }).count()).toBe(0);
    await page.getByText('CrmReport (not in the preview)').waitFor();
  });
});

it('an app page has its own addresses: links, Back and a reload lead where they should', async () => {
  const home = `${world.sandbox.url}/app/1001/${appId}`;
  await page.goto(home);
  await page.getByRole('link', { name: 'Link 42' }).click();
  await page.getByRole('heading', { name: 'At /links/42' }).waitFor();
  expect(page.url()).toBe(`${home}/links/42`);
  await page.reload();
  await page.getByRole('heading', { name: 'At /links/42' }).waitFor();
  await press('Rules');
  await page.getByRole('button', { name: 'Rules a' }).waitFor();
  await page.goBack();
  await page.getByRole('heading', { name: 'At /links/42' }).waitFor();
});

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  it.each(['contact', 'deal'] as const)(
    'a %s page is readable, fits every window, and axe finds nothing serious',
    async (kind) => {
      await page.goto((kind === 'contact' ? contact : deal)(`&theme=${theme}`));
      await card(kind === 'contact' ? 'calls' : 'parts')
        .getByRole('button')
        .first()
        .waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      expect(await faintText(page)).toEqual([]);
      for (const width of [360, 800, 1600]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await sidewaysScroll(page)).toBe(0);
      }
    },
  );
});
