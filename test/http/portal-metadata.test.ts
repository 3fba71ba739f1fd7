// Properties, pipelines and the trial of a field mapping, by the API: what the console shows before a person chooses.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tenant } from '../helpers/start-test-server.ts';
import { startTestWorld, testPortalId, type TestWorld } from '../helpers/start-test-world.ts';

let world: TestWorld;
let stranger: Tenant;
let base: string;

beforeAll(async () => {
  world = await startTestWorld();
  stranger = await world.server.makeTenant({ name: 'Somebody else' });
  base = `/v1/connections/${world.connection._id}`;
});
afterAll(() => world.close());

interface Property {
  name: string;
  mappable: boolean;
  reason: string | null;
  read_only: boolean;
  sources: string[];
  label: string;
}

async function propertyNamed(name: string, object = 'contacts'): Promise<Property> {
  const { body } = await world.tenant.api.get(`${base}/properties?object=${object}`).expect(200);
  const found = (body as { properties: Property[] }).properties.find((one) => one.name === name);
  if (!found) throw new Error(`no property ${name}`);
  return found;
}

const calls = () => world.sandbox.control.log({}).length;

describe('properties', () => {
  it('say what can be mapped to each, and why nothing can', async () => {
    expect(await propertyNamed('elido_last_utm_source')).toMatchObject({ mappable: true, reason: null });
    expect((await propertyNamed('elido_last_utm_source')).sources).toContain('utm_source');
    expect(await propertyNamed('hs_analytics_source')).toMatchObject({ mappable: false, read_only: true });
    expect((await propertyNamed('hs_analytics_source')).reason).toContain('first-touch');
    expect((await propertyNamed('elido_recent_link_clicks')).reason).toContain('click counter');
    expect(await propertyNamed('dealname', 'deals')).toMatchObject({ mappable: false });
  });

  it('come from our own store until somebody asks for fresh ones', async () => {
    await world.tenant.api.get(`${base}/properties`).expect(200);
    const before = calls();
    await world.tenant.api.get(`${base}/properties`).expect(200);
    expect(calls()).toBe(before);
    world.advance(5_000);
    await world.tenant.api.get(`${base}/properties?refresh=true`).expect(200);
    expect(calls()).toBe(before + 1);
  });

  it('refuse a question they do not know', async () => {
    const { status } = await world.tenant.api.get(`${base}/properties?object=companies`);
    expect(status).toBe(400);
  });
});

describe('pipelines', () => {
  it('carry the names of their stages and which of them are closed', async () => {
    const { body } = await world.tenant.api.get(`${base}/pipelines`).expect(200);
    const [pipeline] = (
      body as { pipelines: { id: string; stages: { id: string; label: string; is_closed: boolean }[] }[] }
    ).pipelines;
    expect(pipeline?.id).toBe('default');
    expect(pipeline?.stages.find(({ id }) => id === 'closedwon')).toMatchObject({ is_closed: true });
    expect(pipeline?.stages.find(({ id }) => id === 'qualifiedtobuy')?.label).not.toBe('');
  });
});

interface TriedRow {
  source: string;
  before: string | null;
  after: string | null;
  changes: boolean;
  problem: string | null;
}

async function tried(body: Record<string, unknown>): Promise<{ basis: string; rows: TriedRow[]; contact: unknown }> {
  const reply = await world.tenant.api.post(`${base}/field-mapping/try`).send(body).expect(200);
  return reply.body as { basis: string; rows: TriedRow[]; contact: unknown };
}

describe('a field mapping on trial', () => {
  it('shows sample values for somebody who never clicked', async () => {
    const { basis, rows, contact } = await tried({ contact_id: '504' });
    expect(basis).toBe('sample');
    expect(contact).toEqual({ id: '504', name: 'Contact 504' });
    expect(rows[0]).toMatchObject({ source: 'utm_source', before: null, changes: true, problem: null });
  });

  it('shows the values of the last touch, and that they are there already', async () => {
    await world.click([{ click_id: 'try-1', eid: '501' }]);
    await world.settled();
    const { basis, rows } = await tried({ email: 'c501@example.com' });
    expect(basis).toBe('own');
    expect(rows.map(({ before, after, changes }) => [before, after, changes])).toEqual([
      ['webinar', 'webinar', false],
      ['q2-pricing', 'q2-pricing', false],
      ['email', 'email', false],
    ]);
  });

  it('judges a draft that is not saved, row by row, and writes nothing', async () => {
    const before = world.record('contacts', '501');
    const { rows } = await tried({
      contact_id: '501',
      rows: [
        { source: 'link_slug', property: 'jobtitle' },
        { source: 'utm_source', property: 'hs_analytics_source' },
        { source: 'value', property: 'city' },
      ],
    });
    expect(rows[0]).toMatchObject({ before: null, after: 'q2-pricing', changes: true, problem: null });
    expect(rows[1]).toMatchObject({ after: null, changes: false });
    expect(rows[1]?.problem).toContain('first-touch');
    expect(rows[2]).toMatchObject({ after: null, problem: null });
    expect(world.record('contacts', '501')).toEqual(before);
  });

  it('says that there is no such contact, and asks for one name of it', async () => {
    const { body } = await world.tenant.api.post(`${base}/field-mapping/try`).send({ contact_id: '999' }).expect(404);
    expect((body as { error: { code: string } }).error.code).toBe('hubspot_not_found');
    await world.tenant.api.post(`${base}/field-mapping/try`).send({}).expect(400);
    await world.tenant.api.post(`${base}/field-mapping/try`).send({ contact_id: '501', email: 'a@b.co' }).expect(400);
  });
});

describe('another workspace', () => {
  it.each(['properties', 'pipelines'])('sees no %s of a connection that is not its own', async (what) => {
    expect((await stranger.api.get(`${base}/${what}`)).status).toBe(404);
  });

  it('cannot try its mapping either', async () => {
    expect((await stranger.api.post(`${base}/field-mapping/try`).send({ contact_id: '501' })).status).toBe(404);
  });

  it('needs the scope', async () => {
    const { api } = await world.server.makeTenant({ scopes: ['links:read'] });
    expect((await api.get(`${base}/properties`)).status).toBe(403);
  });
});

it('names contacts and deals in our own store once a delivery met them', async () => {
  const { seenRecords } = world.server.context.store;
  await world.click([{ click_id: 'seen-1', eid: '501' }]);
  await world.settled();
  expect(await seenRecords.namesOf({ portalId: testPortalId, contactIds: ['501', '505'] })).toEqual(
    new Map([['501', 'Contact 501']]),
  );
  const deals = await seenRecords.deals({ portalId: testPortalId, dealIds: ['701'] });
  expect(deals.get('701')).toMatchObject({ name: 'Deal 701', stage: 'appointmentscheduled', amount: 9000 });
});
