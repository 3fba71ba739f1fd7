// The sandbox tells apps what changed as HubSpot does: batches, three signatures, retries over a day, and the accidents on request.
import { createHash, createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { registrationSchema } from '../../sandbox/webhooks/registration.ts';
import type * as z from 'zod';
import { APP, CLIENT, PORTAL, startPortal, type TestPortal } from './harness.ts';

type Row = Record<string, unknown>;
type Received = { url: string; headers: Record<string, string | string[] | undefined>; body: string; rows: Row[] };
type Subscriptions = z.input<typeof registrationSchema>['subscriptions'];

const subscriptions: Subscriptions = [
  { subscriptionType: 'contact.creation' },
  { subscriptionType: 'contact.deletion' },
  { subscriptionType: 'contact.restore' },
  { subscriptionType: 'contact.merge' },
  { subscriptionType: 'contact.privacyDeletion' },
  { subscriptionType: 'contact.propertyChange', propertyName: 'email' },
  { subscriptionType: 'object.propertyChange', objectType: 'deal', propertyName: 'dealstage' },
];

/** Listens for webhooks of a fresh account; answers with what `status` says. */
async function listen(options: { status?: () => number | null } = {}) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      received.push({ url: request.url ?? '', headers: request.headers, body, rows: JSON.parse(body) as Row[] });
      const status = options.status?.() ?? 204;
      if (options.status && options.status() === null) return;
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  const portal = await startPortal();
  const targetUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?for=test`;
  const { control } = portal.sandbox;
  control.webhooks.register({ appId: APP, targetUrl, subscriptions });
  return { portal, control, received, targetUrl, rows: () => received.flatMap(({ rows }) => rows) };
}

const create = async ({ call }: TestPortal, email: string): Promise<string> =>
  String((await call('POST', '/crm/objects/2026-03/contacts', { body: { properties: { email } } })).body['id']);

describe('what subscribers are told', () => {
  it('changes made through the API, with numbers as ids and values as text', async () => {
    const { portal, control, rows } = await listen();
    const id = await create(portal, 'new@example.com');
    await control.webhooks.flush();
    const common = {
      portalId: PORTAL,
      appId: APP,
      objectId: Number(id),
      changeSource: 'INTEGRATION',
      attemptNumber: 0,
    };
    expect(rows()).toEqual([
      expect.objectContaining({ ...common, subscriptionType: 'contact.creation', changeFlag: 'NEW' }),
      expect.objectContaining({
        ...common,
        subscriptionType: 'contact.propertyChange',
        propertyName: 'email',
        propertyValue: 'new@example.com',
      }),
    ]);
  });

  it('what a person does in HubSpot: delete, restore, merge into a new id, privacy deletion, a stage', async () => {
    const { portal, control, rows } = await listen();
    const a = await create(portal, 'a@example.com');
    const b = await create(portal, 'b@example.com');
    control.webhooks.act(PORTAL, { do: 'delete', objectType: 'contacts', id: a });
    control.webhooks.act(PORTAL, { do: 'restore', objectType: 'contacts', id: a });
    const { id } = control.webhooks.act(PORTAL, { do: 'merge', objectType: 'contacts', primaryId: a, otherId: b });
    control.webhooks.act(PORTAL, { do: 'privacy-delete', objectType: 'contacts', id });
    const deal = { dealname: 'D', dealstage: 'qualifiedtobuy' };
    control.webhooks.act(PORTAL, { do: 'create', objectType: 'deals', properties: deal });
    await control.webhooks.flush();
    const byPerson = rows().filter(({ changeSource }) => changeSource === 'CRM_UI');
    expect(byPerson.map(({ subscriptionType }) => subscriptionType)).toEqual([
      'contact.deletion',
      'contact.restore',
      'contact.merge',
      'contact.deletion',
      'contact.privacyDeletion',
      'object.propertyChange',
    ]);
    expect(byPerson[2]).toMatchObject({
      primaryObjectId: Number(a),
      mergedObjectIds: [Number(b)],
      newObjectId: Number(id),
    });
    expect(byPerson[5]).toMatchObject({ objectTypeId: '0-3', propertyValue: 'qualifiedtobuy' });
  });

  it('nothing of accounts that do not have the app', async () => {
    const { portal, control, rows } = await listen();
    control.uninstall({ appId: APP, portalId: PORTAL });
    control.webhooks.act(PORTAL, { do: 'create', objectType: 'contacts', properties: { email: 'x@example.com' } });
    await control.webhooks.flush();
    expect(rows()).toEqual([]);
    expect(portal.sandbox.control.webhooks.report().pending).toBe(0);
  });
});

describe('how requests are sent', () => {
  it('signed in every way, over the address and the bytes that were sent', async () => {
    const { portal, control, received, targetUrl } = await listen();
    const { client_secret: secret } = CLIENT;
    await create(portal, 'zoë@example.com');
    await control.webhooks.flush();
    control.setSwitches({ webhookSignatures: ['v2'] });
    await create(portal, 'second@example.com');
    await control.webhooks.flush();
    const [first, second] = received;
    const timestamp = String(first?.headers['x-hubspot-request-timestamp']);
    const v3 = createHmac('sha256', secret).update(`POST${targetUrl}${first?.body}${timestamp}`).digest('base64');
    const hex = (text: string) => createHash('sha256').update(text).digest('hex');
    expect(first?.headers).toMatchObject({
      'x-hubspot-signature-v3': v3,
      'x-hubspot-signature-version': 'v1',
      'x-hubspot-signature': hex(`${secret}${first?.body}`),
    });
    expect(second?.headers).toMatchObject({
      'x-hubspot-signature-version': 'v2',
      'x-hubspot-signature': hex(`${secret}POST${targetUrl}${second?.body}`),
    });
    expect(second?.headers).not.toHaveProperty('x-hubspot-signature-v3');
  });

  it('fewer than 100 events in one', async () => {
    const { control, received, rows } = await listen();
    for (let n = 0; n < 150; n++)
      control.webhooks.act(PORTAL, {
        do: 'create',
        objectType: 'contacts',
        properties: { email: `c${n}@example.com` },
      });
    await control.webhooks.flush();
    expect(rows()).toHaveLength(300);
    expect(Math.max(...received.map((one) => one.rows.length))).toBe(99);
  });

  it('by themselves, without anybody asking', async () => {
    const { portal, rows } = await listen();
    await create(portal, 'soon@example.com');
    await expect.poll(() => rows().length, { timeout: 5_000 }).toBe(2);
  });

  it('again after a failure, with the number of the attempt, ten times in a day', async () => {
    let status = 500;
    const { portal, control, received } = await listen({ status: () => status });
    await create(portal, 'retry@example.com');
    await control.webhooks.flush();
    expect(control.webhooks.report().pending).toBe(2);
    for (let quarter = 0; quarter < 110; quarter++) {
      control.setClock({ advanceMs: 900_000 });
      await control.webhooks.flush();
    }
    expect(received.map(({ rows }) => rows[0]?.['attemptNumber'])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(control.webhooks.report()).toMatchObject({ pending: 0, givenUp: 2 });
    status = 204;
    await create(portal, 'fine@example.com');
    await control.webhooks.flush();
    expect(control.webhooks.report().pending).toBe(0);
  });

  it('again when the answer takes too long', async () => {
    const { portal, control } = await listen({ status: () => null });
    control.setSwitches({ webhookTimeoutMs: 50 });
    await create(portal, 'slow@example.com');
    await control.webhooks.flush();
    expect(control.webhooks.report()).toMatchObject({ pending: 2, attempts: [{ status: null, attempt: 0 }] });
  });

  it('with copies, in another order and with several accounts in one request, when a switch says so', async () => {
    const { control, received, rows } = await listen();
    control.seed({ portals: [{ portalId: PORTAL + 1 }] });
    control.install({ appId: APP, portalId: PORTAL + 1 });
    control.setSwitches({ webhookCopies: 3, webhookOrder: 'shuffled', webhookMixPortals: true });
    for (let n = 0; n < 10; n++) {
      for (const portalId of [PORTAL, PORTAL + 1])
        control.webhooks.act(portalId, {
          do: 'create',
          objectType: 'contacts',
          properties: { email: `m${n}@example.com` },
        });
    }
    await control.webhooks.flush();
    expect(rows()).toHaveLength(120);
    expect(new Set(rows().map(({ eventId }) => eventId)).size).toBe(40);
    expect(new Set(received[0]?.rows.map(({ portalId }) => portalId)).size).toBe(2);
    // Records are numbered as they are made, and several are made in one millisecond.
    const made = rows().map(({ objectId }) => Number(objectId));
    expect(made).not.toEqual(made.toSorted((a, b) => a - b));
  });
});

it('a registration that does not fit is refused over HTTP with the field', async () => {
  const { sandbox } = await startPortal();
  const register = (body: object) =>
    fetch(`${sandbox.url}/sandbox/control/webhooks`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ appId: APP, targetUrl: 'https://example.com/hook', ...body }),
    });
  const refused = await register({ subscriptions: [{ subscriptionType: 'contact.install' }] });
  expect(refused.status).toBe(400);
  expect(await refused.text()).toContain('subscriptions.0.subscriptionType');
  expect((await register({ subscriptions: [{ subscriptionType: 'contact.propertyChange' }] })).status).toBe(400);
  expect((await register({ subscriptions })).status).toBe(201);
});
