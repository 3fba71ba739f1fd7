// What conversions leave in contact properties of every type, and what becomes of values that cannot go there.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestWorld, testPortalId, until, type TestWorld } from '../helpers/start-test-world.ts';

const token = 'values-schema-token';
const channelOptions = ['Newsletter', 'Webinar'].map((label) => ({ label, value: label.toLowerCase() + '_v' }));

describe('mapped values', () => {
  let world: TestWorld;
  const mapping = '/field-mapping';
  const put = (rows: object[]) =>
    world.tenant.api.put(`/v1/connections/${world.connection._id}${mapping}`).send({ rows });
  const convert = async (row: { conversion_id: string } & Record<string, unknown>) => {
    await world.tenant.api
      .post('/v1/conversions')
      .send({ hs_contact_id: '501', ...row })
      .expect(202);
    await world.settled();
  };
  const properties = (method: string, name: string, body?: object) =>
    fetch(`${world.sandbox.url}/crm/properties/2026-03/contacts${name}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  const define = async (name: string, type: string, fieldType: string, options: object[] = []) => {
    const made = await properties('POST', '', {
      name,
      label: name,
      type,
      fieldType,
      options,
      groupName: 'contactinformation',
    });
    expect(made.status).toBe(201);
  };
  beforeAll(async () => {
    world = await startTestWorld();
    const scopes = ['crm.schemas.contacts.write', 'crm.schemas.contacts.read'];
    world.sandbox.control.addPrivateToken({ portalId: testPortalId, token, scopes });
    await define('last_amount', 'number', 'number');
    await define('last_currency', 'string', 'text');
    await define('last_converted_on', 'date', 'date');
    await define('last_converted_at', 'datetime', 'date');
    await define('lead_channel', 'enumeration', 'select', channelOptions);
  });
  afterAll(() => world.close());

  it.each([
    ['utm_source', 'last_amount', /utm_source needs a property of type string or enumeration/],
    ['utm_source', 'last_converted_on', /of type date/],
    ['value', 'lead_channel', /value needs a property of type number or string/],
    ['converted_at', 'last_amount', /converted_at needs a property of type date/],
    ['click_id', 'lead_channel', /of type enumeration/],
  ])('%s into %s is refused when it is configured, with the reason', async (source, property, reason) => {
    const { status, body } = await put([{ source, property }]);
    expect([status, body.error.code]).toEqual([422, 'mapping_refused']);
    expect(body.error.message).toMatch(reason);
  });

  it('go into numbers, dates, times and options in the form HubSpot stores', async () => {
    await put([
      { source: 'value', property: 'last_amount' },
      { source: 'currency', property: 'last_currency' },
      { source: 'converted_at', property: 'last_converted_on' },
      { source: 'utm_source', property: 'lead_channel' },
      { source: 'utm_campaign', property: 'elido_last_utm_campaign' },
    ]).expect(200);
    const now = world.server.context.now();
    const utm = { source: 'newsletter', campaign: 'spring' };
    await convert({ conversion_id: 'typed', value: '99.90', currency: 'EUR', occurred_at: now, utm });
    expect(await world.delivery('typed')).toMatchObject({ state: 'delivered', detail: null });
    expect(world.record('contacts', '501')).toMatchObject({
      last_amount: '99.9',
      last_currency: 'EUR',
      last_converted_on: new Date(now).toISOString().slice(0, 10),
      lead_channel: 'newsletter_v',
      elido_last_utm_campaign: 'spring',
    });
  });

  it('that are none of the options are left out, the rest is written, and the log says so', async () => {
    world.advance(1_000);
    const utm = { source: 'billboard', campaign: 'summer' };
    await convert({ conversion_id: 'no-option', value: 120, currency: 'USD', utm });
    expect(await world.delivery('no-option')).toMatchObject({
      state: 'delivered',
      reason: null,
      detail: 'lead_channel was left as it is: the value is none of its options.',
    });
    expect(world.record('contacts', '501')).toMatchObject({
      last_amount: '120',
      last_currency: 'USD',
      lead_channel: 'newsletter_v',
      elido_last_utm_campaign: 'summer',
    });
    expect(world.eventsOf('contacts', '501')).toHaveLength(2);
  });

  it('leave the property alone when somebody deleted it, and the others are written', async () => {
    expect((await properties('DELETE', '/last_currency')).status).toBe(204);
    world.advance(11 * 60_000);
    await convert({ conversion_id: 'deleted-property', value: 130, currency: 'USD' });
    expect(await world.delivery('deleted-property')).toMatchObject({
      state: 'delivered',
      detail: 'last_currency was left as it is: the portal no longer has this property.',
    });
    expect(world.record('contacts', '501')).toMatchObject({ last_amount: '130' });
  });

  it('that HubSpot itself refuses end the delivery with the reason, and the timeline event stays', async () => {
    const before = world.eventsOf('contacts', '501').length;
    const path = '/crm/objects/2026-03/contacts/batch/update';
    world.sandbox.control.addFault({ path, action: { kind: 'status', status: 400 } });
    world.advance(1_000);
    await convert({ conversion_id: 'refused', utm: { source: 'newsletter' } });
    expect(await world.delivery('refused')).toMatchObject({
      state: 'dead',
      reason: 'property_refused',
      detail: expect.any(String),
    });
    expect(world.eventsOf('contacts', '501')).toHaveLength(before + 1);
  });
});

describe('the stage that conversions move deals to', () => {
  let world: TestWorld;
  const patch = (conversion_stage: unknown) =>
    world.tenant.api.patch(`/v1/connections/${world.connection._id}`).send({ conversion_stage });
  beforeAll(async () => {
    world = await startTestWorld();
  });
  afterAll(() => world.close());

  it('can be named by id or by label, and is shown by id', async () => {
    for (const names of [
      { pipeline: 'default', stage: 'contractsent' },
      { pipeline: 'sales pipeline', stage: 'Contract Sent' },
    ]) {
      const { body } = await patch(names).expect(200);
      expect(body.conversion_stage).toEqual({ pipeline: 'default', stage: 'contractsent' });
    }
    expect((await patch(null).expect(200)).body.conversion_stage).toBeNull();
  });

  it.each([
    [{ pipeline: 'nope', stage: 'contractsent' }, 'conversion_stage.pipeline', /default \(Sales Pipeline\)/, 'default'],
    [
      { pipeline: 'default', stage: '90010001' },
      'conversion_stage.stage',
      /contractsent \(Contract Sent\)/,
      'contractsent',
    ],
  ])('that the portal does not have is refused with those it has: %j', async (wrong, field, names, available) => {
    const { status, body } = await patch(wrong);
    expect([status, body.error.code, body.error.field]).toEqual([422, 'mapping_refused', field]);
    expect(body.error.message).toMatch(names);
    expect(body.error.details.available).toContain(available);
  });

  it.each([[{ pipeline: 'default' }], ['default'], [{ pipeline: 'default', stage: '' }], [7]])(
    'is refused as %j',
    async (wrong) => {
      expect((await patch(wrong)).status).toBe(400);
    },
  );

  it('on another pipeline leaves the deal alone', async () => {
    await patch({ pipeline: 'Renewals', stage: 'Renewed' }).expect(200);
    await world.tenant.api.post('/v1/conversions').send({ conversion_id: 'other', hs_contact_id: '501' }).expect(202);
    await world.settled();
    expect(await world.delivery('other')).toMatchObject({ state: 'delivered' });
    expect(world.record('deals', '701')).toMatchObject({ pipeline: 'default', dealstage: 'appointmentscheduled' });
  });

  it('that was deleted since is said in the log, and everything else is written', async () => {
    await remember({ pipeline: 'default', stage: 'deleted-since' });
    await world.tenant.api.post('/v1/conversions').send({ conversion_id: 'gone', hs_contact_id: '501' }).expect(202);
    await world.settled();
    expect(await world.delivery('gone')).toMatchObject({
      state: 'delivered',
      detail: 'No deal was moved: the stage for conversions is no longer in the portal.',
    });
    expect(world.record('deals', '701')['dealstage']).toBe('appointmentscheduled');
  });

  it('never overrules a person who moved the deal meanwhile', async () => {
    await patch({ pipeline: 'default', stage: 'qualifiedtobuy' }).expect(200);
    const path = '/crm/objects/2026-03/contacts/batch/update';
    const { id } = world.sandbox.control.addFault({ path, action: { kind: 'delay', ms: 800 } });
    const before = world.eventsOf('deals', '701').length;
    await world.tenant.api.post('/v1/conversions').send({ conversion_id: 'race', hs_contact_id: '501' }).expect(202);
    await until('the plan is under way', () => world.eventsOf('deals', '701').length > before);
    const scopes = ['crm.objects.deals.write', 'crm.objects.deals.read'];
    world.sandbox.control.addPrivateToken({ portalId: testPortalId, token: 'person-token', scopes });
    const moved = await fetch(`${world.sandbox.url}/crm/objects/2026-03/deals/701`, {
      method: 'PATCH',
      headers: { authorization: 'Bearer person-token', 'content-type': 'application/json' },
      body: JSON.stringify({ properties: { dealstage: 'contractsent' } }),
    });
    expect(moved.status).toBe(200);
    await world.settled();
    world.sandbox.control.clearFaults(id);
    expect(await world.delivery('race')).toMatchObject({ state: 'delivered' });
    expect(world.record('deals', '701')['dealstage']).toBe('contractsent');
  });

  const remember = (conversionStage: { pipeline: string; stage: string }) =>
    world.server.context.store.connections.change({
      workspaceId: world.tenant.workspaceId,
      connectionId: world.connection._id,
      set: { conversionStage },
    });
});
