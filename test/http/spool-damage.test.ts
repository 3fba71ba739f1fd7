// The disk damaged a line of the spool: the clicks before and after it reach the store, the line is kept for people, and nobody reads it in a log.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pino } from 'pino';
import supertest from 'supertest';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type Tenant, type TestServer } from '../helpers/start-test-server.ts';

let server: TestServer;
let tenant: Tenant;
const logged: string[] = [];

beforeAll(async () => {
  const log = pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) });
  server = await startTestServer({ log });
  tenant = await server.makeTenant();
  const link = { slug: 'damaged', title: 'Pricing', destination: 'https://www.example.com/' };
  await tenant.api.post('/v1/links').send(link).expect(201);
});
afterAll(() => server.close());

const storedWho = async () => {
  const found = await server.store.client.db().collection('deliveries').find({}).toArray();
  return found.map((one) => String(one['who'])).sort();
};

it('a spool line that no longer can be read is set aside, and every other click of its file arrives', async () => {
  const { context, url } = server;
  await supertest(url).get('/r/damaged?eid=sample-visitor').expect(302);
  while ((await storedWho()).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  const [stored] = await server.store.client.db().collection('deliveries').find({}).toArray();
  const lineOf = (eid: string) => JSON.stringify({ ...stored?.['click'], clickId: `clk-${eid}`, eid });
  const torn = lineOf('torn-visitor').slice(0, 200);
  const lines = [lineOf('first'), torn, '{"clickId":"no click"}', 'null', lineOf('last')];
  const { spoolDir } = context.config;
  await writeFile(path.join(spoolDir, '1-999999999-damaged.ndjson'), `${lines.join('\n')}\n`);

  await context.intake.replay();
  expect(await storedWho()).toEqual(['first', 'last', 'sample-visitor']);
  const [beside = '', ...others] = (await readdir(spoolDir)).filter((name) => name.includes('damaged'));
  expect([beside, others]).toEqual(['1-999999999-damaged.ndjson.rejected', []]);
  expect(await readFile(path.join(spoolDir, beside), 'utf8')).toBe(`${lines.slice(1, 4).join('\n')}\n`);
  expect(await context.metrics.registry.metrics()).toContain('spool_rejected_lines_total 3');
  const told = logged.filter((line) => line.includes('set aside'));
  expect(told).toHaveLength(1);
  expect(JSON.parse(told[0] ?? '{}')).toMatchObject({ level: 50, lines: 3 });
  expect(logged.join('')).not.toContain('torn-visitor');
});
