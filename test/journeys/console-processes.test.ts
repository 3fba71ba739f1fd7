// The console over several server processes, and over the restart of one: real processes on one store.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import supertest from 'supertest';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { freePorts } from '../../bench/world/free-port.ts';
import { parseConfig } from '../../server/config.ts';
import { apiScopes } from '../../server/contract/api-scopes.ts';
import { makeOperatorLink } from '../../server/flows/console/sign-in-links.ts';
import { makeKey, makeWorkspace } from '../../server/flows/make-workspace.ts';
import { makeNewId } from '../../server/lib/ids.ts';
import { listenLive } from '../helpers/listen-live.ts';
import { startServerProcess, type ServerProcess } from '../helpers/start-server-process.ts';
import { startTestStore, type TestStore } from '../helpers/start-test-store.ts';
import { until } from '../helpers/start-test-world.ts';

const oldKey = `old:${randomBytes(32).toString('base64')}`;
const newKey = `new:${randomBytes(32).toString('base64')}`;

let db: TestStore;
let dataDir: string;
let running: ServerProcess[];
let workspaceId: string;
let key: string;

beforeEach(async () => {
  db = await startTestStore();
  dataDir = await mkdtemp(path.join(tmpdir(), 'elido-processes-'));
  running = [];
  const parts = { store: db.store, now: Date.now, newId: makeNewId() };
  workspaceId = (await makeWorkspace(parts, 'Several processes'))._id;
  key = (await makeKey(parts, { workspaceId, scopes: apiScopes })).secret;
});
afterEach(async () => {
  for (const one of running) await one.stop('SIGKILL');
  await db.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function start(port: number, keys: string): Promise<ServerProcess> {
  const started = await startServerProcess({
    port,
    storeUri: db.uri,
    dataDir: path.join(dataDir, String(port)),
    keys,
  });
  running.push(started);
  return started;
}

/** Signs in as a person does, by the button of a link that the operator made. Returns the cookie. */
async function signInAt({ url }: ServerProcess): Promise<string> {
  const config = parseConfig({ PUBLIC_URL: url });
  const parts = { store: db.store, config, now: Date.now, newId: makeNewId() };
  const link = await makeOperatorLink(parts, { workspaceId, role: 'owner', email: 'owner@example.com' });
  const reply = await supertest(url).post(new URL(link.url).pathname).set('Sec-Fetch-Site', 'same-origin').expect(303);
  return String(reply.headers['set-cookie']).split(';')[0] ?? '';
}

const statusFor = async (cookie: string, { url }: ServerProcess) =>
  (await supertest(url).get('/console/session').set('Cookie', cookie)).status;

it('a session outlives the change of ENCRYPTION_KEYS while the old key is in the list, and ends with it', async () => {
  const [port = 0] = await freePorts(1);
  const first = await start(port, oldKey);
  const cookie = await signInAt(first);
  expect(await statusFor(cookie, first)).toBe(200);

  await first.stop();
  const second = await start(port, `${newKey},${oldKey}`);
  expect(await statusFor(cookie, second)).toBe(200);
  const fresh = await signInAt(second);

  await second.stop();
  const third = await start(port, newKey);
  expect(await statusFor(cookie, third)).toBe(401);
  expect(await statusFor(fresh, third)).toBe(200);
}, 120_000);

it('what happens at one process is seen live at another, also that somebody was signed out', async () => {
  const [one = 0, two = 0] = await freePorts(2);
  const [a, b] = await Promise.all([start(one, oldKey), start(two, oldKey)]);
  const cookie = await signInAt(a);
  const stream = await listenLive(b.url, { cookie });
  await until('the stream is ready', () => stream.events[0]?.event === 'ready');

  const atA = supertest.agent(a.url).set('Authorization', `Bearer ${key}`);
  await atA.post('/v1/links').send({ slug: 'two', title: 'Two', destination: 'https://www.example.com/' }).expect(201);
  await atA
    .post('/v1/clicks')
    .send({ clicks: [{ click_id: 'two-1', slug: 'two' }] })
    .expect(202);
  await until('the click is seen', () => stream.events.some(({ data }) => data.event_id === 'two-1'));

  await supertest(a.url).post('/console/sign-out').set({ Cookie: cookie, 'Sec-Fetch-Site': 'same-origin' }).expect(200);
  await until('the stream ends', () => stream.state.ended);
  expect(stream.events.at(-1)).toMatchObject({ event: 'goodbye', data: { reason: 'signed_out' } });
}, 120_000);

it('an import that a killed process left is finished by another, every link once', async () => {
  const [one = 0, two = 0] = await freePorts(2);
  const [a, b] = await Promise.all([start(one, oldKey), start(two, oldKey)]);
  const rows = Array.from({ length: 3_000 }, (_, n) => `many-${n},Link ${n},https://www.example.com/${n}`);
  const imported = await supertest(a.url)
    .post('/v1/link-imports')
    .set({ Authorization: `Bearer ${key}`, 'Content-Type': 'text/csv' })
    .send(`slug,title,destination\n${rows.join('\n')}\n`)
    .expect(202);
  const stream = await listenLive(b.url, { authorization: `Bearer ${key}` });
  const atB = supertest.agent(b.url).set('Authorization', `Bearer ${key}`);
  const state = async () => (await atB.get(`/v1/link-imports/${imported.body.id}`).expect(200)).body;
  await until('it has begun', async () => (await state()).done > 0);
  await a.stop('SIGKILL');
  // Whoever takes a portion has the import for half a minute.
  await until('it is done', async () => (await state()).state === 'done', 90_000);
  expect(await state()).toMatchObject({ rows: 3_000, created: 3_000, unchanged: 0, failed: 0 });
  await until('it is seen live', () =>
    stream.events.some(({ event, data }) => event === 'link_import' && data.state === 'done'),
  );
  stream.stop();
}, 180_000);
