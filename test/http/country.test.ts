// Which country a click comes from: the proxy's header first, then the local database, else nothing.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import supertest from 'supertest';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Click } from '../../server/domain/click.ts';
import { startTestServer, type TestServer } from '../helpers/start-test-server.ts';
import { tinyGeoipDatabase } from '../helpers/tiny-geoip-database.ts';

let folder: string;
let server: TestServer;
const kept: Click[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'elido-geoip-'));
  const file = path.join(folder, 'country.mmdb');
  await writeFile(file, tinyGeoipDatabase('DE'));
  server = await startTestServer({
    env: { GEOIP_DATABASE: file, COUNTRY_HEADER: 'CF-IPCountry', TRUST_PROXY: '1' },
    adjust: ({ intake }) => {
      intake.accept = (click) => {
        kept.push(click);
        return Promise.resolve();
      };
    },
  });
  const tenant = await server.makeTenant();
  await tenant.api.post('/v1/links').send({ slug: 'where', title: 'T', destination: 'https://www.example.com/' });
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

async function countryOf(headers: Record<string, string>): Promise<string | undefined> {
  await supertest(server.url).get('/r/where').set(headers).expect(302);
  return kept.at(-1)?.country;
}

it.each([
  ['the database', { 'X-Forwarded-For': '100.1.2.3' }, 'DE'],
  ['the database, for an IPv4 address in IPv6 form', { 'X-Forwarded-For': '::ffff:100.1.2.3' }, 'DE'],
  ['the header before the database', { 'X-Forwarded-For': '100.1.2.3', 'CF-IPCountry': 'fr' }, 'FR'],
  [
    'the database where the header says it does not know',
    { 'X-Forwarded-For': '100.1.2.3', 'CF-IPCountry': 'XX' },
    'DE',
  ],
  ['the database where the header is no country', { 'X-Forwarded-For': '100.1.2.3', 'CF-IPCountry': '<b>' }, 'DE'],
  ['nothing for an address the database does not have', { 'X-Forwarded-For': '200.1.2.3' }, ''],
  ['nothing for an IPv6 address in an IPv4 database', { 'X-Forwarded-For': '2001:db8::1' }, ''],
  ['nothing for what is no address', { 'X-Forwarded-For': 'unknown' }, ''],
])('%s', async (_what, headers, country) => {
  expect(await countryOf(headers)).toBe(country);
});

it('a database that cannot be read stops the start', async () => {
  await expect(startTestServer({ env: { GEOIP_DATABASE: path.join(folder, 'none.mmdb') } })).rejects.toThrow('ENOENT');
});
