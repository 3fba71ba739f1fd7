// Requests that cannot be read: too large, not JSON, not anything. Each gets the one shape of refusal.
import { request as httpRequest } from 'node:http';
import supertest from 'supertest';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type Tenant, type TestServer } from '../helpers/start-test-server.ts';

let server: TestServer;
let tenant: Tenant;

beforeAll(async () => {
  server = await startTestServer();
  tenant = await server.makeTenant();
});
afterAll(() => server.close());

const post = (type: string, body: string) => tenant.api.post('/v1/clicks').set('Content-Type', type).send(body);

it('a body of 2 MB is refused in JSON', async () => {
  const { status, body } = await tenant.api.post('/v1/clicks').send({ slug: 'x'.repeat(2 * 1024 * 1024) });
  expect(status).toBe(413);
  expect(body.error.code).toBe('payload_too_large');
});

it.each([
  ['{"slug": "a", }', 14],
  ['{"slug": ', 9],
  ['{"slug": "a"} {"slug": "b"}', 14],
])('the broken body %j is refused with the position', async (text, position) => {
  const { status, body } = await post('application/json', text);
  expect(status).toBe(400);
  expect(body.error.code).toBe('invalid_request');
  expect(body.error.details.position).toBe(position);
  expect(body.error.message).not.toContain('slug');
});

it.each(['not json', '"text"', 'true', '<xml/>'])('the body %j is refused without being repeated', async (text) => {
  const { status, body } = await post('application/json', text);
  expect([status, body.error.code]).toEqual([400, 'invalid_request']);
  expect(body.error.message).not.toContain(text);
});

it.each([
  ['text/plain', '{"slug":"a"}'],
  ['application/x-www-form-urlencoded', 'slug=a'],
])('a body sent as %s is refused with what to send', async (type, text) => {
  const { status, body } = await post(type, text);
  expect(status).toBe(400);
  expect(body.error.message).toContain('application/json');
});

it.each(['', '7', 'null', '[]', '[{"slug":"a"}]'])('JSON that is no click is refused: %s', async (text) => {
  expect((await post('application/json', text)).status).toBe(400);
});

it("an unknown encoding or character set is refused as the caller's", async () => {
  const encoded = await tenant.api.post('/v1/clicks').set('Content-Encoding', 'zip').send({ slug: 'a' });
  expect([encoded.status, encoded.body.error.code]).toEqual([400, 'invalid_request']);
  const charset = await post('application/json; charset=klingon', '{}');
  expect([charset.status, charset.body.error.code]).toEqual([400, 'invalid_request']);
});

it('an address that cannot be decoded is refused', async () => {
  const { status, body } = await tenant.api.get('/v1/links/%E0%A4%A');
  expect([status, body.error.code]).toEqual([400, 'invalid_request']);
});

it('an unknown address is a JSON 404 that points to the contract', async () => {
  const { status, body } = await supertest(server.url).get('/v2/anything');
  expect(status).toBe(404);
  expect(body.error.message).toContain('/openapi.json');
});

it('every reply carries its request id, and a harmless one of the caller is kept', async () => {
  const made = await supertest(server.url).get('/v2/anything');
  expect(made.headers['x-request-id']).toBe(made.body.error.request_id);
  expect(made.body.error.request_id).toMatch(/^req_/);
  const kept = await supertest(server.url).get('/healthz').set('X-Request-Id', 'trace-0123456789');
  expect(kept.headers['x-request-id']).toBe('trace-0123456789');
  const odd = await supertest(server.url).get('/healthz').set('X-Request-Id', '<script>alert(1)</script>');
  expect(odd.headers['x-request-id']).toMatch(/^req_/);
});

it('no reply says what the server is made of', async () => {
  const { headers } = await supertest(server.url).get('/healthz');
  expect(headers).not.toHaveProperty('x-powered-by');
  expect(headers['content-security-policy']).toContain("default-src 'none'");
  expect(headers['x-content-type-options']).toBe('nosniff');
});

it('a caller that hangs up in the middle of a body leaves the server well', async () => {
  await new Promise<void>((resolve) => {
    const request = httpRequest(`${server.url}/v1/clicks`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${tenant.key}`, 'Content-Type': 'application/json', 'Content-Length': 5_000 },
    });
    request.on('error', () => resolve());
    request.write('{"slug":');
    setTimeout(() => request.destroy(), 50);
  });
  expect((await supertest(server.url).get('/healthz')).status).toBe(200);
});
