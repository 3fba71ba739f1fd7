// The door HubSpot knocks at: who is let in, what is kept of it, how fast, and that the same news in any order leaves the same state.
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProcessorClock } from '../helpers/processor-clock.ts';
import { startTestServer, type TestServer } from '../helpers/start-test-server.ts';
import { testAppId, testPortalId } from '../helpers/start-test-world.ts';
import { startWebhookWorld, type WebhookWorld } from '../helpers/webhook-world.ts';

type Row = Record<string, unknown>;
const secret = 'test-client-secret';

interface Post {
  server: TestServer;
  body: string;
  headers?: Record<string, string>;
  uri?: string;
}

/** Signed for the public address unless the headers say otherwise. */
function post({ server, body, headers = {}, uri }: Post): Promise<Response> {
  const { context, url } = server;
  const timestamp = String(context.now());
  const signedUri = uri ?? `${context.config.publicUrl}/webhooks/hubspot`;
  const signature = createHmac('sha256', secret).update(`POST${signedUri}${body}${timestamp}`).digest('base64');
  return fetch(`${url}/webhooks/hubspot`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-hubspot-request-timestamp': timestamp,
      'x-hubspot-signature-v3': signature,
      ...headers,
    },
    body,
  });
}

const row = (more: Row = {}): Row => ({
  eventId: 1,
  portalId: testPortalId,
  appId: testAppId,
  occurredAt: 1_795_219_200_000,
  subscriptionType: 'contact.creation',
  objectId: 501,
  attemptNumber: 0,
  ...more,
});

describe('the door', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.close());
  const receipts = () => server.store.client.db().collection('webhook_receipts').find({}).toArray();

  it('a forged request gets 401 with the problem, and nothing is kept', async () => {
    const reply = await post({ server, body: JSON.stringify([row()]), headers: { 'x-hubspot-signature-v3': 'x' } });
    expect(reply.status).toBe(401);
    expect(await reply.json()).toMatchObject({ error: { code: 'unauthorized', details: { problem: 'malformed' } } });
    expect(await receipts()).toEqual([]);
  });

  it('an address taken from a header proves nothing', async () => {
    const uri = 'https://evil.example.com/webhooks/hubspot';
    const headers = { 'x-forwarded-host': 'evil.example.com', 'x-forwarded-proto': 'https' };
    expect((await post({ server, body: '[]', uri, headers })).status).toBe(401);
  });

  it('a repeated event is kept once, whether its type or its ids are spelt one way or the other', async () => {
    const twin = row({ eventId: 2, subscriptionType: undefined, eventType: 'contact.creation', objectId: '501' });
    const generic = row({ subscriptionType: 'object.creation', objectTypeId: '0-1', attemptNumber: 3 });
    for (const rows of [[row(), twin], [generic], [row()]]) {
      expect((await post({ server, body: JSON.stringify(rows) })).status).toBe(204);
    }
    expect(await receipts()).toMatchObject([{ type: 'contact.creation', objectId: '501', state: 'open' }]);
  });

  it('what is of no use is kept as ignored and says nothing about anybody', async () => {
    const rows = [
      row({ subscriptionType: 'ticket.creation', objectId: 777_001 }),
      row({
        subscriptionType: 'contact.propertyChange',
        propertyName: 'phone',
        propertyValue: '+1 555 0100',
        objectId: 777_002,
      }),
      row({ appId: 4, objectId: 777_003 }),
      row({ subscriptionType: '__proto__', objectId: 777_004 }),
      row({ subscriptionType: 'toString', objectId: 777_005 }),
    ];
    expect((await post({ server, body: JSON.stringify(rows) })).status).toBe(204);
    const ignored = (await receipts()).filter(({ state }) => state === 'ignored');
    expect(ignored.map(({ reason }) => String(reason)).toSorted()).toEqual([
      'no_use',
      'no_use',
      'no_use',
      'no_use',
      'other_app',
    ]);
    expect(JSON.stringify(ignored)).not.toMatch(/77700\d|555 0100/);
  });

  it('a row that cannot be read costs only itself', async () => {
    const rows = [null, 7, {}, row({ portalId: 'x' }), row({ occurredAt: -1 }), row({ objectId: 888 })];
    expect((await post({ server, body: JSON.stringify(rows) })).status).toBe(204);
    expect((await receipts()).some(({ objectId }) => objectId === '888')).toBe(true);
  });

  it.each([
    ['no JSON', '{"a":', 400],
    ['no list', '{"a":1}', 400],
    ['nothing', '', 400],
    ['too much', `["${'x'.repeat(1_100_000)}"]`, 413],
  ])('a signed body that is %s is refused', async (_what, body, status) => {
    expect((await post({ server, body })).status).toBe(status);
  });

  it('any signed JSON gets 204 or 400, never 5xx', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const reply = await post({ server, body: JSON.stringify(value) });
        expect([204, 400]).toContain(reply.status);
      }),
      { numRuns: 100 },
    );
    const wild = fc.record(
      {
        portalId: fc.oneof(fc.integer(), fc.string()),
        occurredAt: fc.oneof(fc.double(), fc.integer()),
        subscriptionType: fc.string(),
        objectId: fc.oneof(fc.bigInt().map(String), fc.integer()),
        mergedObjectIds: fc.array(fc.string()),
        propertyValue: fc.string({ unit: 'binary' }),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(wild, { maxLength: 20 }), async (rows) => {
        expect((await post({ server, body: JSON.stringify(rows) })).status).toBe(204);
      }),
      { numRuns: 100 },
    );
  });

  it('batches of 99 events are stored and answered with well under a second of processor time each', async () => {
    const times: number[] = [];
    for (let batch = 0; batch < 60; batch++) {
      const rows = Array.from({ length: 99 }, (_, n) =>
        row({ objectId: batch * 1000 + n, occurredAt: 1_700_000_000_000 }),
      );
      const processorMs = startProcessorClock();
      expect((await post({ server, body: JSON.stringify(rows) })).status).toBe(204);
      times.push(processorMs());
    }
    expect(Math.max(...times)).toBeLessThan(500);
  });

  it('with the store away the answer is 503, so that HubSpot sends it again', async () => {
    const lone = await startTestServer();
    try {
      expect(lone.store.kill, 'a store of our own').not.toBeNull();
      await lone.store.kill?.();
      expect((await post({ server: lone, body: JSON.stringify([row()]) })).status).toBe(503);
    } finally {
      await lone.close();
    }
  });
});

describe('after the answer', () => {
  let world: WebhookWorld;
  beforeAll(async () => {
    world = await startWebhookWorld();
  });
  afterAll(() => world.close());

  it('what was answered is worked on by whoever comes next', async () => {
    await world.stopWebhookWork();
    await world.stopWorker();
    await world.click([{ click_id: 'k-1', eid: '504' }]);
    const { flush } = world.sandbox.control.webhooks;
    world.act({ do: 'privacy-delete', objectType: 'contacts', id: '504' });
    await flush();
    expect(await world.delivery('k-1')).toMatchObject({ state: 'queued' });
    world.startWebhookWork();
    await world.told();
    expect(await world.delivery('k-1')).toMatchObject({ state: 'skipped', reason: 'contact_erased' });
    world.startWorker();
  });

  it('events of portals we do not know are ignored, those of ours in the same request are not', async () => {
    const rows = [row({ portalId: 9_999_999, objectId: 1 }), row({ objectId: 999_001 })];
    expect((await post({ server: world.server, body: JSON.stringify(rows) })).status).toBe(204);
    await world.told();
    const states = (await world.receipts()).map(
      ({ portalId, state, reason }) => `${String(portalId)} ${String(state)} ${String(reason)}`,
    );
    expect(states).toContain('9999999 ignored unknown_portal');
    expect(states).toContain(`${testPortalId} done null`);
  });
});

/** A story of one portal as HubSpot would tell it, and what must come of it however it is told. */
const story: Row[] = [
  row({ subscriptionType: 'contact.merge', primaryObjectId: 1, mergedObjectIds: [2], newObjectId: 3, objectId: 3 }),
  row({ subscriptionType: 'contact.merge', primaryObjectId: 3, mergedObjectIds: [4], newObjectId: 5, objectId: 5 }),
  row({ subscriptionType: 'contact.merge', primaryObjectId: 11, mergedObjectIds: [12], newObjectId: 13, objectId: 13 }),
  row({ subscriptionType: 'contact.privacyDeletion', objectId: 13 }),
  row({ subscriptionType: 'contact.deletion', objectId: 13 }),
  row({ subscriptionType: 'contact.deletion', objectId: 5 }),
  row({ subscriptionType: 'contact.restore', objectId: 5, occurredAt: 1_795_219_201_000 }),
  row({ subscriptionType: 'deal.creation', objectId: 700 }),
  ...['a', 'b', 'a'].map((propertyValue, n) =>
    row({
      subscriptionType: 'deal.propertyChange',
      propertyName: 'dealstage',
      propertyValue,
      objectId: 700,
      occurredAt: 1_795_219_200_000 + n,
    }),
  ),
];

describe('order and repeats', () => {
  let world: WebhookWorld;
  beforeAll(async () => {
    world = await startWebhookWorld();
    await world.stopWorker();
  });
  afterAll(() => world.close());

  const touch = (clickId: string, at: number) => ({
    clickId,
    at,
    slug: 's',
    utm: { source: clickId, medium: '', campaign: '', content: '', term: '' },
  });

  async function setTheScene(): Promise<void> {
    const database = world.server.store.client.db();
    const told = ['webhook_receipts', 'contact_merges', 'erasures', 'deal_stages', 'touches', 'contact_aliases'];
    for (const name of told) await database.collection(name).deleteMany({});
    const { touches, contactAliases } = world.server.context.store;
    const ids = ['1', '2', '4', '11', '12'];
    const ledgers = new Map(
      ids.map((id) => {
        const one = touch(`c${id}`, Number(id));
        return [id, { first: one, lead: null, deal: null, last: one, lastClick: one, lastConversion: null }];
      }),
    );
    await touches.saveMany({ portalId: testPortalId, ledgers, recountAt: new Map() });
    for (const contactId of ids) {
      const { workspaceId } = world.tenant;
      await contactAliases.link({
        workspaceId,
        elidoContactId: `e${contactId}`,
        portalId: testPortalId,
        contactId,
        now: 0,
      });
    }
  }

  /** What is left, without times of day. */
  async function outcome(): Promise<unknown> {
    const database = world.server.store.client.db();
    const all = async (name: string, fields: string[]) => {
      const found = await database.collection(name).find({}).toArray();
      return found.map((one) => JSON.stringify(fields.map((field) => one[field] as unknown))).toSorted();
    };
    return {
      receipts: await all('webhook_receipts', ['_id', 'type', 'state']),
      merges: await all('contact_merges', ['from', 'to']),
      erased: await all('erasures', ['_id']),
      stages: await all('deal_stages', ['dealId', 'kind', 'stage', 'at']),
      touches: await all('touches', ['contactId', 'first', 'last', 'lastClick']),
      aliases: await all('contact_aliases', ['elidoContactId', 'contactId']),
    };
  }

  async function tell(batches: readonly (readonly Row[])[]): Promise<void> {
    for (const rows of batches) {
      const reply = await post({ server: world.server, body: JSON.stringify(rows) });
      expect(reply.status).toBe(204);
    }
    await expect
      .poll(async () => (await world.receipts()).filter(({ dueAt }) => dueAt).length, { timeout: 10_000 })
      .toBe(0);
  }

  it('ten copies of every event, in any order and in any batches, leave what one telling leaves', async () => {
    await setTheScene();
    await tell([story]);
    const expected = await outcome();
    expect(expected).toMatchObject({ aliases: ['["e1","5"]', '["e2","5"]', '["e4","5"]'] });
    const copies = Array.from({ length: 10 }, () => story).flat();
    const telling = fc.tuple(
      fc.shuffledSubarray(copies, { minLength: copies.length }),
      fc.integer({ min: 1, max: 60 }),
    );
    await fc.assert(
      fc.asyncProperty(telling, async ([rows, size]) => {
        await setTheScene();
        const batches = Array.from({ length: Math.ceil(rows.length / size) }, (_, n) =>
          rows.slice(n * size, n * size + size),
        );
        await tell(batches);
        expect(await outcome()).toEqual(expected);
      }),
      { numRuns: 15 },
    );
  });
});
