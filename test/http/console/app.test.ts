// The console as files: what is served, how it is kept, and what its pages may do.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import supertest from 'supertest';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../helpers/start-test-server.ts';

let server: TestServer;
let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'elido-app-'));
  await mkdir(path.join(dir, 'assets'));
  await writeFile(path.join(dir, 'index.html'), '<!doctype html><title>Console</title>');
  await writeFile(path.join(dir, 'assets/main-abc123.js'), 'console.log("x");'.repeat(200));
  await writeFile(path.join(dir, 'secret.pem'), 'not for anybody');
  server = await startTestServer({ env: { CONSOLE_DIR: dir } });
});
afterAll(async () => {
  await server.close();
  await rm(dir, { recursive: true });
});

const get = (address: string) => supertest(server.url).get(address);

it.each(['/console', '/console/', '/console/links', '/console/connections/con_1/mapping', '/console/sign-in'])(
  '%s is the one page, fresh each time, with a policy that allows no foreign script',
  async (address) => {
    const { status, text, headers } = await get(address);
    expect(status).toBe(200);
    expect(text).toContain('<title>Console</title>');
    expect(headers['cache-control']).toBe('no-cache');
    expect(headers['content-security-policy']).toContain("script-src 'self';");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
  },
);

it('files with their content in the name are kept for a year, and come compressed', async () => {
  const { status, headers, text } = await get('/console/assets/main-abc123.js').set('Accept-Encoding', 'gzip, br');
  expect(status).toBe(200);
  expect(headers['content-encoding']).toBe('br');
  expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(headers['content-type']).toContain('text/javascript');
  expect(Number(headers['content-length'])).toBeLessThan(200);
  const plain = await get('/console/assets/main-abc123.js').set('Accept-Encoding', 'identity');
  expect(plain.headers['content-encoding']).toBeUndefined();
  expect(plain.text.length).toBe(3_400);
  expect(text === '' || text === plain.text).toBe(true);
});

it('a page that did not change is not sent again', async () => {
  const { headers } = await get('/console/');
  const again = await get('/console/').set('If-None-Match', String(headers.etag));
  expect(again.status).toBe(304);
});

it.each(['/console/assets/gone.js', '/console/secret.pem', '/console/..%2f..%2fpackage.json', '/console/favicon.ico'])(
  '%s is not there',
  async (address) => {
    expect((await get(address)).status).toBe(404);
  },
);

it('says how to build it when it is not built', async () => {
  const bare = await startTestServer({ env: { CONSOLE_DIR: path.join(dir, 'none') } });
  const { status, text } = await supertest(bare.url).get('/console/');
  expect(status).toBe(503);
  expect(text).toContain('npm run build');
  await bare.close();
});
