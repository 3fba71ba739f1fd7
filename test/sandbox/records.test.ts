import { describe, expect, it } from 'vitest';
import { PORTAL, startPortal } from './harness.ts';

const CONTACTS = '/crm/objects/2026-03/contacts';
const DEALS = '/crm/objects/2026-03/deals';

describe('reading a record', () => {
  it('answers requested but unset properties with null and leaves unknown names out', async () => {
    const { call } = await startPortal();
    const answer = await call('GET', `${CONTACTS}/101?properties=email,city,nonsense`);
    expect(answer.body['properties']).toMatchObject({ email: 'first@example.com', city: null, hs_object_id: '101' });
    expect(Object.keys(answer.body['properties'] ?? {})).not.toContain('nonsense');
    expect(answer.body['url']).toBe(`https://app.hubspot.com/contacts/${PORTAL}/record/0-1/101`);
  });

  it('finds a contact by a percent-encoded e-mail address in any case', async () => {
    const { call } = await startPortal();
    const answer = await call('GET', `${CONTACTS}/SE%2Bcond%40example.com?idProperty=email`);
    expect(answer.body['id']).toBe('102');
    expect((await call('GET', `${CONTACTS}/nobody%40example.com?idProperty=email`)).status).toBe(404);
  });

  it('brings associations and history along when asked', async () => {
    const { call } = await startPortal();
    await call('PATCH', `${CONTACTS}/101`, { body: { properties: { city: 'Bath' } } });
    await call('PATCH', `${CONTACTS}/101`, { body: { properties: { city: 'York' } } });
    const answer = await call('GET', `${CONTACTS}/101?associations=deals&propertiesWithHistory=city`);
    expect(answer.body['associations']).toEqual({ deals: { results: [{ id: '301', type: 'contact_to_deal' }] } });
    const history = answer.body['propertiesWithHistory']?.['city'] ?? [];
    expect([...history].map(({ value }) => value)).toEqual(['York', 'Bath']);
  });

  it('lists page by page, at most 100 at once and 50 with history', async () => {
    const { call } = await startPortal();
    const first = await call('GET', `${CONTACTS}?limit=1`);
    expect(first.body['results']?.[0]?.['id']).toBe('101');
    const after = String(first.body['paging']?.['next']?.['after']);
    const second = await call('GET', `${CONTACTS}?limit=1&after=${after}`);
    expect(second.body['results']?.[0]?.['id']).toBe('102');
    expect(second.body['paging']).toBeUndefined();
    expect((await call('GET', `${CONTACTS}?limit=101`)).status).toBe(400);
    expect((await call('GET', `${CONTACTS}?limit=51&propertiesWithHistory=city`)).status).toBe(400);
  });
});

describe('writing a record', () => {
  it('creates with 201 and a Location, and stores the address in lower case', async () => {
    const { call } = await startPortal();
    const answer = await call('POST', CONTACTS, { body: { properties: { email: 'NEW@Example.com' } } });
    expect(answer.status).toBe(201);
    expect(answer.body['properties']?.['email']).toBe('new@example.com');
    expect(answer.headers.get('location')).toContain(String(answer.body['id']));
  });

  it('refuses a taken address with 409 and the id that exists', async () => {
    const { call } = await startPortal();
    const answer = await call('POST', CONTACTS, { body: { properties: { email: 'first@example.com' } } });
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({ message: 'Contact already exists. Existing ID: 101', category: 'CONFLICT' });
  });

  it('words the same clash as 400 while the owner is not indexed yet', async () => {
    const { call } = await startPortal();
    const made = await call('POST', CONTACTS, { body: { properties: { email: 'fresh@example.com' } } });
    const answer = await call('POST', CONTACTS, { body: { properties: { email: 'fresh@example.com' } } });
    expect(answer.status).toBe(400);
    expect(answer.body['category']).toBe('VALIDATION_ERROR');
    expect(String(answer.body['message'])).toMatch(
      new RegExp(
        `^Cannot set PropertyValueCoordinates\\{portalId=${PORTAL}, .*\\. ${String(made.body['id'])} already has that value\\.$`,
      ),
    );
  });

  it('refuses to give a contact another contact’s address', async () => {
    const { call } = await startPortal();
    const answer = await call('PATCH', `${CONTACTS}/102`, { body: { properties: { email: 'first@example.com' } } });
    expect(answer.status).toBe(400);
    expect(String(answer.body['message'])).toContain('on 102. 101 already has that value.');
  });

  it('clears a property with an empty string', async () => {
    const { call } = await startPortal();
    await call('PATCH', `${CONTACTS}/101`, { body: { properties: { firstname: '' } } });
    expect((await call('GET', `${CONTACTS}/101`)).body['properties']?.['firstname']).toBeNull();
  });

  it.each([
    ['first000name', 'x', 'PROPERTY_DOESNT_EXIST', 'Property "first000name" does not exist'],
    [
      'hs_analytics_source',
      'OFFLINE',
      'READ_ONLY_VALUE',
      '"hs_analytics_source" is a read only property; its value cannot be set.',
    ],
    [
      'num_associated_deals',
      '3',
      'READ_ONLY_VALUE',
      '"num_associated_deals" is a calculated property; its value cannot be set.',
    ],
    ['lifecyclestage', 'nonsense', 'INVALID_OPTION', 'nonsense was not one of the allowed options: [subscriber, '],
    ['email', 'not-an-address', 'INVALID_EMAIL', 'not-an-address'],
    ['hs_email_optout', 'maybe', 'INVALID_OPTION', 'maybe was not one of the allowed options: [true, false]'],
  ])('refuses %s=%s with %s', async (name, value, code, message) => {
    const { call } = await startPortal();
    const answer = await call('PATCH', `${CONTACTS}/101`, { body: { properties: { [name]: value, city: 'Bath' } } });
    expect(answer.status).toBe(400);
    expect(answer.body['category']).toBe('VALIDATION_ERROR');
    expect(answer.body['errors']?.[0]).toMatchObject({ code, context: { propertyName: [name] } });
    expect(answer.body['errors']?.[0]?.['message']).toContain(message);
    expect(String(answer.body['message'])).toMatch(/^Property values were not valid: \[\{"isValid":false,/);
    expect((await call('GET', `${CONTACTS}/101?properties=city`)).body['properties']?.['city']).toBeNull();
  });

  it.each([
    ['amount', 'abc', 'INVALID_INTEGER'],
    ['closedate', 'tomorrow', 'INVALID_LONG'],
    ['dealstage', 'nowhere', 'INVALID_OPTION'],
    ['dealstage', '90010001', 'INVALID_OPTION'],
  ])('refuses a deal with %s=%s', async (name, value, code) => {
    const { call } = await startPortal();
    const answer = await call('PATCH', `${DEALS}/301`, { body: { properties: { [name]: value } } });
    expect([answer.status, answer.body['errors']?.[0]?.['code']]).toEqual([400, code]);
  });

  it('moves a deal between stages and pipelines and derives whether it is closed', async () => {
    const { call } = await startPortal();
    await call('PATCH', `${DEALS}/301`, { body: { properties: { dealstage: 'closedwon' } } });
    const won = await call('GET', `${DEALS}/301?properties=hs_is_closed,dealstage`);
    expect(won.body['properties']).toMatchObject({ hs_is_closed: 'true', dealstage: 'closedwon' });
    const moved = await call('PATCH', `${DEALS}/301`, {
      body: { properties: { pipeline: '9001000', dealstage: '90010001' } },
    });
    expect(moved.status).toBe(200);
  });

  it('archives: gone from reads, there with archived=true, its address free again', async () => {
    const { call } = await startPortal();
    expect((await call('DELETE', `${CONTACTS}/101`)).status).toBe(204);
    expect((await call('GET', `${CONTACTS}/101`)).status).toBe(404);
    expect((await call('GET', `${CONTACTS}/101?archived=true`)).body['archived']).toBe(true);
    const reborn = await call('POST', CONTACTS, { body: { properties: { email: 'first@example.com' } } });
    expect(reborn.status).toBe(201);
  });

  it('writes a note straight onto a contact and a deal', async () => {
    const { call } = await startPortal();
    const to = (id: number, associationTypeId: number) => ({
      to: { id },
      types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId }],
    });
    const properties = { hs_note_body: 'Hello', hs_timestamp: '2026-11-20T12:00:00Z' };
    const note = await call('POST', '/crm/v3/objects/notes', {
      body: { properties, associations: [to(101, 202), to(301, 214)] },
    });
    expect(note.status).toBe(201);
    const linked = await call('GET', `/crm/v4/objects/contacts/101/associations/notes`);
    expect(linked.body['results']?.[0]?.['toObjectId']).toBe(Number(note.body['id']));
    const orphan = await call('POST', '/crm/v3/objects/notes', { body: { properties, associations: [to(999, 202)] } });
    expect(orphan.status).toBe(400);
  });

  it('enforces an admin’s write rules on 2026-09 paths only', async () => {
    const { call, sandbox } = await startPortal();
    const rule = {
      objectType: 'deals' as const,
      property: 'closedate',
      when: { property: 'dealstage', value: 'closedwon' },
    };
    sandbox.control.seed({ portals: [{ portalId: PORTAL, writeRules: [rule] }] });
    const body = { properties: { dealstage: 'closedwon' } };
    const strict = await call('PATCH', '/crm/objects/2026-09/deals/301', { body });
    expect(strict.body['errors']?.[0]?.['code']).toBe('MISSING_CONDITIONAL_REQUIRED_PROPERTY');
    expect((await call('PATCH', '/crm/objects/2026-03/deals/301', { body })).status).toBe(200);
  });
});

describe('merging', () => {
  it('makes a new id; both old ids, links, events and addresses lead to it', async () => {
    const { call } = await startPortal();
    const event = { eventTypeName: 'elido_contact_click', id: 'e1', objectId: '102', properties: {} };
    expect((await call('POST', '/integrators/timeline/2026-03/events', { body: event })).status).toBe(201);
    const merged = await call('POST', `${CONTACTS}/merge`, {
      body: { primaryObjectId: '101', objectIdToMerge: '102' },
    });
    const id = String(merged.body['id']);
    expect(['101', '102']).not.toContain(id);
    for (const key of [
      '101',
      '102',
      'first%40example.com?idProperty=email',
      'se%2Bcond%40example.com?idProperty=email',
    ])
      expect((await call('GET', `${CONTACTS}/${key}`)).body['id']).toBe(id);
    const full = await call('GET', `${CONTACTS}/${id}?properties=hs_merged_object_ids,hs_additional_emails,firstname`);
    expect(full.body['properties']).toMatchObject({
      firstname: 'First',
      hs_merged_object_ids: '101;102',
      hs_additional_emails: 'se+cond@example.com',
    });
    const links = await call('GET', `/crm/objects/2026-03/contacts/${id}/associations/deals`);
    expect(links.body['results']?.[0]?.['toObjectId']).toBe(301);
    const patched = await call('PATCH', `${CONTACTS}/102`, { body: { properties: { city: 'Bath' } } });
    expect(patched.body['id']).toBe(id);
  });

  it('keeps the events of both on the survivor', async () => {
    const { call, sandbox } = await startPortal();
    for (const [id, objectId] of [
      ['e1', '101'],
      ['e2', '102'],
    ] as const)
      await call('POST', '/integrators/timeline/2026-03/events', {
        body: { eventTypeName: 'elido_contact_click', id, objectId, properties: {} },
      });
    await call('POST', `${CONTACTS}/merge`, { body: { primaryObjectId: '101', objectIdToMerge: '102' } });
    const report = sandbox.control.events(PORTAL, { objectType: 'contacts', objectId: '102' });
    expect(report.events.map(({ id }) => id)).toEqual(['e1', 'e2']);
  });

  it('refuses a secondary address for a new contact with the 400 form', async () => {
    const { call, sandbox } = await startPortal();
    await call('POST', `${CONTACTS}/merge`, { body: { primaryObjectId: '101', objectIdToMerge: '102' } });
    sandbox.control.setClock({ advanceMs: 60_000 });
    const answer = await call('POST', CONTACTS, { body: { properties: { email: 'se+cond@example.com' } } });
    expect(answer.status).toBe(400);
    expect(String(answer.body['message'])).toContain('already has that value');
  });
});

describe('deletion for good', () => {
  it('leaves nothing of the contact, and answers 204 for an unknown address too', async () => {
    const { call, sandbox } = await startPortal();
    const erase = (objectId: string) =>
      call('POST', `${CONTACTS}/gdpr-delete`, { body: { objectId, idProperty: 'email' } });
    expect((await erase('first@example.com')).status).toBe(204);
    expect((await call('GET', `${CONTACTS}/101?archived=true`)).status).toBe(404);
    expect((await erase('stranger@example.com')).status).toBe(204);
    expect(sandbox.control.save()).not.toContain('"First"');
  });
});
