// Two hundred accounts on one worker. Three times as many as it works at once never answer, one is down, one has a long queue; the
// others do not notice. The machine of the test does the work of HubSpot and of the store as well, so the same clicks are timed twice: when
// nobody is troubled, and when some are.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestWorld, until, type TestWorld } from '../helpers/start-test-world.ts';
import type { Tenant } from '../helpers/start-test-server.ts';

const portals = 200;
const firstPortalId = 810_001;
const contactIds = Array.from({ length: 1_000 }, (_, n) => String(5_001 + n));
/** What fits in the time of a test; the last test says why a million is no different. */
const floodClicks = 10_000;
const rowsPerRequest = 1_000;
/** Keeps the queue long while the test looks. */
const floodedCallsPer10s = 40;
/** Clicks of the others come one after the other over this time, as they do in life. */
const roundMs = 8_000;
/**
 * What the slowest of a round may be slower than the slowest of the other. All of them begin to hang in the same second, and that is found out
 * for half of the places at a time, two seconds each: twelve seconds, and what a loaded machine adds. Far less than a call that hangs.
 */
const moreMs = 24_000;
/** Long, so that nobody who waits for one of these calls can be taken for somebody who does not. */
const timeoutMs = 60_000;
const mostAtOnce = 16;
const hangingPortals = 3 * mostAtOnce;

describe(`${portals} accounts on one worker`, () => {
  let world: TestWorld;
  const tenants = new Map<number, Tenant>();
  const ids = Array.from({ length: portals }, (_, n) => firstPortalId + n);
  const hanging = ids.slice(0, hangingPortals);
  const [down = 0, flooded = 0, ...others] = ids.slice(hangingPortals);
  /** A second try has clicks of its own. */
  let attempt = 0;
  const arrived = (portalId: number) => world.sandbox.control.events(portalId, { limit: 0 }).distinct;

  beforeAll(async () => {
    world = await startTestWorld({
      env: { HUBSPOT_SIDE_CALLS: '10', HUBSPOT_TIMEOUT_MS: String(timeoutMs) },
      worker: { mostAtOnce },
    });
    const contacts = contactIds.map((id) => ({ id, properties: { email: `c${id}@example.com` } }));
    world.sandbox.control.seed({
      portals: ids.map((portalId) =>
        portalId === flooded
          ? { portalId, contacts, limits: { perTenSeconds: floodedCallsPer10s } }
          : { portalId, contacts: contacts.slice(0, 1) },
      ),
    });
    await Promise.all(ids.map(connect));
    await until('the worker has made every account ready', allReady, 150_000, 500);
  }, 180_000);
  afterAll(async () => {
    // Nobody waits for the calls that hang.
    await world.sandbox.close();
    await world.close();
  });

  it(`each of the others has its click on the timeline as soon as ever while ${hangingPortals} hang, one is down and one is flooded`, async () => {
    const { control } = world.sandbox;
    attempt += 1;
    control.clearFaults();
    const calm = Math.max(...(await oneClickEach(`calm-${attempt}`)));
    for (const portalId of hanging) control.addFault({ path: '/**', portalId, action: { kind: 'delay', ms: 600_000 } });
    control.addFault({ path: '/**', portalId: down, action: { kind: 'status', status: 503 } });
    await Promise.all([...hanging, down].map((portalId) => click(portalId, [`troubled-${attempt}`])));
    for (let sent = 0; sent < floodClicks; sent += rowsPerRequest)
      await click(
        flooded,
        Array.from({ length: rowsPerRequest }, (_, row) => `flood-${attempt}-${sent + row}`),
      );
    const before = arrived(flooded);
    const ofTroubled = [...hanging, down].map(arrived);
    const amongTroubled = await oneClickEach(`among-troubled-${attempt}`);
    expect(amongTroubled).toHaveLength(portals - hangingPortals - 2);
    const slowest = Math.max(...amongTroubled);
    expect(slowest - calm, `${slowest} ms, and ${calm} ms when nobody was troubled`).toBeLessThan(moreMs);
    expect(slowest, 'nobody waited for a call that hangs').toBeLessThan(timeoutMs);
    expect(arrived(flooded), 'the long queue is worked all the while').toBeGreaterThan(before);
    expect(arrived(flooded), 'and is still long at the end').toBeLessThan(attempt * floodClicks);
    expect([...hanging, down].map(arrived), 'the troubled ones get nothing').toEqual(ofTroubled);
  }, 240_000);

  it('those who hang are known by then, and hold no more than their share of the places', async () => {
    const found = await world.server.context.store.portals.findMany(hanging);
    const suspects = found.filter(({ breaker }) => breaker !== undefined);
    const worked = found.filter(({ lease }) => lease !== undefined && lease.until.getTime() > Date.now());
    expect(worked.length, 'worked now').toBeLessThanOrEqual(mostAtOnce / 2);
    expect(suspects.length + worked.length, 'each was given up once, or is waited for').toBeGreaterThanOrEqual(
      hangingPortals - mostAtOnce / 2,
    );
  });

  it('a longer queue costs a batch nothing: what is due is read in the order of an index, no more rows than the batch takes', async () => {
    const { context } = world.server;
    const now = new Date(context.now());
    const plan = await world.server.store.client.db().command({
      explain: {
        find: 'deliveries',
        filter: { portalId: flooded, dueAt: { $lte: now } },
        sort: { dueAt: 1 },
        limit: 500,
      },
      verbosity: 'executionStats',
    });
    const { totalDocsExamined, totalKeysExamined } = plan.executionStats as Record<string, number>;
    expect(await context.store.deliveries.nextDueAt(flooded), 'the queue is long').not.toBeNull();
    expect(totalDocsExamined).toBeLessThanOrEqual(500);
    expect(totalKeysExamined).toBeLessThanOrEqual(501);
  });

  /** Milliseconds from sending to the timeline, for each of the others. */
  async function oneClickEach(name: string): Promise<number[]> {
    const before = new Map(others.map((portalId) => [portalId, arrived(portalId)]));
    return Promise.all(
      others.map(async (portalId, n) => {
        await sleep((n / others.length) * roundMs);
        const sentAt = performance.now();
        await click(portalId, [name]);
        await until(`${portalId} has its click`, () => arrived(portalId) > (before.get(portalId) ?? 0), 90_000, 100);
        return performance.now() - sentAt;
      }),
    );
  }

  async function click(portalId: number, names: readonly string[]): Promise<void> {
    const clicks = names.map((click_id, n) => ({ click_id, slug: `q2-${portalId}`, eid: contactIds[n] }));
    await tenants.get(portalId)?.api.post('/v1/clicks').send({ clicks }).expect(202);
  }

  async function connect(portalId: number): Promise<void> {
    const tenant = await world.server.makeTenant({ name: `Workspace ${portalId}` });
    tenants.set(portalId, tenant);
    await world.connect({ tenant, portalId });
    await tenant.api
      .post('/v1/links')
      .send({ slug: `q2-${portalId}`, title: 'Q2', destination: 'https://www.example.com/' })
      .expect(201);
  }

  async function allReady(): Promise<boolean> {
    const found = await world.server.context.store.portals.findMany(ids);
    return found.every(({ provisioning }) => provisioning.state === 'ready');
  }
});
