// What operators and monitors ask: is it alive, is it ready, what are its numbers.
import { createServer, type Server } from 'node:http';
import supertest from 'supertest';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createMetricsApp } from '../../server/app.ts';
import { startTestServer, type TestServer } from '../helpers/start-test-server.ts';

let server: TestServer;
let metricsServer: Server;

beforeAll(async () => {
  server = await startTestServer();
  metricsServer = createServer(createMetricsApp(server.context));
  await new Promise<void>((resolve) => metricsServer.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await new Promise((resolve) => metricsServer.close(resolve));
  await server.close();
});

it('is alive and ready', async () => {
  expect((await supertest(server.url).get('/healthz')).body).toEqual({ status: 'ok' });
  expect((await supertest(server.url).get('/readyz')).body).toEqual({ ready: true, checks: { store: 'ok' } });
});

it('says so on the metrics port too, for a process without the API', async () => {
  expect((await supertest(metricsServer).get('/healthz')).status).toBe(200);
  expect((await supertest(metricsServer).get('/readyz')).body).toEqual({ ready: true, checks: { store: 'ok' } });
  expect((await supertest(metricsServer).get('/v1/links')).status).toBe(404);
});

it('shows its numbers on the other port only', async () => {
  expect((await supertest(server.url).get('/metrics')).status).toBe(404);
  const { status, text, headers } = await supertest(metricsServer).get('/metrics');
  expect(status).toBe(200);
  expect(headers['content-type']).toContain('text/plain');
  expect(text).toContain('# TYPE hubspot_refresh_attempts_total counter');
});

it('counts answers by route pattern, never by address', async () => {
  const tenant = await server.makeTenant();
  await tenant.api.get('/v1/links/lnk_secret').expect(404);
  await supertest(server.url).get('/r/some-slug').expect(404);
  await supertest(server.url).get('/somewhere/else').expect(404);
  const { text } = await supertest(metricsServer).get('/metrics');
  expect(text).toContain('http_requests_total{route="GET /v1/links/:link_id",status="404"} 1');
  expect(text).toContain('http_requests_total{route="GET /r/:slug",status="404"} 1');
  expect(text).toContain('route="unmatched"');
  expect(text).not.toMatch(/lnk_secret|some-slug|somewhere/);
});

it('counts accepted clicks by the way they came', async () => {
  const tenant = await server.makeTenant();
  const link = await tenant.api.post('/v1/links').send({ title: 'T', destination: 'https://www.example.com/' });
  await tenant.api.post('/v1/clicks').send({ slug: link.body.slug }).expect(202);
  await supertest(server.url).get(`/r/${link.body.slug}`).expect(302);
  const { text } = await supertest(metricsServer).get('/metrics');
  expect(text).toContain('clicks_received_total{via="api"} 1');
  expect(text).toContain('clicks_received_total{via="redirect"} 1');
  expect(text).toContain('redirects_total{result="found"} 1');
});
