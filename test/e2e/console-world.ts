// A world with the console in it: built once, served by the real server, with a browser where somebody is signed in.
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { buildConsole } from '../../bench/console/build-console.ts';
import { fillMonth } from '../../bench/world/busy-month.ts';
import type { Role } from '../../server/contract/api-scopes.ts';
import { makeOperatorLink } from '../../server/flows/console/sign-in-links.ts';
import { startSweeps } from '../../server/jobs/sweeps.ts';
import { startTestWorld, type TestWorld } from '../helpers/start-test-world.ts';
import { launchBrowser } from './browser.ts';
import { consolePortal, readers } from './console-people.ts';

const picturesDir = fileURLToPath(new URL('../../docs/images/console', import.meta.url));

/** Not the one of headless browsers, whose clicks are a machine's. */
const userAgent =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';

export interface ConsoleWorld extends TestWorld {
  browser: Browser;
  /** `/links` becomes the whole address. */
  at(place: string): string;
  /** A page where nobody is signed in yet. */
  stranger(look?: Look): Promise<Person>;
  /** Signs somebody in by a link, as they would. */
  enter(who?: { workspaceId?: string; role?: Role; look?: Look }): Promise<Person>;
}

const names: Record<Role, string> = { owner: 'robin', admin: 'sascha', viewer: 'toni' };

export interface Look {
  width?: number;
  height?: number;
  dark?: boolean;
}

export interface Person {
  page: Page;
  context: BrowserContext;
  /** What the browser complained about: refused by the policy, thrown, not found. */
  complaints: string[];
}

/** `month`: thirty days of clicks lie in the store. */
export async function startConsoleWorld({ month = false }: { month?: boolean } = {}): Promise<ConsoleWorld> {
  const consoleDir = await buildConsole();
  const world = await startTestWorld({ env: { CONSOLE_DIR: consoleDir }, portal: consolePortal });
  await world.tenant.api.patch('/v1/workspace').send({ name: 'Example SaaS' }).expect(200);
  if (month) await liveAMonth(world);
  const browser = await launchBrowser();
  const { context } = world.server;
  const { publicUrl } = context.config;
  // Imports go on portion by portion.
  const sweeps = startSweeps(context);
  world.sandbox.registerApp({ publicUrl });

  const stranger = async ({ width = 1280, height = 860, dark = false }: Look = {}): Promise<Person> => {
    const browserContext = await browser.newContext({
      userAgent,
      viewport: { width, height },
      colorScheme: dark ? 'dark' : 'light',
      reducedMotion: 'reduce',
      locale: 'en-GB',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await browserContext.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    return { page, context: browserContext, complaints };
  };

  return {
    ...world,
    browser,
    at: (place) => `${publicUrl}/console${place}`,
    stranger,
    async enter({ workspaceId = world.tenant.workspaceId, role = 'owner', look = {} } = {}) {
      const person = await stranger(look);
      const email = `${names[role]}@example.com`;
      const { url } = await makeOperatorLink(context, { workspaceId, role, email });
      await person.page.goto(url);
      await person.page.getByRole('button', { name: 'Sign in' }).click();
      await person.page.getByRole('heading', { name: 'Overview' }).waitFor();
      return person;
    },
    async close() {
      await browser.close();
      await sweeps.stop();
      await world.close();
      await rm(consoleDir, { recursive: true, force: true });
    },
  };
}

async function liveAMonth({ server: { context }, tenant: { workspaceId }, connection }: TestWorld): Promise<void> {
  await fillMonth(context, { workspaceId, connection, people: readers, clicksPerDay: 70 });
  await context.store.seenRecords.save({
    portalId: connection.portalId,
    contacts: readers.map(({ contactId, name }) => ({ id: contactId, name })),
    deals: readers.flatMap(({ dealIds, deal }) =>
      dealIds.map((id) => ({
        id,
        name: deal,
        pipeline: 'default',
        stage: 'appointmentscheduled',
        amount: 12_000,
        createdAt: context.now() - 60 * 24 * 3600_000,
      })),
    ),
    now: context.now(),
  });
}

interface Scrolled {
  scrollIntoView(how: { block: 'start' }): void;
}

/** Keeps a picture for the documents when asked to (`PICTURES=1`, or a folder to keep it in); tests look at words, not at pixels. `top`: what it begins with. */
export async function picture(page: Page, name: string, { top }: { top?: Locator } = {}): Promise<void> {
  const asked = process.env['PICTURES'];
  if (!asked) return;
  const folder = asked === '1' ? picturesDir : asked;
  await mkdir(folder, { recursive: true });
  await top?.evaluate((element) => (element as unknown as Scrolled).scrollIntoView({ block: 'start' }));
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}
