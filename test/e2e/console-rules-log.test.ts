// Rules and the delivery log at the console: draft, rehearse, switch on and take back; find a missing click and send it again.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../helpers/start-test-world.ts';
import { picture, startConsoleWorld, type ConsoleWorld, type Person } from './console-world.ts';

let world: ConsoleWorld;
let person: Person;

beforeAll(async () => {
  world = await startConsoleWorld({ month: true });
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
const stage = () => world.record('deals', '701')['dealstage'];

describe('somebody who makes a rule at the console', () => {
  it('drafts it, rehearses it over old clicks, lets it act, and takes its move back', async () => {
    await world.click(['r-1', 'r-2', 'r-3'].map((click_id) => ({ click_id, eid: '501' })));
    await world.settled();
    person = await world.enter();
    const { page } = person;
    await page.goto(world.at('/rules'));
    await link('Draft the first rule').click();
    await field('Clicks').fill('2');
    await page.getByLabel('Pipeline').selectOption({ index: 1 });
    await page.getByLabel('From stage').selectOption('appointmentscheduled');
    await page.getByLabel('To stage').selectOption('qualifiedtobuy');
    await expect.poll(() => field('The rule as YAML').inputValue()).toContain('to_stage: "qualifiedtobuy"');

    await button('Rehearse').click();
    const moved = page.getByRole('region', { name: 'Deals that would have moved' });
    const ours = moved.getByRole('cell', { name: 'Example Ltd: annual plan' });
    await ours.waitFor();
    await page.getByRole('img', { name: /Deals that would have moved/ }).waitFor();
    await page.getByRole('slider').fill('9');
    await ours.waitFor({ state: 'detached' });
    await moved.getByRole('cell').first().waitFor();
    await page.getByRole('slider').fill('2');
    await ours.waitFor();
    await button('Use 3').click();
    await expect.poll(() => field('Clicks').inputValue()).toBe('3');
    await picture(page, 'rule-rehearsal', { top: page.locator('section', { has: heading('Time machine') }) });

    await page.getByText('Act', { exact: true }).click();
    await button('Create the rule').click();
    await page.waitForURL(/\/console\/rules\/rul/);
    expect(stage()).toBe('appointmentscheduled');

    await world.click([{ click_id: 'r-4', eid: '501' }]);
    await until('the deal is moved', () => stage() === 'qualifiedtobuy');

    await page.goto(world.at('/rules?view=moves'));
    await page.getByText('Moved', { exact: true }).waitFor();
    await button('Take back').click();
    await page.getByText('“Example Ltd: annual plan” goes back to the stage “Appointment Scheduled”').waitFor();
    await picture(page, 'rule-undo');
    await button('Take it back').click();
    await page.getByText('Taken back', { exact: true }).first().waitFor();
    await until('the deal is back', () => stage() === 'appointmentscheduled');
  });

  it('is shown the line of a mistake, and goes there', async () => {
    person = await world.enter();
    const { page } = person;
    await page.goto(world.at('/rules/new'));
    await field('Within').fill('30 weeks');
    await button('Create the rule').click();
    await page.getByText('The places are marked in the text.').waitFor();
    await button(/^Line 5: /).click();
    const caret = await field('The rule as YAML').evaluate(
      (area) => (area as unknown as { selectionStart: number }).selectionStart,
    );
    const text = await field('The rule as YAML').inputValue();
    expect(text.slice(0, caret).split('\n')).toHaveLength(5);
    person.complaints.length = 0;
  });
});

describe('somebody who misses a click', () => {
  it('finds out why, says who it was, and sees it arrive', async () => {
    await world.click([{ click_id: 'missing-1', eid: 'customer-17' }]);
    await world.settled();
    person = await world.enter();
    const { page } = person;
    await page.goto(world.at('/log'));
    await page.getByPlaceholder('Missing a click? Its id').fill('missing-1');
    await button('Find').click();
    await heading('portal-62515.example.com').waitFor();
    await page
      .getByText(/Not on the timeline yet\. Waiting for/)
      .first()
      .waitFor();
    await picture(page, 'event-story');

    await world.tenant.api.put('/v1/contacts/customer-17').send({ hs_contact_id: '504' }).expect(200);
    await page.getByText('Delivered', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Robin Specimen' }).waitFor();
    expect(world.eventsOf('contacts', '504')).toHaveLength(1);
    await picture(page, 'event-delivered');
  });

  it('is told how many would be sent again and why they ended, and watches them go', async () => {
    await world.click(['lost-1', 'lost-2'].map((click_id) => ({ click_id, eid: '999999' })));
    await world.settled();
    person = await world.enter();
    const { page } = person;
    await page.goto(world.at('/log?reason=eid_unknown'));
    await button('Send again').click();
    await page.getByText('2 events would be sent again.').waitFor();
    await picture(page, 'replay-preview');
    await button('Send 2 events again').click();
    await page.getByText('Sent again', { exact: true }).waitFor();
    expect(await page.getByRole('status').filter({ hasText: 'Sent again' }).textContent()).toContain('2 events queued');
  });

  it('is told what to check when the click never arrived', async () => {
    person = await world.enter();
    await person.page.goto(world.at('/log/never-heard-of'));
    const hints = person.page.getByRole('main').getByRole('listitem');
    await hints.first().waitFor();
    expect((await hints.allTextContents()).join(' ')).toMatch(/click_id|link|key/i);
  });

  it('narrows the log by the address and sees new events without losing the place', async () => {
    person = await world.enter();
    const { page } = person;
    await page.goto(world.at('/log?contact_id=502'));
    await page.getByText('No event matches').waitFor();
    await world.click([
      { click_id: 'live-1', eid: '502' },
      { click_id: 'live-2', eid: '503' },
    ]);
    await button('Show 1 newer event').or(page.getByText('live-1')).first().waitFor();
    await page.goto(world.at('/log'));
    await page.getByText('live-2').waitFor();
    await page.getByLabel('State').selectOption('delivered');
    await expect.poll(() => new URL(page.url()).search).toContain('state=delivered');
    const [download] = await Promise.all([page.waitForEvent('download'), link('Export CSV').click()]);
    expect(download.suggestedFilename()).toBe('deliveries.csv');
  });
});
