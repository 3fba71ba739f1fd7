// Replay: what was skipped or died goes out again, in the background, and stays written once.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forgetOld } from '../../server/flows/log/forget-old.ts';
import { workReplay } from '../../server/flows/log/replay.ts';
import { startSweeps, type Sweeps } from '../../server/jobs/sweeps.ts';
import { startTestWorld, testPortalId, until, type TestWorld } from '../helpers/start-test-world.ts';

let world: TestWorld;
let sweeps: Sweeps | null = null;

beforeEach(async () => {
  world = await startTestWorld();
});
afterEach(async () => {
  await sweeps?.stop();
  sweeps = null;
  await world.close();
});

const replay = (body: object) => world.tenant.api.post('/v1/deliveries/replay').send(body);
const stateOf = async (eventId: string) => (await world.delivery(eventId)).state;
const count = async (query: object) =>
  (
    await world.tenant.api
      .get('/v1/deliveries')
      .query({ limit: 200, ...query })
      .expect(200)
  ).body.deliveries.length;

/** Clicks by a contact that HubSpot does not know yet. */
async function clicksOfNobody(many: number, contact = '900'): Promise<void> {
  const clicks = Array.from({ length: many }, (_, index) => ({ click_id: `n${index}`, eid: contact }));
  await world.click(clicks);
  await world.settled();
}

function createContact(id: string): void {
  world.sandbox.control.seed({
    portals: [{ portalId: testPortalId, name: 'Journey account', contacts: [{ id, properties: {} }] }],
  });
}

describe('a replay by filter', () => {
  it('previews how many and why, changes nothing by that, then sends them all once', async () => {
    await clicksOfNobody(30);
    await world.click([{ click_id: 'fine', eid: '501' }]);
    await world.settled();
    const preview = (await replay({ filter: { reason: 'eid_unknown' }, preview: true }).expect(202)).body;
    expect(preview).toMatchObject({ preview: true, would_replay: 30, not_replayable: 0, more: false });
    expect(preview.groups).toEqual([
      { state: 'skipped', reason: expect.objectContaining({ code: 'eid_unknown' }), deliveries: 30 },
    ]);
    expect(await count({ state: 'skipped' })).toBe(30);

    createContact('900');
    sweeps = startSweeps(world.server.context);
    const { id } = (await replay({ filter: { reason: 'eid_unknown' } }).expect(202)).body;
    await until('the replay is done', async () => {
      const { body } = await world.tenant.api.get(`/v1/replays/${id}`).expect(200);
      return body.state === 'done';
    });
    await world.settled();
    const { body } = await world.tenant.api.get(`/v1/replays/${id}`);
    expect(body).toMatchObject({ state: 'done', looked_at: 30, replayed: 30, ended_at: expect.any(String) });
    expect(await count({ state: 'delivered' })).toBe(31);
    expect(world.eventsOf('contacts', '900')).toHaveLength(30);
    expect(world.eventsOf('contacts', '501')).toHaveLength(1);
  });

  it('goes through its part of the log once, also when everything is skipped again', async () => {
    await clicksOfNobody(5);
    const { id } = (await replay({ filter: {} }).expect(202)).body;
    for (let turn = 0; turn < 6; turn++) {
      await workReplay(world.server.context);
      await world.settled();
    }
    const { body } = await world.tenant.api.get(`/v1/replays/${id}`).expect(200);
    expect(body).toMatchObject({ state: 'done', replayed: 5 });
    expect(await count({ reason: 'eid_unknown' })).toBe(5);
  });

  it('with a key is started once, however often it is asked for', async () => {
    await clicksOfNobody(2);
    const first = (await replay({ filter: {}, key: 'monday' }).expect(202)).body;
    const second = (await replay({ filter: {}, key: 'monday' }).expect(202)).body;
    expect(second.id).toBe(first.id);
    const { body } = await (await world.server.makeTenant()).api.get(`/v1/replays/${first.id}`);
    expect(body.error.code).toBe('not_found');
  });

  it('stops when it is canceled', async () => {
    await clicksOfNobody(2);
    const { id } = (await replay({ filter: {} }).expect(202)).body;
    const canceled = (await world.tenant.api.post(`/v1/replays/${id}/cancel`).expect(200)).body;
    expect(canceled).toMatchObject({ state: 'canceled', replayed: 0 });
    expect(await workReplay(world.server.context)).toBe(false);
    expect(await count({ state: 'skipped' })).toBe(2);
  });

  it('lets a portal that is behind catch up first', async () => {
    await clicksOfNobody(3);
    await world.stopWorker();
    await world.click([{ click_id: 'new', eid: '501' }]);
    world.advance(60_000);
    const { id } = (await replay({ filter: {} }).expect(202)).body;
    await workReplay(world.server.context);
    const { body } = await world.tenant.api.get(`/v1/replays/${id}`).expect(200);
    expect(body).toMatchObject({ state: 'running', replayed: 0, waiting_for: expect.stringContaining('is busy') });
    world.startWorker();
    await world.settled();
    world.advance(5_000);
    while (await workReplay(world.server.context));
    expect((await world.tenant.api.get(`/v1/replays/${id}`)).body).toMatchObject({ state: 'done', replayed: 3 });
  });
});

describe('a replay by ids', () => {
  it('sends a dead event again, keeps what HubSpot has, and leaves delivered ones alone', async () => {
    await world.tenant.api
      .put(`/v1/connections/${world.connection._id}/field-mapping`)
      .send({ rows: [{ source: 'utm_source', object: 'contact', property: 'lastname' }] })
      .expect(200);
    const fault = world.sandbox.control.addFault({
      path: '/crm/objects/2026-03/contacts/batch/update',
      action: { kind: 'status', status: 400 },
    });
    await world.click([{ click_id: 'refused', eid: '501' }]);
    await until('it died', async () => (await stateOf('refused')) === 'dead');
    expect(world.eventsOf('contacts', '501')).toHaveLength(1);
    world.sandbox.control.clearFaults(fault.id);
    const { body } = await replay({ ids: ['refused'] }).expect(202);
    expect(body).toMatchObject({ state: 'done', looked_at: 1, replayed: 1 });
    await until('it is delivered', async () => (await stateOf('refused')) === 'delivered');
    expect(world.eventsOf('contacts', '501')).toHaveLength(1);
    expect(world.record('contacts', '501')).toMatchObject({ lastname: 'webinar', elido_recent_link_clicks: '1' });
    const { _id: id } = await world.delivery('refused');
    expect((await replay({ ids: [id, 'unknown'] }).expect(202)).body).toMatchObject({ looked_at: 1, replayed: 0 });
  });

  it('leaves events alone that came before any portal was connected, and those of others', async () => {
    const early = await world.server.makeTenant();
    await early.api.post('/v1/links').send({ slug: 'early', title: 'E', destination: 'https://www.example.com/' });
    await early.api.post('/v1/clicks').send({ click_id: 'early', slug: 'early', eid: '501' }).expect(202);
    const ask = (body: object) => early.api.post('/v1/deliveries/replay').send(body);
    expect((await ask({ ids: ['early'], preview: true })).body).toMatchObject({ would_replay: 0, not_replayable: 1 });
    expect((await ask({ filter: {}, preview: true })).body).toMatchObject({ would_replay: 0, not_replayable: 1 });
    expect((await ask({ ids: ['early'] })).body).toMatchObject({ replayed: 0 });
    await clicksOfNobody(1);
    const { _id: foreign } = await world.delivery('n0');
    expect((await ask({ ids: [foreign] })).body).toMatchObject({ looked_at: 0, replayed: 0 });
  });

  it.each([
    [{}, 'ids'],
    [{ ids: ['a'], filter: {} }, 'ids'],
    [{ ids: [] }, 'ids'],
    [{ filter: { state: 'delivered' } }, 'filter.state'],
    [{ filter: { event_id: 'x' } }, 'filter.event_id'],
  ])('%j is refused', async (body, field) => {
    const { status, body: reply } = await replay(body);
    expect(status).toBe(400);
    expect(reply.error.field).toBe(field);
  });

  it('needs the right to write', async () => {
    const { api } = await world.server.makeTenant({ scopes: ['deliveries:read'] });
    const { body } = await api.post('/v1/deliveries/replay').send({ filter: {} }).expect(403);
    expect(body.error.details.scope).toBe('deliveries:write');
  });
});

it('a workspace that keeps less forgets sooner, and only its own', async () => {
  const { server, tenant } = world;
  const other = await server.makeTenant({ name: 'Keeps everything' });
  await other.api.post('/v1/links').send({ slug: 'kept', title: 'Kept', destination: 'https://www.example.com/' });
  await other.api
    .post('/v1/clicks')
    .send({ clicks: [{ click_id: 'kept-1', slug: 'kept' }] })
    .expect(202);
  await clicksOfNobody(2);
  await world.settled();
  const kept = (days: number | null) => tenant.api.patch('/v1/workspace').send({ retention_days: days });
  await kept(server.context.config.retentionDays + 1).expect(400);
  await kept(1).expect(400);
  const { body } = await kept(100).expect(200);
  expect(body).toMatchObject({ retention_days: 100, retention_limits: { most: 400 } });
  expect((await other.api.get('/v1/workspace').expect(200)).body.retention_days).toBe(400);
  const { body: log } = await tenant.api.get('/v1/audit').expect(200);
  expect(log.entries[0]).toMatchObject({ action: 'workspace.change', details: { retention_days: 100 } });

  world.advance(101 * 24 * 3600_000);
  expect(await forgetOld(server.context)).toBe(2);
  expect(await count({})).toBe(0);
  expect((await other.api.get('/v1/deliveries').expect(200)).body.deliveries).toHaveLength(1);
  await kept(null).expect(200);
});

it('what is final is forgotten after the retention, what is open never', async () => {
  await clicksOfNobody(3);
  await world.click([{ click_id: 'delivered', eid: '501' }]);
  await world.settled();
  await world.stopWorker();
  await world.click([{ click_id: 'open', eid: '501' }]);
  expect(await forgetOld(world.server.context)).toBe(0);
  world.advance(401 * 24 * 3600_000);
  expect(await forgetOld(world.server.context)).toBe(4);
  expect(await count({})).toBe(1);
  expect(await stateOf('open')).toBe('queued');
});
