// What pages may report, from where, and what of it is believed: the public address of conversions and the snippet.
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import supertest from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changeBrowserAccess } from '../../server/flows/browser-access.ts';
import { startTestServer, type Tenant, type TestServer } from '../helpers/start-test-server.ts';

const shop = 'https://shop.example.com';
let server: TestServer;
let tenant: Tenant;
let key: string;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  tenant = await server.makeTenant();
  key = (await allow({ origins: [shop] })).publicKey;
});

const allow = (change: { origins?: string[]; acceptEmail?: boolean; newKey?: boolean }) =>
  changeBrowserAccess(server.context, { workspaceId: tenant.workspaceId, ...change });

/** As `sendBeacon` does it. */
const report = (row: unknown, { origin = shop, publicKey = key }: { origin?: string; publicKey?: string } = {}) =>
  supertest(server.url)
    .post(`/v1/public/conversions?key=${publicKey}`)
    .set('Origin', origin)
    .set('Content-Type', 'text/plain;charset=UTF-8')
    .send(typeof row === 'string' ? row : JSON.stringify(row));

const fields = ['event', 'click_id', 'conversion_id', 'name', 'value', 'currency', 'utm', 'email'];
const row = { event: 'conversion.recorded', click_id: 'clk_1', name: 'Bought', value: 99, currency: 'EUR' };

async function kept(eventId: string) {
  const { workspaceId } = tenant;
  const [delivery] = await server.context.store.deliveries.listOfEvent({ workspaceId, eventId });
  return delivery?.kind === 'conversion' ? delivery.conversion : null;
}

describe('a page of an allowed origin', () => {
  it('reports a conversion, and may read the answer', async () => {
    const { status, body, headers } = await report(row);
    expect([status, body]).toEqual([202, { status: 'accepted' }]);
    expect(headers['access-control-allow-origin']).toBe(shop);
    expect(headers['vary']).toContain('Origin');
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
    expect((await report(row)).body).toEqual({ status: 'duplicate' });
  });

  it('may also read what is wrong', async () => {
    const { status, body, headers } = await report({ ...row, currency: undefined });
    expect([status, body.error.field]).toEqual([400, 'currency']);
    expect(headers['access-control-allow-origin']).toBe(shop);
  });

  it.each([
    [{ ...row, hs_contact_id: '501' }, 'hs_contact_id'],
    [{ ...row, occurred_at: Date.now() }, 'occurred_at'],
    [{ name: 'Bought' }, 'click_id'],
    [{ name: 'Bought', email: 'sam@example.com' }, 'click_id'],
    [{ conversions: [row] }, 'conversions'],
  ])('may not say everything: %j', async (wrong, field) => {
    const { status, body } = await report(wrong);
    expect([status, body.error.field]).toEqual([400, field]);
  });

  it.each(['', '{', '[]', '7', 'null', '"text"', '{"__proto__":{"a":1}}'])(
    'is told that %j is nothing',
    async (text) => {
      const { status, body } = await report(text);
      expect([status, body.error.code]).toEqual([400, 'invalid_request']);
    },
  );

  it('may send any bytes, and is answered', async () => {
    const anyBody = fc.oneof(
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      fc.json().map((text) => Buffer.from(text)),
      fc
        .record(Object.fromEntries(fields.map((field) => [field, fc.jsonValue()])), { requiredKeys: [] })
        .map((value) => Buffer.from(JSON.stringify(value))),
    );
    await fc.assert(
      fc.asyncProperty(anyBody, async (body) => {
        const reply = await fetch(`${server.url}/v1/public/conversions?key=${key}`, {
          method: 'POST',
          headers: { origin: shop, 'content-type': 'text/plain' },
          body,
        });
        expect([202, 400, 409]).toContain(reply.status);
        expect(await reply.json()).toBeInstanceOf(Object);
      }),
      { numRuns: 300 },
    );
  });

  it('cannot send more than 16 kB', async () => {
    const { status, body } = await report({ ...row, name: 'x'.repeat(17_000) });
    expect([status, body.error.message]).toEqual([413, 'The body is larger than 16 kB.']);
  });

  it('cannot take an id that a server is about to use', async () => {
    await report({ ...row, conversion_id: 'order-1', value: 1 }).expect(202);
    expect(await kept('web~order-1')).toMatchObject({ value: 1 });
    const { body } = await tenant.api.post('/v1/conversions').send({ ...row, conversion_id: 'order-1' });
    expect(body.accepted).toBe(1);
  });

  it('is not believed about an email, unless the workspace says so', async () => {
    await report({ ...row, conversion_id: 'a', email: 'sam@example.com' }).expect(202);
    expect(await kept('web~a')).toMatchObject({ email: null, clickId: 'clk_1' });
    await allow({ acceptEmail: true });
    await report({ conversion_id: 'b', email: 'Sam@example.com' }).expect(202);
    expect(await kept('web~b')).toMatchObject({ email: 'sam@example.com' });
  });
});

describe('is refused', () => {
  it.each([
    ['another origin', 'https://evil.example.com'],
    ['a subdomain', 'https://a.shop.example.com'],
    ['http', 'http://shop.example.com'],
    ['another port', 'https://shop.example.com:8443'],
    ['an origin that is hidden', 'null'],
    ['an origin that starts alike', 'https://shop.example.com.evil.example'],
  ])('a page of %s, and cannot read why', async (_name, origin) => {
    const { status, body, headers } = await report(row, { origin });
    expect([status, body.error.code]).toEqual([403, 'forbidden']);
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('a caller without an origin', async () => {
    const { status } = await supertest(server.url).post(`/v1/public/conversions?key=${key}`).type('text').send('{}');
    expect(status).toBe(403);
  });

  it('an origin of another workspace', async () => {
    const other = await server.makeTenant();
    const origins = ['https://other.example.com'];
    await changeBrowserAccess(server.context, { workspaceId: other.workspaceId, origins });
    expect((await report(row, { origin: 'https://other.example.com' })).status).toBe(403);
  });

  it('an unknown key, and a key that was replaced', async () => {
    expect((await report(row, { publicKey: `elp_${'0'.repeat(32)}` })).status).toBe(401);
    await report(row).expect(202);
    const { publicKey } = await allow({ newKey: true });
    expect((await report(row)).status).toBe(401);
    expect((await report(row, { publicKey })).status).toBe(202);
  });

  it('everything once no origin is allowed any more', async () => {
    await allow({ origins: [] });
    expect((await report(row)).status).toBe(403);
  });

  it.each(['', '?key=', '?key=a&key=b', '?key[$gt]='])('a key written as %j', async (query) => {
    const { status } = await supertest(server.url).post(`/v1/public/conversions${query}`).set('Origin', shop);
    expect([400, 401]).toContain(status);
  });

  it('the public key on every other address', async () => {
    for (const address of ['/v1/conversions', '/v1/clicks', '/v1/links']) {
      const call = supertest(server.url).post(address).set('Authorization', `Bearer ${key}`).send(row);
      expect((await call).status).toBe(401);
    }
  });

  it('an address that reports too often, and others are not slowed', async () => {
    const limited = await startTestServer({ env: { PUBLIC_RATE_LIMIT: '2', TRUST_PROXY: '1' } });
    try {
      const { workspaceId } = await limited.makeTenant();
      const { publicKey } = await changeBrowserAccess(limited.context, { workspaceId, origins: [shop] });
      const from = (address: string) =>
        supertest(limited.url)
          .post(`/v1/public/conversions?key=${publicKey}`)
          .set({ Origin: shop, 'X-Forwarded-For': address, 'Content-Type': 'text/plain' })
          .send(JSON.stringify(row));
      expect([(await from('192.0.2.1')).status, (await from('192.0.2.1')).status]).toEqual([202, 202]);
      const { status, headers } = await from('192.0.2.1');
      expect(status).toBe(429);
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      expect((await from('192.0.2.2')).status).toBe(202);
    } finally {
      await limited.close();
    }
  });
});

it.each([
  'shop.example.com',
  'http://shop.example.com',
  'https://shop.example.com/path',
  'https://*.example.com',
  'ftp://a.b',
])('%s is no origin to allow', async (origin) => {
  await expect(allow({ origins: [origin] })).rejects.toMatchObject({ code: 'invalid_request', field: 'origins' });
});

describe('the snippet', () => {
  const get = (path: string) => supertest(server.url).get(path).buffer(true);

  it('has at most 2 kB, even uncompressed', async () => {
    const { text } = await get('/elido.js').expect(200);
    expect(gzipSync(text).length).toBeLessThan(1_100);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2_048);
  });

  it('may be loaded by every page, kept for a day, and asked for again by its tag', async () => {
    const { headers } = await get('/elido.js');
    expect(headers['content-type']).toContain('javascript');
    expect(headers['cross-origin-resource-policy']).toBe('cross-origin');
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers['cache-control']).toContain('max-age=86400');
    const again = await supertest(server.url).get('/elido.js').set('If-None-Match', String(headers['etag']));
    expect([again.status, again.text]).toEqual([304, '']);
  });

  it('is kept for a year under its own version only, and other versions still get it', async () => {
    const { headers } = await get('/elido.js');
    const version = String(headers['etag']).slice(1, 13);
    expect((await get(`/elido.js?v=${version}`)).headers['cache-control']).toContain('immutable');
    const old = await get('/elido.js?v=000000000000').expect(200);
    expect(old.headers['cache-control']).not.toContain('immutable');
  });

  it('builds no code from text and writes nothing into the page', async () => {
    const { text } = await get('/elido.js');
    expect(text).not.toMatch(/eval|Function\(|innerHTML|document\.write|createElement/);
  });
});

describe('a link that tells the click id', () => {
  it.each([
    [true, /\?elido_click=clk_[0-9a-z]+$/],
    [false, /pricing$/],
    [undefined, /pricing$/],
  ])('track %j', async (track, location) => {
    const link = {
      title: 'P',
      destination: 'https://www.example.com/pricing',
      ...(track === undefined ? {} : { track }),
    };
    const { body } = await tenant.api.post('/v1/links').send(link).expect(201);
    expect(body.track).toBe(track ?? false);
    const { headers } = await supertest(server.url).get(`/r/${body.slug}`);
    expect(headers['location']).toMatch(location);
    const changed = await tenant.api.patch(`/v1/links/${body.id}`).send({ track: true }).expect(200);
    expect(changed.body.track).toBe(true);
  });
});
