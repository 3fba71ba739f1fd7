// The store goes away under a running server. "Could not ask" must never be said as "does not exist".
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linkTtlMs } from '../../server/flows/caches.ts';
import { makeMovableClock } from '../../server/lib/clock.ts';
import { startTestServer, type Tenant, type TestServer } from '../helpers/start-test-server.ts';

// A server of somebody else's cannot be taken down by a test.
const ownsStore = !process.env.MONGODB_URI;

describe.runIf(ownsStore)('with the store down', () => {
  const clock = makeMovableClock();
  let server: TestServer;
  let tenant: Tenant;

  beforeAll(async () => {
    server = await startTestServer({ now: clock.now });
    tenant = await server.makeTenant();
    const link = { title: 'Pricing', destination: 'https://www.example.com/' };
    await tenant.api.post('/v1/links').send({ ...link, slug: 'seen-before' });
    await tenant.api.post('/v1/links').send({ ...link, slug: 'never-seen' });
    await supertest(server.url).get('/r/seen-before').expect(302);
    await supertest(server.url).get('/r/no-such-link').expect(404);
    await server.store.kill?.();
    clock.advance(linkTtlMs);
  });
  afterAll(() => server.close());

  it('a link that was followed before still works, and the click is on disk', async () => {
    const { status, headers } = await supertest(server.url).get('/r/seen-before?eid=777');
    expect([status, headers.location]).toEqual([302, 'https://www.example.com/']);
    const { spoolDir } = server.context.config;
    const files = await readdir(spoolDir);
    const spooled = await Promise.all(files.map((file) => readFile(path.join(spoolDir, file), 'utf8')));
    expect(spooled.join('')).toContain('"eid":"777"');
  });

  it('and the next visitor does not wait for the store again', async () => {
    const startedAt = performance.now();
    await supertest(server.url).get('/r/seen-before').expect(302);
    expect(performance.now() - startedAt, 'less than the store is waited for').toBeLessThan(1_500);
  });

  it.each(['never-seen', 'no-such-link'])('%s is 503 with a page, never 404', async (slug) => {
    const { status, headers } = await supertest(server.url).get(`/r/${slug}`);
    expect(status).toBe(503);
    expect(headers['retry-after']).toBeDefined();
    expect(headers['content-type']).toContain('text/html');
  });

  it('an API call is 503, and no key is called unknown', async () => {
    clock.advance(linkTtlMs);
    const { status, body, headers } = await tenant.api.get('/v1/links');
    expect([status, body.error.code]).toEqual([503, 'store_unavailable']);
    expect(headers['retry-after']).toBeDefined();
  });

  it('the process is alive but not ready, and says what is missing', async () => {
    await supertest(server.url).get('/healthz').expect(200);
    const { status, body } = await supertest(server.url).get('/readyz');
    expect([status, body]).toEqual([503, { ready: false, checks: { store: 'not answering' } }]);
  });
});
