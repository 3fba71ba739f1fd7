// The overview: true numbers, at a cost that does not grow with the history; and what needs a person, first.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestWorld, testPortalId, until, type TestWorld } from '../../helpers/start-test-world.ts';
import { flushCalls } from '../../../server/flows/console/call-tally.ts';
import { delivery } from '../../store/samples.ts';

let world: TestWorld;

beforeAll(async () => {
  world = await startTestWorld();
});
afterAll(() => world.close());

const overview = async (who = world.tenant, query = '') => (await who.api.get(`/v1/overview${query}`).expect(200)).body;
const codes = (body: { needs: { code: string }[] }) => body.needs.map(({ code }) => code);

describe('the numbers', () => {
  it('are those of the log: clicks, who made them, where they stand, and what they cost', async () => {
    await world.click([
      { click_id: 'ov-1', eid: '501', occurred_at: Date.now() },
      { click_id: 'ov-2', eid: '502', occurred_at: Date.now() },
      { click_id: 'ov-3', occurred_at: Date.now() },
    ]);
    await world.settled();
    await flushCalls(world.server.context);
    world.advance(6_000);
    const body = await overview();
    expect(body.complete).toBe(true);
    expect(body.days).toHaveLength(30);
    expect(body.totals).toMatchObject({ clicks: 3, delivered: 2, waiting: 0, failed: 0, skipped: 1 });
    expect(body.totals.human + body.totals.machine + body.totals.unsure).toBeGreaterThanOrEqual(2);
    expect(body.days.at(-1)).toMatchObject({ clicks: body.totals.clicks });
    expect(body.calls.total).toBeGreaterThan(0);
    expect(body.calls.per_1000_clicks).toBeCloseTo((body.calls.total * 1_000) / 3, 0);
    expect(body.portals).toMatchObject([{ portal_id: testPortalId, health: { state: 'connected' } }]);
  });

  it('stay the same when a click is sent again', async () => {
    await world.click([{ click_id: 'ov-1', eid: '501', occurred_at: Date.now() }]).catch(() => undefined);
    world.advance(6_000);
    expect((await overview()).totals.clicks).toBe(3);
  });

  it('follow a delivery from waiting to delivered', async () => {
    await world.stopWorker();
    await world.click([{ click_id: 'ov-4', eid: '503', occurred_at: Date.now() }]);
    world.advance(6_000);
    expect((await overview()).totals).toMatchObject({ clicks: 4, waiting: 1, delivered: 2 });
    world.startWorker();
    await world.settled();
    await until('the overview has it', async () => {
      world.advance(6_000);
      const { totals } = await overview();
      return totals.waiting === 0 && totals.delivered === 3;
    });
  });

  it('of a long history are counted in portions, each hour once', async () => {
    const tenant = await world.server.makeTenant();
    const hours = 40;
    const perHour = 2_500;
    const start = world.server.context.now() - hours * 3600_000;
    for (let hour = 0; hour < hours; hour++) {
      await world.server.context.store.deliveries.insertNew(
        Array.from({ length: perHour }, (_, at) => ({
          ...delivery(`h${hour}-${at}`, { workspaceId: tenant.workspaceId }),
          receivedAt: new Date(start + hour * 3600_000),
          state: 'delivered' as const,
          dueAt: null,
        })),
      );
    }
    const looked: number[] = [];
    const { deliveries } = world.server.context.store;
    const count = deliveries.countHours;
    deliveries.countHours = async (span) => {
      const answer = await count(span);
      looked.push(answer.rows.reduce((sum, row) => sum + row.deliveries, 0));
      return answer;
    };
    const first = await overview(tenant);
    expect(first.complete).toBe(false);
    let last = first;
    for (let ask = 0; ask < 5 && !last.complete; ask++) last = await overview(tenant);
    expect(last.complete).toBe(true);
    expect(last.totals.delivered).toBe(hours * perHour);
    expect(Math.max(...looked)).toBeLessThanOrEqual(50_000);
    looked.length = 0;
    await overview(tenant);
    expect(looked.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(perHour);
    deliveries.countHours = count;
  }, 120_000);
});

describe('what needs a person', () => {
  it('begins with connecting, and ends with a first link, in an empty workspace', async () => {
    const empty = await world.server.makeTenant();
    const body = await overview(empty);
    expect(codes(body)).toEqual(['connect_hubspot', 'make_first_link']);
    expect(body.needs[0]).toMatchObject({ urgency: 'now', where: '/connections' });
  });

  it('is nothing when all is well', async () => {
    expect(codes(await overview())).toEqual([]);
  });

  it('names a portal that wants a sign-in, and where to go', async () => {
    const { store } = world.server.context;
    await store.portals.setState({ portalId: testPortalId, state: 'needs_sign_in', reason: null, now: Date.now() });
    const body = await overview();
    expect(body.needs[0]).toMatchObject({
      code: 'sign_in_again',
      urgency: 'now',
      where: `/connections/${world.connection._id}`,
    });
    await store.portals.setState({ portalId: testPortalId, state: 'connected', reason: null, now: Date.now() });
  });
});
