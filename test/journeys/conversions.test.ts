// From a conversion to the contact's and the deal's timeline, its properties and its stage, in each dialect.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestWorld, testPortalId, until, type TestWorld } from '../helpers/start-test-world.ts';

const convert = (world: TestWorld, row: object) => world.tenant.api.post('/v1/conversions').send(row);
const documented = {
  event: 'conversion.recorded',
  click_id: 'clk_abc123',
  value: 99.0,
  currency: 'EUR',
  utm: { source: 'newsletter', medium: 'email', campaign: 'spring-2026' },
};

describe.each(['app_events', 'timeline_v3', 'notes'] as const)('a conversion in the dialect %s', (dialect) => {
  let world: TestWorld;
  /** Events of the app, or notes, on the record. */
  const shown = (object: 'contacts' | 'deals', id: string) =>
    dialect === 'notes' ? world.notesOf(object, id).length : world.eventsOf(object, id).length;
  const patch = (change: object) => world.tenant.api.patch(`/v1/connections/${world.connection._id}`).send(change);
  beforeAll(async () => {
    world = await startTestWorld({ dialect });
    await patch({ conversion_stage: { pipeline: 'default', stage: 'presentationscheduled' } }).expect(200);
  });
  afterAll(() => world.close());

  it('as documented reaches whoever clicked, and the open deal, and not the closed one', async () => {
    await world.click([{ click_id: 'clk_abc123', eid: '501' }]);
    await world.settled();
    const before = [shown('contacts', '501'), shown('deals', '701')];
    const { body } = await convert(world, documented).expect(202);
    await world.settled();
    const { conversion_id: id } = body.results[0];
    expect(await world.delivery(id)).toMatchObject({ state: 'delivered', contactId: '501', dealIds: ['701'] });
    expect(before).toEqual([1, 1]);
    expect([shown('contacts', '501'), shown('deals', '701'), shown('deals', '702')]).toEqual([2, 2, 0]);
  });

  it('shows the amount, the campaign and the link of its click', () => {
    const text =
      dialect === 'notes'
        ? world.notesOf('contacts', '501').join('\n')
        : JSON.stringify(world.eventsOf('contacts', '501').map(({ properties }) => Object.values(properties)));
    for (const words of ['99', 'EUR', 'spring-2026', 'newsletter', 'Q2 pricing PDF']) expect(text).toContain(words);
  });

  it('sets the UTM properties and counts as no click', () => {
    expect(world.record('contacts', '501')).toMatchObject({
      elido_last_utm_source: 'newsletter',
      elido_last_utm_campaign: 'spring-2026',
      elido_last_utm_medium: 'email',
      elido_recent_link_clicks: '1',
    });
  });

  it('moves the open deal to the stage, and the closed one not', () => {
    expect(world.record('deals', '701')['dealstage']).toBe('presentationscheduled');
    expect(world.record('deals', '702')['dealstage']).toBe('closedlost');
  });

  it('never moves a deal back', async () => {
    await patch({ conversion_stage: { pipeline: 'default', stage: 'qualifiedtobuy' } }).expect(200);
    await convert(world, { conversion_id: 'second', hs_contact_id: '501' }).expect(202);
    await world.settled();
    expect(await world.delivery('second')).toMatchObject({ state: 'delivered', reason: null });
    expect(world.record('deals', '701')['dealstage']).toBe('presentationscheduled');
    await patch({ conversion_stage: null }).expect(200);
  });

  it('sent again under the same id changes nothing, and with other content is refused', async () => {
    const row = { conversion_id: 'third', email: 'C502@example.com', value: 5, currency: 'USD' };
    expect((await convert(world, row)).body).toMatchObject({ accepted: 1 });
    await world.settled();
    expect((await convert(world, row)).body).toMatchObject({ accepted: 0, duplicates: 1 });
    await convert(world, { ...row, value: 6 }).expect(409);
    await world.settled();
    expect([shown('contacts', '502'), shown('deals', '703')]).toEqual([1, 1]);
  });

  it('whose reply got lost is not written twice', async () => {
    const path = dialect === 'notes' ? '/crm/objects/2026-03/notes/batch/create' : pathOfEvents(dialect);
    const { id } = world.sandbox.control.addFault({ path, action: { kind: 'close', when: 'after' } });
    await convert(world, { conversion_id: 'lost-reply', email: 'c504@example.com' }).expect(202);
    await until('the failure is seen', async () => (await world.delivery('lost-reply')).state === 'retrying');
    expect(await world.delivery('lost-reply')).toMatchObject({ reason: 'hubspot_outcome_unknown' });
    world.sandbox.control.clearFaults(id);
    world.advance(30_000);
    await until('it is delivered', async () => (await world.delivery('lost-reply')).state === 'delivered');
    expect(shown('contacts', '504')).toBe(1);
  });
});

function pathOfEvents(dialect: 'app_events' | 'timeline_v3'): string {
  return dialect === 'app_events'
    ? '/integrators/timeline/2026-03/events/batch'
    : '/integrators/timeline/v3/events/batch/create';
}

describe('whose conversion it was', () => {
  let world: TestWorld;
  const stateOf = async (eventId: string) => {
    const { state, reason, contactId } = await world.delivery(eventId);
    return { state, reason, contactId };
  };
  beforeEach(async () => {
    world = await startTestWorld();
  });
  afterEach(() => world.close());

  it('an email that HubSpot does not know waits, and is delivered when the contact appears', async () => {
    await convert(world, { conversion_id: 'early', email: 'new@example.com' }).expect(202);
    await world.settled();
    expect(await stateOf('early')).toMatchObject({ state: 'waiting_contact', reason: 'waiting_for_contact' });
    world.sandbox.control.seed({
      portals: [{ portalId: testPortalId, contacts: [{ id: '900', properties: { email: 'new@example.com' } }] }],
    });
    world.advance(60_000);
    await until('it is delivered', async () => (await world.delivery('early')).state === 'delivered');
    expect(world.eventsOf('contacts', '900')).toHaveLength(1);
  });

  it('that nobody could be found for is closed as "no matching contact", and no contact is made', async () => {
    const before = world.sandbox.control.dump(testPortalId).objects['contacts']?.records.length;
    await convert(world, { conversion_id: 'stranger', email: 'nobody@example.com' }).expect(202);
    await convert(world, { conversion_id: 'wrong-id', hs_contact_id: '999999' }).expect(202);
    await convert(world, { conversion_id: 'anonymous', value: 5, currency: 'EUR' }).expect(202);
    await convert(world, { conversion_id: 'unknown-click', click_id: 'clk_elsewhere' }).expect(202);
    await world.settled();
    world.advance(73 * 3600_000);
    await until('the wait ends', async () => (await world.delivery('stranger')).state === 'skipped');
    await until('for both', async () => (await world.delivery('unknown-click')).state === 'skipped');
    for (const id of ['stranger', 'wrong-id', 'anonymous', 'unknown-click']) {
      const { body } = await world.tenant.api.get(`/v1/deliveries?event_id=${id}`).expect(200);
      expect(body.deliveries[0].reason.words).toMatch(/^No matching contact/);
    }
    expect(world.sandbox.control.dump(testPortalId).objects['contacts']?.records).toHaveLength(before ?? -1);
  });

  it('a contact id is not guessed between two portals; an email finds its contact in each', async () => {
    const second = testPortalId + 1;
    const contacts = [{ id: '501', properties: { email: 'c503@example.com' } }];
    world.sandbox.control.seed({ portals: [{ portalId: second, contacts }] });
    await world.connect({ portalId: second });
    world.server.context.caches.connections.clear();
    await convert(world, { conversion_id: 'bare-id', hs_contact_id: '501' }).expect(202);
    await convert(world, { conversion_id: 'by-email', email: 'c503@example.com' }).expect(202);
    await until('all four are settled', async () => {
      const all = await Promise.all(['bare-id', 'by-email'].map(allOf));
      return all.flat().length === 4 && all.flat().every(({ state }) => state === 'skipped' || state === 'delivered');
    });
    expect((await allOf('bare-id')).map(({ reason }) => reason)).toEqual(['eid_ambiguous', 'eid_ambiguous']);
    expect(new Set((await allOf('by-email')).map(({ contactId }) => contactId))).toEqual(new Set(['501', '503']));
    expect(world.eventsOf('contacts', '501', second)).toHaveLength(1);
    expect(world.eventsOf('contacts', '501')).toHaveLength(0);
  });

  it('waits with its click for the form submission that tells who it was', async () => {
    await world.click([{ click_id: 'ad', gclid: 'Cj0-9' }]);
    await convert(world, { conversion_id: 'of-ad', click_id: 'ad' }).expect(202);
    await world.settled();
    expect(await stateOf('of-ad')).toMatchObject({ state: 'waiting_contact' });
    await world.tenant.api.post('/v1/form-submissions').send({ email: 'c505@example.com', gclid: 'Cj0-9' }).expect(202);
    await until('it is delivered', async () => (await world.delivery('of-ad')).state === 'delivered');
    expect(await stateOf('of-ad')).toMatchObject({ contactId: '505' });
  });

  const allOf = (eventId: string) =>
    world.server.context.store.deliveries.listOfEvent({ workspaceId: world.tenant.workspaceId, eventId });
});

describe('conversions only', () => {
  let world: TestWorld;
  beforeAll(async () => {
    world = await startTestWorld();
    const change = { mode: 'conversions_only' };
    await world.tenant.api.patch(`/v1/connections/${world.connection._id}`).send(change).expect(200);
  });
  afterAll(() => world.close());

  it('a click creates nothing in HubSpot, and the log says why', async () => {
    await world.click([{ click_id: 'clk_abc123', eid: '501' }]);
    await world.settled();
    expect(await world.delivery('clk_abc123')).toMatchObject({ state: 'skipped', reason: 'conversions_only' });
    expect(world.eventsOf('contacts', '501')).toHaveLength(0);
    expect(world.record('contacts', '501')).not.toHaveProperty('elido_last_utm_source');
  });

  it('a conversion of that click does, for whoever clicked', async () => {
    const { body } = await convert(world, documented).expect(202);
    await world.settled();
    expect(await world.delivery(body.results[0].conversion_id)).toMatchObject({ state: 'delivered', contactId: '501' });
    expect(world.eventsOf('contacts', '501')).toHaveLength(1);
    expect(world.eventsOf('deals', '701')).toHaveLength(1);
  });
});
