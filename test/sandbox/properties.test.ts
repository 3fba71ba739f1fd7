import { describe, expect, it } from 'vitest';
import { startPortal, type TestPortal } from './harness.ts';

const PROPERTIES = '/crm/properties/2026-03/contacts';
const score = { name: 'acme_score', label: 'Score', type: 'number', fieldType: 'number', groupName: 'acme' };

async function startWithGroup(): Promise<TestPortal> {
  const portal = await startPortal();
  const group = await portal.call('POST', `${PROPERTIES}/groups`, { body: { name: 'acme', label: 'Acme' } });
  expect(group.status).toBe(201);
  return portal;
}

describe('property definitions', () => {
  it('are created with 201 and a Location, and then take values', async () => {
    const { call } = await startWithGroup();
    const made = await call('POST', PROPERTIES, { body: score });
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toContain('acme_score');
    expect(made.body['modificationMetadata']).toMatchObject({ readOnlyValue: false, readOnlyDefinition: false });
    const body = { properties: { acme_score: 7 } };
    const written = await call('PATCH', '/crm/v3/objects/contacts/101', { body });
    expect(written.body['properties']?.['acme_score']).toBe('7');
  });

  it('that exist answer 409 with the subCategory', async () => {
    const { call } = await startWithGroup();
    await call('POST', PROPERTIES, { body: score });
    const again = await call('POST', PROPERTIES, { body: score });
    expect(again.status).toBe(409);
    expect(again.body).toMatchObject({
      message: "A property named 'acme_score' already exists.",
      category: 'OBJECT_ALREADY_EXISTS',
      subCategory: 'Properties.PROPERTY_WITH_NAME_EXISTS',
    });
  });

  it('that are archived are restored by POST, as they were', async () => {
    const { call } = await startWithGroup();
    await call('POST', PROPERTIES, { body: score });
    expect((await call('DELETE', `${PROPERTIES}/acme_score`)).status).toBe(204);
    expect((await call('GET', `${PROPERTIES}/acme_score`)).status).toBe(404);
    const back = await call('POST', PROPERTIES, { body: { ...score, label: 'Another label' } });
    expect([back.status, back.body['label']]).toEqual([201, 'Score']);
  });

  it.each([
    ['an unknown group', { groupName: 'nowhere' }],
    ['a fieldType that does not fit the type', { fieldType: 'textarea' }],
    ['an upper-case name', { name: 'Acme' }],
  ])('with %s are refused', async (_case, change) => {
    const { call } = await startWithGroup();
    expect((await call('POST', PROPERTIES, { body: { ...score, ...change } })).status).toBe(400);
  });

  it('tell read-only values beforehand', async () => {
    const { call } = await startPortal();
    const answer = await call('GET', `${PROPERTIES}/hs_analytics_source`);
    expect(answer.body['modificationMetadata']).toMatchObject({ readOnlyValue: true, readOnlyDefinition: true });
    expect((await call('GET', `${PROPERTIES}/nonsense`)).body['category']).toBe('OBJECT_NOT_FOUND');
  });

  it('keep their options when a change leaves them out, and replace the whole list otherwise', async () => {
    const { call } = await startWithGroup();
    const options = ['a', 'b'].map((value) => ({ value, label: value }));
    const body = { ...score, name: 'acme_kind', type: 'enumeration', fieldType: 'select', options };
    await call('POST', PROPERTIES, { body });
    const labelled = await call('PATCH', `${PROPERTIES}/acme_kind`, { body: { label: 'Kind' } });
    expect(labelled.body['options']).toHaveLength(2);
    const replaced = await call('PATCH', `${PROPERTIES}/acme_kind`, { body: { options: options.slice(1) } });
    expect(replaced.body['options']).toHaveLength(1);
  });

  it('with unique values can stand in for the id', async () => {
    const { call } = await startWithGroup();
    const unique = { ...score, name: 'acme_key', type: 'string', fieldType: 'text', hasUniqueValue: true };
    await call('POST', PROPERTIES, { body: unique });
    await call('PATCH', '/crm/v3/objects/contacts/101', { body: { properties: { acme_key: 'K1' } } });
    expect((await call('GET', '/crm/v3/objects/contacts/K1?idProperty=acme_key')).body['id']).toBe('101');
    expect((await call('GET', '/crm/v3/objects/contacts/x?idProperty=city')).status).toBe(400);
  });
});

describe('property batches', () => {
  it('create and read row by row; archive is always 204', async () => {
    const { call } = await startWithGroup();
    const created = await call('POST', `${PROPERTIES}/batch/create`, { body: { inputs: [score] } });
    expect(created.status).toBe(201);
    const again = await call('POST', `${PROPERTIES}/batch/create`, {
      body: { inputs: [score, { ...score, name: 'acme_two' }] },
    });
    expect([again.status, again.body['numErrors']]).toEqual([207, 1]);
    const read = await call('POST', `${PROPERTIES}/batch/read`, {
      body: { archived: false, inputs: [{ name: 'acme_score' }, { name: 'nonsense' }] },
    });
    expect([read.status, read.body['numErrors']]).toEqual([207, 1]);
    const gone = await call('POST', `${PROPERTIES}/batch/archive`, { body: { inputs: [{ name: 'nonsense' }] } });
    expect(gone.status).toBe(204);
  });
});

describe('property groups', () => {
  it('exist once, and cannot be archived while a property is in them', async () => {
    const { call } = await startWithGroup();
    expect((await call('POST', `${PROPERTIES}/groups`, { body: { name: 'acme', label: 'Again' } })).status).toBe(409);
    await call('POST', PROPERTIES, { body: score });
    const refused = await call('DELETE', `${PROPERTIES}/groups/acme`);
    expect(refused.body['subCategory']).toBe('PropertyGroupError.GROUP_WITH_ACTIVE_PROPERTIES');
    await call('DELETE', `${PROPERTIES}/acme_score`);
    expect((await call('DELETE', `${PROPERTIES}/groups/acme`)).status).toBe(204);
    expect((await call('GET', `${PROPERTIES}/groups/acme`)).status).toBe(404);
  });
});

describe('the account', () => {
  it('shows the default deal pipeline with metadata as strings, and a custom one', async () => {
    const { call } = await startPortal();
    const answer = await call('GET', '/crm/pipelines/2026-03/deals');
    const pipelines = [...(answer.body['results'] ?? [])];
    expect(pipelines.map((row) => row['id'])).toEqual(['default', '9001000']);
    const stages = [...(pipelines[0]?.['stages'] ?? [])];
    expect(stages.map((row) => [row['id'], row['metadata']?.['probability'], row['metadata']?.['isClosed']])).toEqual([
      ['appointmentscheduled', '0.2', 'false'],
      ['qualifiedtobuy', '0.4', 'false'],
      ['presentationscheduled', '0.6', 'false'],
      ['decisionmakerboughtin', '0.8', 'false'],
      ['contractsent', '0.9', 'false'],
      ['closedwon', '1.0', 'true'],
      ['closedlost', '0.0', 'true'],
    ]);
    expect((await call('GET', '/crm/v3/pipelines/deals/nowhere')).status).toBe(404);
  });

  it('lists owners, tells its details, and how much of the property limits is used', async () => {
    const { call } = await startWithGroup();
    await call('POST', PROPERTIES, { body: score });
    const owners = await call('GET', '/crm/owners/2026-03');
    const email = String(owners.body['results']?.[0]?.['email']);
    expect((await call('GET', `/crm/v3/owners?email=${encodeURIComponent(email)}`)).body['results']).toHaveLength(1);
    expect((await call('GET', '/crm/v3/owners?email=nobody%40example.com')).body['results']).toEqual([]);
    expect((await call('GET', '/account-info/v3/details')).body['uiDomain']).toBe('app.hubspot.com');
    const limits = await call('GET', '/crm/limits/2026-09/custom-properties');
    expect(limits.body).toMatchObject({ overallLimit: 10_000, overallUsage: 1 });
  });
});
