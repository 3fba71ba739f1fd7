// Our own cards in a real browser: built as HubSpot builds them, in workers, asking the real server with signed requests.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { World } from '../../scripts/demo/world.ts';
import { launchBrowser } from './browser.ts';
import { pages, startCardsWorld } from './cards-world.ts';
import { faintText, seriousFindings, sidewaysScroll } from './page-audit.ts';

let browser: Browser;
let world: World;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  browser = await launchBrowser();
  world = await startCardsWorld();
});

afterAll(async () => {
  await browser.close();
  await world.close();
});

beforeEach(async () => {
  complaints = [];
  page = await browser.newPage({ viewport: { width: 1360, height: 900 } });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
});

afterEach(async () => {
  await page.close();
  if (complaints.length > 0) throw new Error(`The browser complained: ${complaints.join('; ')}`);
});

const tab = () => page.locator('[data-uid$=_tab]');
const open = async (name: keyof typeof pages, query: Record<string, string> = {}) => {
  const address = new URL(pages[name], world.sandboxUrl);
  for (const [key, value] of Object.entries(query)) address.searchParams.set(key, value);
  await page.goto(address.href);
};

/** Every card has its answer: nothing says that it loads. */
async function loaded(): Promise<void> {
  await page.locator('.hs-card > *').first().waitFor();
  await expect.poll(() => page.locator('.hs-card .hs-loading').count()).toBe(0);
}

/** Kept for the README and the docs: `SCREENSHOTS=1 npm run test:e2e -- cards`. */
async function keep(name: string): Promise<void> {
  if (!process.env['SCREENSHOTS']) return;
  const folder = fileURLToPath(new URL('../../docs/images/cards', import.meta.url));
  mkdirSync(folder, { recursive: true });
  // What is open stands over the window, not over the page.
  const isOpen = (await page.getByRole('dialog').count()) > 0;
  await (isOpen ? page : page.locator('main')).screenshot({ path: `${folder}/${name}.png` });
}

describe('the deal card', () => {
  it('counts human clicks, draws their days, and says what moved the deal and why', async () => {
    await open('deal');
    await tab().getByText('Last move').waitFor();
    await expect.poll(() => tab().locator('.hs-statistic-number').first().textContent()).toBe('10');
    await tab()
      .getByRole('img', { name: /Human clicks by day: 30 × .*total 10/ })
      .waitFor();
    await tab().getByRole('button', { name: 'Why it moved' }).click();
    await tab()
      .getByText(/Because of 2 clicks by Sam Sample/)
      .waitFor();
    await tab()
      .getByText(/4 more clicks by Sam Sample move this deal to Presentation Scheduled/)
      .waitFor();
    await keep('deal');
  });

  it('filters by link, and tells why a click is where it is', async () => {
    await open('deal');
    const links = tab().getByLabel('Link', { exact: true });
    const pricing = links.locator('option', { hasText: 'Q2 pricing PDF' });
    await links.selectOption((await pricing.getAttribute('value')) ?? '');
    await expect.poll(() => tab().locator('.hs-statistic-number').first().textContent()).toBe('2');
    expect(await tab().locator('.hs-table').getByRole('row').count()).toBe(3);
    await tab().getByRole('button', { name: 'Why?' }).first().click();
    await tab().getByRole('button', { name: 'Close' }).waitFor();
    await expect.poll(() => tab().getByRole('listitem').count()).toBeGreaterThan(2);
    await tab().getByRole('button', { name: 'Close' }).click();
    await links.selectOption({ index: 0 });
    await expect.poll(() => tab().locator('.hs-statistic-number').first().textContent()).toBe('10');
  });

  it.each([
    ['de', 'Menschliche Klicks'],
    ['fr', 'Clics humains'],
  ])('speaks %s', async (lang, words) => {
    await open('deal', { lang });
    await tab().getByText(words, { exact: true }).waitFor();
    await loaded();
    await keep(`deal-${lang}`);
    expect(await faintText(page)).toEqual([]);
  });

  it('says that it loads while the network is slow', async () => {
    await open('deal', { network: 'slow' });
    await tab().getByRole('status').getByText('Loading clicks').waitFor();
    await keep('deal-loading');
    await tab().getByText('Last move').waitFor();
    expect(await tab().locator('.hs-loading').count()).toBe(0);
  });

  it.each([
    ['error', /Elido/],
    ['offline', /cannot be reached/],
  ])('on %s says so, and asks again when told', async (network, words) => {
    await open('deal', { network });
    const box = tab().getByRole('alert');
    await box.getByRole('heading', { name: 'Clicks could not be loaded' }).waitFor();
    expect(await box.textContent()).toMatch(words);
    await keep(`deal-${network}`);
    await page.getByText('For its author').first().click();
    const calls = page
      .locator('.extension-log')
      .first()
      .getByText(/GET \/card\/v1\/deals/);
    await expect.poll(() => calls.count()).toBe(1);
    await box.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => calls.count()).toBe(2);
  });

  it('says what to do in an account that is not connected', async () => {
    await open('stranger');
    await tab().getByRole('heading', { name: 'This account is not connected to Elido' }).waitFor();
    await keep('deal-not-connected');
    expect(await page.getByText('is not installed in this account').count()).toBe(1);
  });
});

describe('the contact card', () => {
  it('shows clicks, touches and conversions', async () => {
    await open('contact');
    await tab().getByText('Where this contact came from').waitFor();
    await expect.poll(() => tab().locator('.hs-statistic-number').first().textContent()).toBe('10');
    await loaded();
    await keep('contact');
  });

  it('says how clicks come about where there are none', async () => {
    await open('quiet');
    await tab().getByRole('heading', { name: 'No clicks yet' }).waitFor();
    await keep('contact-empty');
    expect(await tab().getByText('?eid=').count()).toBe(1);
  });
});

describe('the settings page', () => {
  it('changes the field mapping, and the next look shows it', async () => {
    await open('settings');
    const rows = page.getByLabel('Contact property');
    await page.getByRole('button', { name: 'Add a row' }).click();
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Choose a property.').waitFor();
    const jobTitle = rows.last().locator('option', { hasText: '(jobtitle' });
    await jobTitle.waitFor({ state: 'attached' });
    await rows.last().selectOption((await jobTitle.getAttribute('value')) ?? '');
    await keep('settings-unsaved');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByRole('status').getByText('Saved.').waitFor();
    await expect.poll(() => page.getByText('You have changes that are not saved').count()).toBe(0);

    await page.reload();
    await loaded();
    await expect.poll(() => rows.last().locator('option:checked').textContent()).toContain('jobtitle');
  });

  it('is there to look at, and not to change, for who is no admin', async () => {
    await open('settings', { as: '4243' });
    await page.getByText('You may look, and not change').waitFor();
    await loaded();
    await keep('settings-read-only');
    expect(await page.getByRole('button', { name: 'Add a row' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Save changes' }).count()).toBe(0);
  });
});

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  it.each(['deal', 'contact', 'settings', 'home'] as const)(
    'the %s page is readable, fits every window, and axe finds nothing serious',
    async (name) => {
      await open(name, { theme });
      await loaded();
      if (theme === 'dark' || name === 'settings' || name === 'home')
        await keep(theme === 'dark' ? `${name}-dark` : name);
      expect(await seriousFindings(page)).toEqual([]);
      expect(await faintText(page)).toEqual([]);
      for (const width of [360, 800, 1600]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await sidewaysScroll(page)).toBe(0);
      }
    },
  );
});

describe('undo', () => {
  it('takes the move back with the keyboard alone, and the record shows it at once', async () => {
    await open('deal');
    const undo = tab().getByRole('button', { name: 'Undo the move' });
    await undo.waitFor();
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press('Tab');
      if (await undo.evaluate((element) => element.matches(':focus'))) break;
    }
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Move the deal back?' });
    await dialog.waitFor();
    await keep('deal-undo');
    await dialog.getByRole('button', { name: 'Undo the move' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('The deal is back in Appointment Scheduled.').waitFor();
    expect(world.deal('701')['dealstage']).toBe('appointmentscheduled');
    await page.locator('[data-refresh=properties] .identity').getByText('Appointment Scheduled').waitFor();
    expect(await dialog.count()).toBe(0);
    await tab()
      .getByText(/was undone/)
      .first()
      .waitFor();
  });
});
