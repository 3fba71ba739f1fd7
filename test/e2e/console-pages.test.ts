// Every page of the console as people meet it: readable for screen readers, in dark mode, on a phone, light on the network.
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { picture, startConsoleWorld, type ConsoleWorld, type Look } from './console-world.ts';
import { seriousFindings, sidewaysScroll } from './page-audit.ts';

let world: ConsoleWorld;

beforeAll(async () => {
  world = await startConsoleWorld({ month: true });
  await world.click(['501', '502', '501'].map((eid, index) => ({ click_id: `page-${index}`, eid })));
  await world.settled();
});
afterAll(() => world.close());

const places: [name: string, path: string, text: string | RegExp][] = [
  ['overview', '/', 'HubSpot accounts'],
  ['links', '/links', 'Q2 pricing PDF'],
  ['link-new', '/links/new', 'A visitor arrives at'],
  ['link-import', '/links/import', 'Drop a CSV file here'],
  ['connections', '/connections', /Account \d+/],
  ['mapping', '/mapping', 'Values and where they go'],
  ['rules', '/rules', 'No rules yet'],
  ['rule-new', '/rules/new', 'Time machine'],
  ['rule-moves', '/rules?view=moves', 'No rule has fired yet'],
  ['log', '/log', 'page-0'],
  ['event', '/log/page-0', /arrived through/],
  ['event-missing', '/log/never-seen', 'never-seen'],
  ['settings', '/settings', 'Which clicks count'],
  ['settings-keys', '/settings/keys', 'For programs'],
  ['settings-snippet', '/settings/snippet', 'Paste this into your pages'],
  ['settings-members', '/settings/members', 'robin@example.com'],
  ['settings-sessions', '/settings/sessions', 'This one'],
  ['settings-audit', '/settings/audit', 'Every change'],
  ['missing', '/no-such-place', 'There is no such page'],
];

const looks: { name: string; look: Look; prefix: string; pictures: string[] }[] = [
  { name: 'on a desk', look: {}, prefix: '', pictures: ['overview', 'links', 'log'] },
  { name: 'on a desk in the dark', look: { dark: true }, prefix: 'dark-', pictures: ['overview', 'rule-new'] },
  {
    name: 'on a phone in the dark',
    look: { width: 375, height: 780, dark: true },
    prefix: 'phone-',
    pictures: ['overview', 'links', 'log', 'event'],
  },
];

describe.each(looks)('the console $name', ({ look, prefix, pictures }) => {
  it('has no serious finding of axe, fits the window and breaks no policy on any page', async () => {
    const { page, complaints, context } = await world.enter({ look });
    const findings: string[] = [];
    for (const [place, path, text] of places) {
      await page.goto(world.at(path));
      await page.getByText(text).first().waitFor();
      await page.waitForLoadState('networkidle', { timeout: 2_000 }).catch(() => undefined);
      findings.push(...(await seriousFindings(page)).map((finding) => `${place}: ${finding}`));
      const tooWide = await sidewaysScroll(page);
      if (tooWide > 0) findings.push(`${place}: ${tooWide} px wider than the window`);
      if (pictures.includes(place)) await picture(page, `${prefix}${place}`);
    }
    expect(findings).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('the console', () => {
  it('shows the sign-in page to strangers, and takes them where they wanted to go', async () => {
    const { page, context } = await world.stranger();
    await page.goto(world.at('/settings/members'));
    await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await picture(page, 'sign-in');
    await context.close();
  });

  it('is used by keyboard alone: menu, link, dialog, back to where it began', async () => {
    const { page, context } = await world.enter();
    await page.goto(world.at('/links'));
    await page.getByRole('link', { name: 'Q2 pricing PDF', exact: true }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
    const newLink = page.getByRole('link', { name: 'New link' });
    await newLink.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    expect(await page.evaluate('document.activeElement.closest("dialog") !== null')).toBe(true);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.textContent')).toContain('New link');
    await context.close();
  });

  it.each([
    ['/', /clicks from/, true],
    ['/rules', 'No rules yet', true],
    ['/rules/new', 'Time machine', true],
    ['/log', 'page-0', false],
  ])(
    'needs less than 200 kB for a first load of %s, charts and YAML not counted, which come afterwards',
    async (path, text, hasLater) => {
      const { context } = await world.enter();
      const page = await context.newPage();
      const sizes = new Map<string, number>();
      page.on('response', (response) => {
        const { pathname } = new URL(response.url());
        if (!pathname.startsWith('/console') || !/\.(js|css|svg)$|\/console\/$/.test(pathname)) return;
        void response.body().then((body) => sizes.set(pathname, gzipSync(body, { level: 9 }).length));
      });
      await page.goto(world.at(path));
      const main = page.getByRole('main');
      await main
        .getByText(text)
        .or(main.getByRole('img', { name: text }))
        .first()
        .waitFor();
      const isLater = (name: string) => /(Chart|rule-text)-/.test(name);
      await expect.poll(() => [...sizes.keys()].some(isLater)).toBe(hasLater);
      const total = [...sizes].filter(([name]) => !isLater(name)).reduce((sum, [, size]) => sum + size, 0);
      expect(total).toBeLessThan(200_000);
      expect(total).toBeGreaterThan(50_000);
      await context.close();
    },
  );
});
