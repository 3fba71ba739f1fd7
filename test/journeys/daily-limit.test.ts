// HubSpot counts the calls of private apps by the day of the account. Ours keeps what is reserved for other apps, waits when the day is
// used up without losing or wearing out an event, says so, and goes on after midnight.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requiredScopeNames } from '../../server/domain/scopes.ts';
import { examine } from '../../server/flows/doctor/examine.ts';
import { startWorker, type Worker } from '../../server/jobs/worker.ts';
import { makeMovableClock } from '../../server/lib/clock.ts';
import { startTestSandbox, testPortalId, type TestSandbox } from '../helpers/start-test-sandbox.ts';
import { startTestServer, type Tenant, type TestServer } from '../helpers/start-test-server.ts';
import { until } from '../helpers/start-test-world.ts';

const token = 'pat-na1-0000-daily';
const perDay = 200;
const scopes = requiredScopeNames.filter((scope) => scope !== 'timeline');

describe('the calls of a day of a private app', () => {
  let sandbox: TestSandbox;
  let server: TestServer;
  let tenant: Tenant;
  let worker: Worker;
  let clock: ReturnType<typeof makeMovableClock>;

  const deliveryOf = async (eventId: string) => {
    const [found] = await server.context.store.deliveries.listOfEvent({ workspaceId: tenant.workspaceId, eventId });
    return found;
  };
  const click = (click_id: string) =>
    tenant.api.post('/v1/clicks').send({ click_id, slug: 'offer', eid: '501' }).expect(202);
  const health = async () => (await tenant.api.get('/v1/connections').expect(200)).body.connections[0].health;
  const callsMade = () => sandbox.control.log({ portalId: testPortalId, limit: 5_000 }).length;
  const refused = () => sandbox.control.log({ portalId: testPortalId, status: 429, limit: 100 }).length;

  async function start(env: Record<string, string>): Promise<void> {
    server = await startTestServer({
      now: clock.now,
      env: {
        ...sandbox.env,
        HUBSPOT_PRIVATE_APP_TOKEN: token,
        HUBSPOT_CLIENT_ID: '',
        HUBSPOT_CLIENT_SECRET: '',
        HUBSPOT_SIDE_CALLS: '10',
        ...env,
      },
    });
    tenant = await server.makeTenant();
    worker = startWorker(server.context, { idleMs: 20 });
    server.context.nudge = worker.nudge;
    await tenant.api
      .post('/v1/links')
      .send({ slug: 'offer', title: 'Offer', destination: 'https://www.example.com/' })
      .expect(201);
    await tenant.api.post('/v1/connections/private-app').expect(201);
    await click('before');
    await until('it is delivered', async () => (await deliveryOf('before'))?.state === 'delivered');
  }

  /** As another private app of the account would, which shares its day. */
  async function spendAllBut(left: number): Promise<void> {
    const ask = () =>
      fetch(`${sandbox.url}/account-info/v3/details`, { headers: { authorization: `Bearer ${token}` } });
    for (;;) {
      const { headers } = await ask();
      if (Number(headers.get('x-hubspot-ratelimit-daily-remaining')) <= left) return;
    }
  }

  /** What 15 minutes do to the pause, which is counted on a clock that no test can move. */
  async function letThePauseEnd(): Promise<void> {
    await server.store.client
      .db()
      .collection<{ _id: number }>('portals')
      .updateOne({ _id: testPortalId }, { $set: { 'budget.pausedForMs': 0 } });
  }

  function toTheNextDay(): void {
    clock.advance(24 * 3600_000);
    sandbox.control.setClock({ advanceMs: 24 * 3600_000 });
  }

  beforeEach(async () => {
    clock = makeMovableClock();
    sandbox = await startTestSandbox();
    const contacts = [{ id: '501', properties: { email: 'c501@example.com' } }];
    const limits = { perDay, perTenSeconds: 1_000 };
    sandbox.control.seed({ portals: [{ portalId: testPortalId, timeZone: 'Europe/Berlin', contacts, limits }] });
    sandbox.control.addPrivateToken({ portalId: testPortalId, token, scopes: [...scopes] });
  });
  afterEach(async () => {
    await worker.stop();
    await server.close();
    await sandbox.close();
  });

  it('used up: clicks wait, no attempt is counted, HubSpot is not asked, the health says why; after midnight they go out', async () => {
    await start({});
    await spendAllBut(0);
    await click('late');
    await until('it is held', async () => (await deliveryOf('late'))?.state === 'held');
    expect(await deliveryOf('late')).toMatchObject({ reason: 'hubspot_rate_limited', attempts: 0 });
    await until('the health says so', async () => (await health()).reason?.code === 'daily_calls_used_up');
    expect(await health()).toMatchObject({ state: 'connected', next_step: expect.stringContaining('midnight') });
    const before = callsMade();
    const refusedBefore = refused();
    await click('later');
    await until('the worker has looked', async () => {
      const portal = await server.context.store.portals.find(testPortalId);
      return portal?.workAt !== undefined && portal.workAt.getTime() > clock.now() + 60_000;
    });
    expect(await deliveryOf('later')).toMatchObject({ state: 'queued', attempts: 0 });
    expect([callsMade(), refused()]).toEqual([before, refusedBefore]);

    await letThePauseEnd();
    toTheNextDay();
    for (const id of ['late', 'later'])
      await until(`${id} arrives`, async () => (await deliveryOf(id))?.state === 'delivered');
    expect((await health()).reason).toBeNull();
  });

  it('nearly used up: what is reserved for other apps stays untouched, without a single refusal', async () => {
    const reserved = perDay / 10;
    await start({ HUBSPOT_CALLS_PER_10S: '100', HUBSPOT_CALL_RESERVE: '10' });
    await spendAllBut(reserved + 1);
    await click('waits');
    await until('the health says so', async () => (await health()).reason?.code === 'daily_calls_used_up');
    const left = await fetch(`${sandbox.url}/account-info/v3/details`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(Number(left.headers.get('x-hubspot-ratelimit-daily-remaining'))).toBeGreaterThanOrEqual(reserved - 6);
    expect(refused()).toBe(0);
    expect((await deliveryOf('waits'))?.attempts).toBe(0);
    const { checks } = await examine(server.context, testPortalId);
    expect(checks.find(({ id }) => id === 'budget')?.words).toMatch(/Of the day \d+ of 200 are left\./);
    await letThePauseEnd();
    toTheNextDay();
    await until('it arrives', async () => (await deliveryOf('waits'))?.state === 'delivered');
  });
});
