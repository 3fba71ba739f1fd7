// Who may call what: keys, scopes and how fast a revoked key ends.
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiKeyTtlMs } from '../../server/flows/caches.ts';
import { revokeKey } from '../../server/flows/make-workspace.ts';
import { makeMovableClock } from '../../server/lib/clock.ts';
import { startTestServer, type TestServer } from '../helpers/start-test-server.ts';

const clock = makeMovableClock();
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ now: clock.now });
});
afterAll(() => server.close());

const unknownKey = `elk_${'0'.repeat(32)}`;

describe('a request without a live key', () => {
  it.each([
    ['no header', undefined],
    ['an unknown key', `Bearer ${unknownKey}`],
    ['another scheme', `Basic ${unknownKey}`],
    ['no key', 'Bearer '],
    ['two keys', `Bearer ${unknownKey} ${unknownKey}`],
    ['an operator', 'Bearer {"$gt":""}'],
  ])('is refused with %s', async (_name, header) => {
    const request = supertest(server.url).post('/v1/clicks').send({ slug: 'x' });
    const { status, body, headers } = await (header === undefined ? request : request.set('Authorization', header));
    expect(status).toBe(401);
    expect(body.error.code).toBe('unauthorized');
    expect(headers['www-authenticate']).toBe('Bearer');
  });

  it('is refused before its body is read', async () => {
    const { status } = await supertest(server.url)
      .post('/v1/clicks')
      .set('Content-Type', 'application/json')
      .send('{"broken":');
    expect(status).toBe(401);
  });
});

it('a revoked key ends at once in the process that revoked it', async () => {
  const tenant = await server.makeTenant();
  await tenant.api.get('/v1/links').expect(200);
  await revokeKey(server.context, tenant.keyId);
  const { status, body } = await tenant.api.get('/v1/links');
  expect(status).toBe(401);
  expect(body.error.message).toContain('revoked');
});

it('a key revoked by another process ends within ten seconds', async () => {
  const tenant = await server.makeTenant();
  await tenant.api.get('/v1/links').expect(200);
  await server.context.store.apiKeys.revoke({ id: tenant.keyId, now: clock.now() });
  await tenant.api.get('/v1/links').expect(200);
  clock.advance(apiKeyTtlMs);
  expect((await tenant.api.get('/v1/links')).status).toBe(401);
});

it('a key can do only what it was made for', async () => {
  const tenant = await server.makeTenant({ scopes: ['links:read'] });
  await tenant.api.get('/v1/links').expect(200);
  const { status, body } = await tenant.api.post('/v1/links').send({});
  expect(status).toBe(403);
  expect(body.error).toMatchObject({ code: 'forbidden', details: { scope: 'links:write' } });
});

it('the store never sees the key itself', async () => {
  const tenant = await server.makeTenant();
  const [stored] = await server.context.store.apiKeys.listOfWorkspace(tenant.workspaceId);
  expect(stored?.hash).toMatch(/^[0-9a-f]{64}$/);
  expect(JSON.stringify(stored)).not.toContain(tenant.key.slice(4));
});

it('the last use of a key is noted, at most once a minute', async () => {
  const tenant = await server.makeTenant();
  const lastUse = async () => (await server.context.store.apiKeys.listOfWorkspace(tenant.workspaceId))[0]?.lastUsedAt;
  await tenant.api.get('/v1/links').expect(200);
  await expect.poll(lastUse).toEqual(expect.any(Date));
  const first = await lastUse();
  clock.advance(apiKeyTtlMs);
  await tenant.api.get('/v1/links').expect(200);
  expect(await lastUse()).toEqual(first);
  clock.advance(60_000);
  await tenant.api.get('/v1/links').expect(200);
  await expect.poll(async () => (await lastUse())?.getTime()).toBeGreaterThan(first?.getTime() ?? Infinity);
});

it('a key that asks too often is told when to come back, and others are not slowed', async () => {
  const limited = await startTestServer({ env: { API_RATE_LIMIT: '3' } });
  try {
    const [busy, calm] = [await limited.makeTenant(), await limited.makeTenant()];
    for (let i = 0; i < 3; i++) await busy.api.get('/v1/links').expect(200);
    const { status, body, headers } = await busy.api.get('/v1/links');
    expect(status).toBe(429);
    expect(body.error.code).toBe('rate_limited');
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    await calm.api.get('/v1/links').expect(200);
  } finally {
    await limited.close();
  }
});

it('guessing keys is limited by address', async () => {
  const limited = await startTestServer({ env: { API_RATE_LIMIT: '3' } });
  try {
    const guess = () => supertest(limited.url).get('/v1/links').set('Authorization', `Bearer ${unknownKey}`);
    const statuses = [];
    for (let i = 0; i < 5; i++) statuses.push((await guess()).status);
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
  } finally {
    await limited.close();
  }
});
