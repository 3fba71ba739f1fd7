import { describe, expect, it } from 'vitest';
import { APP, CLIENT, PORTAL, send, startPortal, type TestPortal } from './harness.ts';

const EVENTS = '/integrators/timeline/2026-03/events';
const click = (id: string, change: Record<string, unknown> = {}) => ({
  eventTypeName: 'elido_contact_click',
  id,
  objectId: '101',
  timestamp: '2026-11-20T12:00:00Z',
  properties: { linkTitle: 'Pricing', shortUrl: 'https://links.example.com/p' },
  ...change,
});

const post = (portal: TestPortal, body: unknown) => portal.call('POST', EVENTS, { body });
const postBatch = (portal: TestPortal, inputs: unknown[]) =>
  portal.call('POST', `${EVENTS}/batch`, { body: { inputs } });
const accepted = (portal: TestPortal) => portal.sandbox.control.events(PORTAL);

describe('app events', () => {
  it('are accepted by uid and by fully qualified name, on v4 and on 2026-03', async () => {
    const portal = await startPortal();
    expect((await post(portal, click('1'))).status).toBe(201);
    expect((await post(portal, click('2', { eventTypeName: `ae${APP}_elido_contact_click` }))).status).toBe(201);
    const onV4 = await portal.call('POST', '/integrators/timeline/v4/events', { body: click('3') });
    expect(onV4.status).toBe(201);
    expect((await portal.call('POST', '/integrators/timeline/2026-09/events', { body: click('4') })).status).toBe(404);
    expect(accepted(portal)).toMatchObject({ accepted: 3, distinct: 3 });
  });

  it('are immutable: the same id of the same type is 409, of another type it is not', async () => {
    const portal = await startPortal();
    await post(portal, click('1'));
    const again = await post(portal, click('1', { properties: {} }));
    expect(again.status).toBe(409);
    const other = { eventTypeName: 'elido_deal_click', objectId: '301', properties: {} };
    expect((await post(portal, click('1', other))).status).toBe(201);
  });

  it('find a contact by e-mail address and refuse objects that do not exist', async () => {
    const portal = await startPortal();
    const byEmail = await post(portal, click('1', { objectId: undefined, email: 'First@example.com' }));
    expect(byEmail.body['objectId']).toBe('101');
    for (const change of [
      { objectId: '999' },
      { objectId: undefined, email: 'x@example.com' },
      { objectId: undefined },
    ])
      expect((await post(portal, click('2', change))).status).toBe(400);
  });

  it.each([
    ['an unknown type', { eventTypeName: 'nonsense' }],
    ['an unknown property', { properties: { nonsense: 'x' } }],
    ['a timestamp that is none', { timestamp: 'soon' }],
    ['no id', { id: undefined }],
  ])('are refused with %s', async (_case, change) => {
    const portal = await startPortal();
    expect((await post(portal, click('1', change))).status).toBe(400);
    expect(accepted(portal).accepted).toBe(0);
  });

  it.each([
    ['an id of 501 bytes', click('x'.repeat(501))],
    ['a property of more than 510 KB', click('1', { properties: { linkTitle: 'x'.repeat(510 * 1024 + 1) } })],
    ['an event of more than 1 MB', click('1', { extraData: { text: 'x'.repeat(1024 * 1024) } })],
  ])('are refused with %s, in a body of its own shape', async (_case, body) => {
    const portal = await startPortal();
    const answer = await post(portal, body);
    expect(answer.status).toBe(400);
    expect(answer.body['status']).toBe(400);
    expect(String(answer.body['errors']?.[0]?.['message'])).toMatch(/^Event .+ failed with validation error\(s\)$/s);
  });

  it('need an approved app', async () => {
    const portal = await startPortal();
    const app = portal.sandbox.state.apps.get(APP);
    if (app !== undefined) app.approved = false;
    expect((await post(portal, click('1'))).status).toBe(403);
  });
});

describe('batches of app events', () => {
  it('are all or nothing: one known id refuses them all', async () => {
    const portal = await startPortal();
    await post(portal, click('1'));
    expect((await postBatch(portal, [click('2'), click('1')])).status).toBe(409);
    expect((await postBatch(portal, [click('2'), click('3', { objectId: '999' })])).status).toBe(400);
    expect((await postBatch(portal, [click('2'), click('2')])).status).toBe(409);
    expect(accepted(portal).accepted).toBe(1);
    const good = await postBatch(portal, [click('2'), click('3')]);
    expect([good.status, good.body['status']]).toEqual([201, 'COMPLETE']);
    expect(accepted(portal).accepted).toBe(3);
  });

  it('have a cap, 500 unless set otherwise', async () => {
    const portal = await startPortal();
    const inputs = Array.from({ length: 501 }, (_, index) => click(String(index)));
    expect((await postBatch(portal, inputs)).status).toBe(400);
    expect((await postBatch(portal, inputs.slice(1))).status).toBe(201);
    portal.sandbox.control.setSwitches({ appEventBatchCap: 1 });
    expect((await postBatch(portal, [click('a'), click('b')])).status).toBe(400);
  });
});

describe('names of event types', () => {
  it('are resolved for the app itself, with its own token', async () => {
    const portal = await startPortal();
    const form = { ...CLIENT, grant_type: 'client_credentials', scope: 'developers-read' };
    const grant = await send(`${portal.sandbox.url}/oauth/2026-03/token`, 'POST', { form });
    const resolve = (developerSymbol: string) =>
      portal.call('POST', '/integrators/timeline/2026-03/types/projects', {
        token: String(grant.body['access_token']),
        body: { projectName: 'test-project', developerSymbol },
      });
    expect((await resolve('elido_contact_click')).body['fullyQualifiedName']).toBe(`ae${APP}_elido_contact_click`);
    expect((await resolve('nonsense')).status).toBe(404);
  });
});

describe('v3 templates and events', () => {
  const TEMPLATES = `/integrators/timeline/v3/${APP}/event-templates`;
  const template = {
    name: 'Clicked',
    objectType: 'contacts',
    headerTemplate: 'Clicked {{title}}',
    tokens: [
      { name: 'title', label: 'Title', type: 'string', objectPropertyName: 'jobtitle' },
      { name: 'count', label: 'Count', type: 'number' },
    ],
  };

  async function startWithTemplate(): Promise<{ portal: TestPortal; id: string }> {
    const portal = await startPortal();
    portal.sandbox.control.setSwitches({ timelineTemplates: 'open' });
    const made = await portal.call('POST', `${TEMPLATES}?hapikey=developer-key`, { token: null, body: template });
    expect(made.status).toBe(201);
    return { portal, id: String(made.body['id']) };
  }

  const event = (eventTemplateId: string, change: Record<string, unknown> = {}) => ({
    eventTemplateId,
    id: 'e1',
    objectId: '101',
    tokens: { title: 'Pricing', count: '2' },
    ...change,
  });

  it('are closed to an app that owns none', async () => {
    const portal = await startPortal();
    const answer = await portal.call('POST', `${TEMPLATES}?hapikey=developer-key`, { token: null, body: template });
    expect(answer.status).toBe(403);
  });

  it('need the developer key of the app', async () => {
    const { portal, id } = await startWithTemplate();
    const read = (key: string) => portal.call('GET', `${TEMPLATES}/${id}?hapikey=${key}`, { token: null });
    expect((await read('wrong')).status).toBe(401);
    expect((await read('developer-key')).body).toMatchObject({ id, name: 'Clicked', objectType: 'contacts' });
    expect((await portal.call('GET', TEMPLATES)).status).toBe(403);
  });

  it('are changed, extended and deleted; reserved and doubled token names are refused', async () => {
    const { portal, id } = await startWithTemplate();
    const call = (method: string, path: string, body?: unknown) =>
      portal.call(method, `${TEMPLATES}/${id}${path}?hapikey=developer-key`, { token: null, body });
    const replaced = await call('PUT', '', { id, name: 'Renamed', tokens: template.tokens });
    expect(replaced.body['name']).toBe('Renamed');
    expect((await call('POST', '/tokens', { name: 'extra', label: 'E', type: 'date' })).status).toBe(200);
    expect((await call('POST', '/tokens', { name: 'extra', label: 'E', type: 'date' })).status).toBe(400);
    expect((await call('POST', '/tokens', { name: 'lookup', label: 'L', type: 'string' })).status).toBe(400);
    expect((await call('PUT', '/tokens/extra', { label: 'Extra' })).body['label']).toBe('Extra');
    expect((await call('DELETE', '/tokens/extra')).status).toBe(204);
    expect((await call('DELETE', '')).status).toBe(204);
    expect((await call('GET', '')).status).toBe(404);
  });

  it('accept events on both aliases, read them back and write bound properties', async () => {
    const { portal, id } = await startWithTemplate();
    const made = await portal.call('POST', '/crm/v3/timeline/events', { body: event(id) });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ id: 'e1', eventTemplateId: id, objectType: 'contacts', createdAt: null });
    const read = await portal.call('GET', `/integrators/timeline/v3/events/${id}/e1`);
    expect(read.body['objectId']).toBe('101');
    expect((await portal.call('GET', `/integrators/timeline/v3/events/${id}/e2`)).status).toBe(404);
    const contact = await portal.call('GET', '/crm/v3/objects/contacts/101?properties=jobtitle');
    expect(contact.body['properties']?.['jobtitle']).toBe('Pricing');
  });

  it('make a contact for an unknown address, and change it when an object id is given', async () => {
    const { portal, id } = await startWithTemplate();
    const made = await portal.call('POST', '/integrators/timeline/v3/events', {
      body: event(id, { objectId: undefined, email: 'stranger@example.com' }),
    });
    const contact = await portal.call('GET', '/crm/v3/objects/contacts/stranger%40example.com?idProperty=email');
    expect(contact.body['id']).toBe(made.body['objectId']);
    await portal.call('POST', '/integrators/timeline/v3/events', {
      body: event(id, { id: 'e2', email: 'renamed@example.com' }),
    });
    const renamed = await portal.call('GET', '/crm/v3/objects/contacts/101');
    expect(renamed.body['properties']?.['email']).toBe('renamed@example.com');
  });

  it.each([
    ['reject', 400, 1],
    ['accept-last-wins', 201, 2],
    ['ignore', 201, 1],
  ] as const)('with duplicates set to %s answer %i and hold %i', async (mode, status, held) => {
    const { portal, id } = await startWithTemplate();
    portal.sandbox.control.setSwitches({ timelineV3Duplicates: mode });
    await portal.call('POST', '/integrators/timeline/v3/events', { body: event(id) });
    const again = await portal.call('POST', '/integrators/timeline/v3/events', { body: event(id) });
    expect(again.status).toBe(status);
    expect(accepted(portal)).toMatchObject({ accepted: held, distinct: 1 });
  });

  it('take batches row by row, name missing attributes, and replace {{uuid}} in ids', async () => {
    const { portal, id } = await startWithTemplate();
    const inputs = [event(id, { id: 'a-{{uuid}}' }), event(id, { id: 'b', objectId: '999' })];
    const answer = await portal.call('POST', '/integrators/timeline/v3/events/batch/create', { body: { inputs } });
    expect([answer.status, answer.body['numErrors']]).toEqual([207, 1]);
    expect(String(answer.body['results']?.[0]?.['id'])).toMatch(/^a-[0-9a-f]{32}$/);
    const missing = await portal.call('POST', '/integrators/timeline/v3/events', { body: { tokens: {} } });
    expect(String(missing.body['message'])).toContain(
      'Cannot build TimelineEvent, some of required attributes are not set [eventTemplateId]',
    );
  });
});
