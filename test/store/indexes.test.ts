// Every query that the program sends in its journeys uses an index. The commands are taken from the wire, not written down here.
// `queries.test.ts` sees to it that no verb of the store is left out.
import type mongoose from 'mongoose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { forgetOld } from '../../server/flows/log/forget-old.ts';
import { workReplay } from '../../server/flows/log/replay.ts';
import { startSweeps } from '../../server/jobs/sweeps.ts';
import { installPortal } from '../helpers/install.ts';
import { startTestWorld, type TestWorld } from '../helpers/start-test-world.ts';

type Command = Record<string, unknown>;

const queries = new Set(['find', 'aggregate', 'distinct', 'count', 'findAndModify', 'update', 'delete']);

let world: TestWorld;
const seen = new Map<string, Command>();

beforeAll(async () => {
  world = await startTestWorld();
  world.server.store.client.on('commandStarted', ({ commandName, command }: mongoose.mongo.CommandStartedEvent) => {
    if (!queries.has(commandName)) return;
    for (const one of statementsOf(command)) seen.set(shapeOf(one), one);
  });
  await journey();
});
afterAll(() => world.close());

/** Something of everything, so that each verb of the store is sent at least once. */
async function journey(): Promise<void> {
  const { tenant, server, sandbox } = world;
  const { api } = tenant;
  await installPortal({ server, sandbox, tenant });
  const link = (await api.post('/v1/links').send({ title: 'L', destination: 'https://www.example.com/' })).body;
  await api.get(`/v1/links?cursor=${link.id}`);
  await api.get(`/v1/links/${link.id}`);
  await api.patch(`/v1/links/${link.id}`).send({ title: 'M' });
  await fetch(`${server.url}/r/${link.slug}?eid=501`, { redirect: 'manual' });
  await world.click([
    { click_id: 'known', eid: '501' },
    { click_id: 'other', eid: '502' },
    { click_id: 'waiting', gclid: 'g-1' },
    { click_id: 'alias', eid: 'jane' },
    { click_id: 'by-id', slug: undefined, link_id: link.id },
  ]);
  await world.settled();
  await world.click([{ click_id: 'known', eid: '501' }]).catch(() => undefined);
  await api.post('/v1/form-submissions').send({ email: 'c503@example.com', gclid: 'g-1' }).expect(202);
  await api.put('/v1/contacts/jane').send({ hs_contact_id: '504' }).expect(200);
  await world.settled();
  await api.get('/v1/deliveries?event_id=known').expect(200);
  await readTheLog();
  const [connection] = (await api.get('/v1/connections').expect(200)).body.connections;
  await api.patch(`/v1/connections/${connection.id}`).send({ state: 'paused' }).expect(200);
  await world.click([{ click_id: 'paused', eid: '501' }]);
  await api.patch(`/v1/connections/${connection.id}`).send({ state: 'active' }).expect(200);
  world.advance(1_750_000);
  await world.click([{ click_id: 'refreshed', eid: '501' }]);
  await world.settled();
  const sweeps = startSweeps(server.context);
  await sweeps.stop();
  const { store } = server.context;
  const at = server.context.now();
  await store.apiKeys.revoke({ id: 'key_none', now: at });
  await store.apiKeys.listOfWorkspace(tenant.workspaceId);
  await store.workspaces.find(tenant.workspaceId);
  await store.workspaces.list();
  await store.deliveries.repointContact({ portalId: 1, from: '1', to: '2' });
  await store.contactAliases.repointContact({ portalId: 1, from: '1', to: '2' });
  await store.touches.remove({ portalId: 1, contactId: '1' });
  await store.deliveries.release({ filter: { portalId: 1, state: 'blocked_auth' }, now: at });
  await api.delete(`/v1/connections/${connection.id}`).expect(200);
}

/** Each index of the log, with and without something to look for behind it. */
async function readTheLog(): Promise<void> {
  const { api } = world.tenant;
  const { context } = world.server;
  const narrow = '&kind=click&time=occurred&from=2020-01-01T00:00:00Z';
  const asked = [
    '',
    'state=skipped',
    'state=delivered',
    'reason=no_identity',
    'contact_id=501',
    'link=q2-pricing',
    'verdict=unsure',
    'portal_id=62515',
  ];
  for (const query of asked) {
    await api.get(`/v1/deliveries?${query}`).expect(200);
    const { next_cursor: cursor } = (await api.get(`/v1/deliveries?${query}${narrow}&limit=1`).expect(200)).body;
    if (cursor) await api.get(`/v1/deliveries?${query}${narrow}&limit=1&cursor=${cursor}`).expect(200);
  }
  await api.post('/v1/deliveries/replay').send({ filter: {}, preview: true }).expect(202);
  const replay = (await api.post('/v1/deliveries/replay').send({ filter: {}, key: 'once' }).expect(202)).body;
  await api.get(`/v1/replays/${replay.id}`).expect(200);
  while (await workReplay(context));
  await api.post(`/v1/replays/${replay.id}/cancel`).expect(200);
  await api
    .post('/v1/deliveries/replay')
    .send({ ids: ['known'] })
    .expect(202);
  await forgetOld(context);
  await context.store.deliveries.queueOf({ portalId: 62_515, limit: 10 });
  await world.settled();
}

/** A bulk write is as many queries as it has statements. */
function statementsOf(command: Command): Command[] {
  const { lsid: _lsid, $db: _db, $clusterTime: _time, maxTimeMS: _max, ...rest } = command;
  for (const list of ['updates', 'deletes']) {
    const statements = rest[list];
    if (Array.isArray(statements)) return statements.map((one: unknown) => ({ ...rest, [list]: [one] }));
  }
  return [rest];
}

/** Equal for two commands that differ in values only. */
function shapeOf(command: Command): string {
  return JSON.stringify(command, (key, value: unknown) => {
    if (['find', 'aggregate', 'distinct', 'count', 'findAndModify', 'update', 'delete', 'key'].includes(key))
      return value;
    if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return '[]';
    return typeof value === 'object' || value === null ? value : typeof value;
  });
}

it('the journey asked the collections it is about', () => {
  const collections = new Set([...seen.values()].map((command) => Object.values(command)[0]));
  const all = [
    'api_keys',
    'connections',
    'contact_aliases',
    'deliveries',
    'form_submissions',
    'links',
    'oauth_states',
    'portals',
    'replays',
    'touches',
    'workspaces',
  ];
  expect([...collections]).toEqual(expect.arrayContaining(all));
});

it('no query reads a whole collection', async () => {
  const { client } = world.server.store;
  const scans: unknown[] = [];
  for (const command of seen.values()) {
    const plan = await client.db().command({ explain: command, verbosity: 'queryPlanner' });
    const text = JSON.stringify(plan);
    // Listing all workspaces reads all workspaces: that is what it is for.
    const readsAll = command['find'] === 'workspaces' && Object.keys(command['filter'] ?? {}).length === 0;
    if (text.includes('"COLLSCAN"') && !readsAll) scans.push(command);
  }
  expect(scans).toEqual([]);
  expect(seen.size).toBeGreaterThan(30);
});
