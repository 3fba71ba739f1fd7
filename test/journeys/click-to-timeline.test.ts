// From a click to the contact's and the deal's timeline, over real HTTP, with the real driver and the sandbox.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestWorld, until, type TestWorld } from '../helpers/start-test-world.ts';

const dayMs = 24 * 3600_000;

describe.each(['app_events', 'timeline_v3', 'notes'] as const)('a click in the dialect %s', (dialect) => {
  let world: TestWorld;
  /** Events of the app, or notes, on the record. */
  const shown = (object: 'contacts' | 'deals', id: string) =>
    dialect === 'notes' ? world.notesOf(object, id).length : world.eventsOf(object, id).length;
  beforeAll(async () => {
    world = await startTestWorld({ dialect });
  });
  afterAll(() => world.close());

  it('reaches the contact and its open deal, and not the closed one', async () => {
    await world.click([{ click_id: 'first', eid: '501' }]);
    await world.settled();
    expect(await world.delivery('first')).toMatchObject({ state: 'delivered', contactId: '501', dealIds: ['701'] });
    expect([shown('contacts', '501'), shown('deals', '701'), shown('deals', '702')]).toEqual([1, 1, 0]);
  });

  it('sets the three UTM properties and both counters', () => {
    expect(world.record('contacts', '501')).toMatchObject({
      elido_last_utm_source: 'webinar',
      elido_last_utm_campaign: 'q2-pricing',
      elido_last_utm_medium: 'email',
      elido_recent_link_clicks: '1',
    });
    expect(world.record('deals', '701')).toMatchObject({ elido_recent_link_clicks: '1' });
  });

  it('sent again under the same id changes nothing', async () => {
    const click = { slug: 'q2-pricing', click_id: 'second', eid: '502' };
    const send = (body: object) => world.tenant.api.post('/v1/clicks').send(body);
    expect((await send(click)).body).toMatchObject({ accepted: 1 });
    await world.settled();
    expect((await send(click)).body).toMatchObject({ accepted: 0, duplicates: 1 });
    await send({ ...click, eid: '503' }).expect(409);
    await world.settled();
    expect(world.record('contacts', '502')).toMatchObject({ elido_recent_link_clicks: '1' });
    expect(shown('contacts', '502')).toBe(1);
  });
});

describe('the values that clicks leave behind', () => {
  let world: TestWorld;
  beforeAll(async () => {
    world = await startTestWorld();
  });
  afterAll(() => world.close());

  it('a late click counts, and does not overwrite the newer touch', async () => {
    const now = world.server.context.now();
    await world.click([{ click_id: 'new', eid: '501', utm: { source: 'Newsletter ' }, occurred_at: now + 60_000 }]);
    await world.settled();
    await world.click([{ click_id: 'late', eid: '501', utm: { source: 'older' }, occurred_at: now + 1_000 }]);
    await world.settled();
    expect(world.record('contacts', '501')).toMatchObject({
      elido_last_utm_source: 'newsletter',
      elido_recent_link_clicks: '2',
    });
  });

  it('the counter goes down once clicks are older than 30 days', async () => {
    world.advance(32 * dayMs);
    await until(
      'the counter is counted again',
      () => world.record('contacts', '501')['elido_recent_link_clicks'] === '0',
    );
    await until('so is that of the deal', () => world.record('deals', '701')['elido_recent_link_clicks'] === '0');
  });

  it('first-touch analytics are never touched', () => {
    expect(world.record('contacts', '501')['hs_analytics_source']).toBe('DIRECT_TRAFFIC');
  });
});
