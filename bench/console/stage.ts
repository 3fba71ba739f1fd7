// What is measured: the built console, served by the real server over a busy month, and a browser where the owner is signed in.
import { rm } from 'node:fs/promises';
import type { BrowserContext, Page } from 'playwright-core';
import { makeOperatorLink } from '../../server/flows/console/sign-in-links.ts';
import { launchBrowser } from '../../test/e2e/browser.ts';
import { fillMonth } from '../world/busy-month.ts';
import { accountSeed, makePeople } from '../world/seed.ts';
import { startWorld } from '../world/start-world.ts';
import { buildConsole } from './build-console.ts';
import { observe } from './observe.ts';

const portalId = 7_301;
const people = makePeople(60, (n) => ({ open: n % 3 === 0 ? 1 : 0, closed: n % 7 === 0 ? 1 : 0 }));

export interface Look {
  name: string;
  viewport: { width: number; height: number };
  /** Slowed down as Lighthouse does it for a phone: a slow 4G network, a processor four times slower. */
  slow: boolean;
}

export const looks: readonly Look[] = [
  { name: 'desk', viewport: { width: 1280, height: 860 }, slow: false },
  { name: 'phone', viewport: { width: 375, height: 780 }, slow: true },
];

const slowNetwork = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6 * 1024 * 1024) / 8,
  uploadThroughput: (750 * 1024) / 8,
};

/** What a part of the benchmark is handed besides. */
export interface Run {
  tell: (text: string) => void;
  problems: string[];
}

export interface Stage {
  /** Addresses below /console of what is there. */
  connectionId: string;
  eventId: string;
  /** `/links` becomes the whole address. */
  at(place: string): string;
  /** A page with an empty cache, signed in, that writes down how it does. The caller closes its context. */
  open(look: Look): Promise<Page>;
  close(): Promise<void>;
}

export async function setStage(): Promise<Stage> {
  const consoleDir = await buildConsole();
  const world = await startWorld({ CONSOLE_DIR: consoleDir });
  const browser = await launchBrowser();
  const close = async () => {
    await browser.close();
    await world.close();
    await rm(consoleDir, { recursive: true, force: true });
  };
  try {
    const { context, url } = world;
    const { workspaceId } = await world.addTenant(accountSeed({ portalId, people, callsPerTenSeconds: 110 }));
    const [connection] = await context.store.connections.listOfPortal(portalId);
    if (!connection) throw new Error('The account is not connected.');
    const clickers = people.map(({ contactId, openDeals }) => ({ contactId, dealIds: openDeals }));
    const clicks = await fillMonth(context, { workspaceId, connection, people: clickers, clicksPerDay: 120 });
    const session = await browser.newContext();
    await signIn(session, (await makeOperatorLink(context, { workspaceId, role: null, email: null })).url);
    const storageState = await session.storageState();
    await session.close();
    return {
      connectionId: connection._id,
      eventId: clicks.at(-1) ?? '',
      at: (place) => `${url}/console${place}`,
      async open({ viewport, slow }) {
        const context = await browser.newContext({ viewport, storageState, isMobile: slow, hasTouch: slow });
        const page = await context.newPage();
        page.setDefaultTimeout(20_000);
        await page.addInitScript(observe);
        if (slow) {
          const debug = await context.newCDPSession(page);
          await debug.send('Network.emulateNetworkConditions', slowNetwork);
          await debug.send('Emulation.setCPUThrottlingRate', { rate: 4 });
        }
        return page;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function signIn(session: BrowserContext, url: string): Promise<void> {
  const page = await session.newPage();
  await page.goto(url);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
}
