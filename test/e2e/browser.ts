// Launches Chromium for the browser tests, or says how to install it. It knows nothing about the pages under test.
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const patienceMs = 60_000;
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** Uses `CHROMIUM_PATH`, or `/usr/bin/chromium`. The caller closes the browser. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) {
    throw new Error(
      `No Chromium at ${executablePath}. Install it (Debian and Ubuntu: apt-get install chromium) or set CHROMIUM_PATH.`,
    );
  }
  const browser = await chromium.launch({ executablePath, args: quiet });
  // The patience is for machines that others load.
  browser.on('context', (context) => context.setDefaultTimeout(patienceMs));
  return browser;
}
