// The main journeys of people at the console, in a real browser against the real server and the sandbox.
import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { testPortalId, until } from '../helpers/start-test-world.ts';
import { picture, startConsoleWorld, type ConsoleWorld, type Person } from './console-world.ts';

let world: ConsoleWorld;
let person: Person;

beforeAll(async () => {
  world = await startConsoleWorld();
});
afterAll(() => world.close());
afterEach(async () => {
  const { complaints } = person;
  await person.context.close();
  if (complaints.length > 0) throw new Error(`The browser complained: ${complaints.join('; ')}`);
});

const heading = (name: string | RegExp) => person.page.getByRole('heading', { name });
const button = (name: string | RegExp) => person.page.getByRole('button', { name });
const link = (name: string | RegExp) => person.page.getByRole('link', { name });
const field = (name: string | RegExp) => person.page.getByRole('textbox', { name });

describe('somebody at the console', () => {
  it('connects HubSpot for the first time and sees the first click on a timeline', async () => {
    const { workspaceId } = await world.server.makeTenant({ name: 'Example SaaS' });
    person = await world.enter({ workspaceId });
    const { page } = person;
    await heading('Three steps to the first click on a timeline').waitFor();
    await page.getByRole('img', { name: 'Nothing in this span yet.' }).waitFor();
    await picture(page, 'first-steps');

    await link('Connect').first().click();
    await button('Connect HubSpot').click();
    await page.getByText('Example SaaS').first().click();
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.waitForURL(/\/console\/connections\/con_/);
    await page.getByText('Ready', { exact: true }).waitFor();
    await picture(page, 'connected');

    await page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: 'Links', exact: true }).click();
    await link('Make the first link').click();
    await field('Destination').fill(`${world.sandbox.url}/`);
    await field('Title').fill('First guide');
    await field('Slug').fill('first-guide');
    await button('Make the link').click();
    await heading('Your link is ready').waitFor();

    // Somebody else opens it from a mail; the console shows the click without being asked.
    await button('Close').click();
    await page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: 'Overview' }).click();
    await heading('Three steps to the first click on a timeline').waitFor();
    const reader = await world.stranger();
    await reader.page.goto(`${world.server.context.config.publicUrl}/r/first-guide?eid=502`);
    await reader.context.close();
    await page.getByText('Nothing needs you.').waitFor();

    await page.goto(`${world.sandbox.url}/contacts/${testPortalId}/record/0-1/502`);
    await page.getByText('Clicked: First guide').first().waitFor();
    expect(world.eventsOf('contacts', '502').length).toBeGreaterThan(0);
    await picture(page, 'first-click-on-timeline');
  });

  it('makes a link with tidy UTM values, copies it and takes its QR code along', async () => {
    person = await world.enter();
    const { page } = person;
    await page.goto(world.at('/links'));
    await link('New link').click();
    await field('Destination').fill('https://www.example.com/webinar');
    await field('Title').fill('May webinar');
    await field('Slug').fill('may-webinar');
    await page.getByLabel('Tags').fill('webinar');
    await page.keyboard.press('Enter');
    await page.getByLabel('Source').fill('fb');
    await button('Use facebook').click();
    await page.getByLabel('Medium').fill('social');
    await page.getByLabel('Campaign').fill('May Webinar');
    await page.getByText('https://www.example.com/webinar?utm_source=facebook&utm_medium=social').waitFor();
    await picture(page, 'new-link');
    await button('Make the link').click();

    await heading('Your link is ready').waitFor();
    await page.getByRole('button', { name: 'Copy short link', exact: true }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      `${world.server.context.config.publicUrl}/r/may-webinar`,
    );
    await picture(page, 'link-ready');
    for (const [format, beginning] of [
      ['SVG', '<svg xmlns'],
      ['PNG', '.PNG'],
    ] as const) {
      const [download] = await Promise.all([page.waitForEvent('download'), button(format).click()]);
      expect(download.suggestedFilename()).toBe(`may-webinar.${format.toLowerCase()}`);
      expect(await readFile(await download.path(), 'utf8')).toMatch(new RegExp(`^${beginning}`));
    }
    await button('Close').click();
    await page.getByRole('link', { name: 'May webinar', exact: true }).waitFor();
  });

  it('is told which field is wrong, where it is wrong', async () => {
    person = await world.enter();
    const { page } = person;
    await page.goto(world.at('/links/new'));
    await field('Destination').fill('https://www.example.com/');
    await field('Title').fill('Twice');
    await field('Slug').fill('q2-pricing');
    await button('Make the link').click();
    await expect.poll(() => field('Slug').getAttribute('aria-invalid')).toBe('true');
    person.complaints.length = 0;
  });

  it('finds a link, archives it and takes that back', async () => {
    person = await world.enter();
    const { page } = person;
    await page.goto(world.at('/links'));
    await page.getByRole('searchbox', { name: 'Search links' }).fill('pricing');
    await page.waitForURL(/q=pricing/);
    await button('More about Q2 pricing PDF').click();
    await page.getByRole('menuitem', { name: 'Archive' }).click();
    await page.getByText('No link matches').waitFor();
    await button('Undo').click();
    await page.getByRole('link', { name: 'Q2 pricing PDF', exact: true }).waitFor();
    const { body } = await world.tenant.api.get('/v1/links?q=pricing').expect(200);
    expect(body.links).toMatchObject([{ slug: 'q2-pricing', archived_at: null }]);
  });

  it('imports links from a CSV file after a dry run that names the bad row', async () => {
    person = await world.enter();
    const { page } = person;
    await page.goto(world.at('/links'));
    await link('Import').click();
    const csv =
      'Name,URL,Tags\nGuide A,https://www.example.com/a,guide\nGuide B,https://www.example.com/b,guide\nBad,nowhere,\n';
    await page
      .getByLabel('CSV file')
      .setInputFiles({ name: 'guides.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await page.getByText('2 links would be made.').waitFor();
    await page.getByRole('cell', { name: '4', exact: true }).waitFor();
    await picture(page, 'import');
    await button('Import 2 links').click();
    await heading('The import is done').waitFor();
    await button('See the links').click();
    await page.getByRole('link', { name: 'Guide A', exact: true }).waitFor();
    const { body } = await world.tenant.api.get('/v1/links?tag=guide').expect(200);
    expect(body.links).toHaveLength(2);

    await link('Import').click();
    const again = csv.replace('Guide B', 'Guide C').replace('/b,', '/c,');
    await page
      .getByLabel('CSV file')
      .setInputFiles({ name: 'guides.csv', mimeType: 'text/csv', buffer: Buffer.from(again) });
    await button('Import 1 link').click();
    await button('Take the import back').click();
    await page.getByText('Taken back: 1 link archived.').waitFor();
    await picture(page, 'import-undone');
  });

  it('maps a value to another property, tries it on a contact, saves it, and is asked before losing a draft', async () => {
    person = await world.enter();
    const { page } = person;
    await page.goto(world.at('/mapping'));
    await button('Add a property for UTM content').click();
    await page.getByRole('dialog').getByRole('searchbox').fill('job title');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Job title/i })
      .click();
    await page.getByText('1 unsaved change').waitFor();
    await field('HubSpot contact').fill('501');
    await button('Try it').click();
    await page.getByRole('region', { name: 'Before and after' }).getByText('jobtitle').waitFor();
    await picture(page, 'field-mapping', { top: page.locator('section', { has: heading('Try it on a contact') }) });

    await page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: 'Links', exact: true }).click();
    await heading('Leave without saving?').waitFor();
    await button('Stay here').click();
    await button('Save the mapping').click();
    await page.getByText('The mapping is saved').first().waitFor();
    const { body } = await world.tenant.api.get(`/v1/connections/${world.connection._id}/field-mapping`).expect(200);
    expect(body.rows).toContainEqual({ source: 'utm_content', object: 'contact', property: 'jobtitle' });
  });

  it('maps a value by dragging a property onto it, and cannot drag what HubSpot keeps for itself', async () => {
    person = await world.enter();
    const { page } = person;
    await page.goto(world.at('/mapping'));
    const panel = page.getByRole('list', { name: 'Contact properties' });
    const search = page.getByRole('searchbox', { name: 'Search properties' });
    await search.fill('hs_analytics_source');
    const locked = panel.getByRole('listitem').filter({ hasText: 'hs_analytics_source' }).first();
    expect(await locked.getAttribute('draggable')).toBe('false');

    await search.fill('company');
    const property = panel
      .getByRole('listitem')
      .filter({ hasText: /^Company Name/ })
      .first();
    const filled = page.getByRole('list', { name: 'Properties that UTM term fills' });
    await property.dragTo(filled);
    await filled.getByText('Company Name').waitFor();
    await page.getByText('1 unsaved change').waitFor();
    await button('Save the mapping').click();
    await page.getByText('The mapping is saved').first().waitFor();
    const { body } = await world.tenant.api.get(`/v1/connections/${world.connection._id}/field-mapping`).expect(200);
    expect(body.rows).toContainEqual({ source: 'utm_term', object: 'contact', property: 'company' });
  });

  it('makes a key, rotates it with a day of grace, and both work', async () => {
    person = await world.enter();
    const { page } = person;
    await page.goto(world.at('/settings/keys'));
    await button('New key').click();
    await field('Name').fill('Shop backend');
    await page.getByLabel(/read links/).check();
    await button('Make the key').click();
    const shown = page.getByRole('dialog').getByText(/^elk_[0-9a-z]{32}$/);
    const first = await shown.textContent();
    await button('I have copied it').click();
    await button('More about Shop backend').click();
    await page.getByRole('menuitem', { name: 'Rotate' }).click();
    await button('Rotate the key').click();
    await heading('The new key of Shop backend').waitFor();
    const second = await shown.textContent();
    await picture(page, 'rotate-key');
    await button('I have copied it').click();
    await page.getByText(/Replaced, ends/).waitFor();
    expect(second).not.toBe(first);
    for (const key of [first, second]) {
      const reply = await fetch(`${world.server.url}/v1/links`, { headers: { authorization: `Bearer ${key}` } });
      expect(reply.status).toBe(200);
    }
  });

  it('invites a colleague, who opens the link, looks around and can change nothing', async () => {
    person = await world.enter();
    const { page } = person;
    await page.goto(world.at('/settings/members'));
    await button('Invite').click();
    await field('Name').fill('Kim Ops');
    await button('Make the link').click();
    const url = await page
      .getByRole('dialog')
      .getByText(/\/console\/sign-in\/link\//)
      .textContent();
    await picture(page, 'invite');
    await button('Done').click();
    await page.getByRole('cell', { name: 'Kim Ops', exact: true }).waitFor();

    const kim = await world.stranger();
    await kim.page.goto(url ?? '');
    await kim.page.getByRole('button', { name: 'Sign in' }).click();
    await kim.page.getByRole('link', { name: 'Links', exact: true }).click();
    await kim.page.getByRole('link', { name: 'Q2 pricing PDF', exact: true }).waitFor();
    expect(await kim.page.getByRole('link', { name: 'New link' }).count()).toBe(0);
    expect(kim.complaints).toEqual([]);

    // With another role from the next request on.
    await page.getByLabel('Role of Kim Ops').selectOption('admin');
    await page.getByText('Kim Ops is an admin now', { exact: true }).waitFor();
    await picture(page, 'role-changed');
    await kim.page.reload();
    await kim.page.getByRole('link', { name: 'New link' }).waitFor();
    await kim.context.close();
  });

  it('pauses and resumes a connection, disconnects it knowing what follows, and connects it again', async () => {
    person = await world.enter();
    const { page } = person;
    await page.goto(world.at(`/connections/${world.connection._id}`));
    await button('Pause').click();
    await page.getByText('Paused.', { exact: true }).waitFor();
    await button('Resume').first().click();
    await button('Pause').waitFor();
    await button('Disconnect').click();
    await page.getByText('Nothing is written to this account any more').waitFor();
    await picture(page, 'disconnect');
    await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
    await page.getByText('Disconnected.', { exact: true }).waitFor();
    await until('the connection is over', async () => {
      const { body } = await world.tenant.api.get(`/v1/connections/${world.connection._id}`);
      return body.state === 'disconnected';
    });
    await button('Reconnect').click();
    await page.getByText('Example SaaS').first().click();
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.waitForURL(/\/console\/connections\/con_/);
    await button('Pause').waitFor();
    await page.getByText('Ready', { exact: true }).waitFor();
    const { body } = await world.tenant.api.get(`/v1/connections/${world.connection._id}`).expect(200);
    expect(body).toMatchObject({ state: 'active', health: { state: 'connected' } });
    await picture(page, 'reconnected');
  });
});
