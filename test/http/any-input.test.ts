// Whatever JSON is sent, and to whatever address, the answer is one of ours: never a 500, never without its request id.
import * as fc from 'fast-check';
import supertest from 'supertest';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type Tenant, type TestServer } from '../helpers/start-test-server.ts';

let server: TestServer;
let tenant: Tenant;

beforeAll(async () => {
  server = await startTestServer();
  tenant = await server.makeTenant();
  await tenant.api.post('/v1/links').send({ slug: 'any', title: 'T', destination: 'https://www.example.com/' });
});
afterAll(() => server.close());

/** Half nonsense, half nearly right: the field names are ours, the values are anything. */
const anyValue = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    { $gt: '' },
    'any',
    '\u0000',
    '\ud800',
    -1,
    1e308,
    '2026-11-21T00:00:00Z',
    'https://www.example.com',
  ),
);
const anyFields = (names: string[]) =>
  fc.record(Object.fromEntries(names.map((name) => [name, anyValue])), { requiredKeys: [] });

it.each([
  ['/v1/clicks', ['slug', 'click_id', 'eid', 'utm', 'occurred_at', 'clicks', 'ip', 'country']],
  [
    '/v1/conversions',
    ['event', 'click_id', 'conversion_id', 'name', 'value', 'currency', 'utm', 'email', 'conversions'],
  ],
  ['/v1/links', ['slug', 'title', 'destination', 'tags', 'utm']],
  ['/v1/form-submissions', ['email', 'gclid', 'eid', 'submitted_at', 'hs_contact_id']],
])('any body to %s', async (address, names) => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(anyFields(names), fc.jsonValue()), async (body) => {
      const { status, headers } = await tenant.api.post(address).type('json').send(JSON.stringify(body));
      expect([201, 202, 400, 404, 409, 413]).toContain(status);
      expect(headers['x-request-id']).toBeDefined();
    }),
    { numRuns: 150 },
  );
});

it('any short link with any query', async () => {
  const anyQuery = fc.dictionary(
    fc.constantFrom('eid', 'gclid', 'fbclid', 'eid[]', 'x'),
    fc.string({ unit: 'binary' }),
  );
  const anySlug = fc.oneof(fc.constant('any'), fc.string({ unit: 'grapheme' }));
  await fc.assert(
    fc.asyncProperty(anySlug, anyQuery, async (slug, query) => {
      const search = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
      const path = encodeURIComponent(slug);
      const { status } = await supertest(server.url).get(`/r/${path}?${search.join('&')}`);
      expect([302, 404]).toContain(status);
    }),
    { numRuns: 150 },
  );
});
