// Workers as real processes that are stopped in the middle, killed, or have a wrong clock: an account is worked by one of them at a time,
// nothing is written twice or lost, and the budget holds. The sandbox and the way to it are the witnesses, not what we believe.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { Tenant } from '../helpers/start-test-server.ts';
import { makeForwarders, type ForwardedCall, type Forwarders } from '../helpers/start-forwarder.ts';
import { startTestWorld, testPortalId, until, type TestWorld } from '../helpers/start-test-world.ts';
import { startWorkerProcess, type WorkerProcess } from '../helpers/worker-process.ts';

/** A tight one makes a queue of a few dozen clicks last. */
const limit = 40;
/** A roomy one lets it run empty between two clicks, so that the account goes from hand to hand. */
const roomyLimit = 200;
const sideCalls = 5;
/** A lease that nobody renews ends after 15 s; then the next look takes it, and a loaded machine takes its time. */
const takeoverMs = 30_000;
const eventCalls = '/integrators/timeline/2026-03/events/batch';

describe('workers that are processes of their own', () => {
  let world: TestWorld;
  let ways: Forwarders;
  const workers: WorkerProcess[] = [];

  const callsOf = (by: string) => ways.calls.filter((call) => call.by === by);
  const eventsWritten = (by: string) => callsOf(by).filter(({ route }) => route.includes(eventCalls));
  const report = (portalId = testPortalId) => world.sandbox.control.events(portalId, { limit: 0 });
  const mostInTenSeconds = (portalId = testPortalId) =>
    world.sandbox.control.counts().loads.find((load) => load.portalId === portalId)?.maxCallsInTenSeconds ?? 0;

  async function start(by: string, clockOffsetMs = 0): Promise<WorkerProcess> {
    const worker = await startWorkerProcess({ world, hubspotUrl: await ways.open(by), clockOffsetMs });
    workers.push(worker);
    return worker;
  }

  /** One event in a call, so that a queue takes a while and every call counts. */
  async function begin(limit: number): Promise<void> {
    world = await startTestWorld({
      env: {
        HUBSPOT_CALLS_PER_10S: String(limit),
        HUBSPOT_SIDE_CALLS: String(sideCalls),
        EVENT_GROUP_SIZE: '1',
        HUBSPOT_TIMEOUT_MS: '10000',
      },
      portal: { limits: { perTenSeconds: limit } },
    });
    await world.stopWorker();
    // What provisioning spent is out of every window.
    await sleep(10_000);
    world.sandbox.control.clearLog();
    ways = makeForwarders(world.sandbox.url);
  }

  afterEach(async () => {
    for (const worker of workers.splice(0)) await worker.end();
    await ways.close();
    await world.close();
  });

  it('one that is stopped past its lease in the middle of a write wakes up fenced: it calls no more, and nothing is there twice', async () => {
    await begin(limit);
    const clicks = 60;
    const stopped = await start('stopped');
    await world.click(Array.from({ length: clicks }, (_, n) => ({ click_id: `stop-${n}`, eid: '503' })));
    await until('it has begun to write', () => eventsWritten('stopped').length >= 3);
    await start('next');
    const slow = world.sandbox.control.addFault({
      path: eventCalls,
      action: { kind: 'delay', ms: 2_000, when: 'after' },
    });
    await until('a write is on its way', () => eventsWritten('stopped').some(isOpen));
    await sleep(100);
    stopped.signal('SIGSTOP');
    const stoppedAt = performance.now();
    await sleep(2_500);
    world.sandbox.control.clearFaults(slow.id);
    await until('the next one took over', () => eventsWritten('next').length >= 3, takeoverMs + 10_000);
    const tookOverMs = (callsOf('next')[0]?.startedAt ?? 0) - stoppedAt;
    stopped.signal('SIGCONT');
    const wokenAt = performance.now();
    await sleep(4_000);
    const callsSince = (by: string) => callsOf(by).filter(({ startedAt }) => startedAt > wokenAt).length;
    expect(callsSince('next'), 'the holder works on').toBeGreaterThan(0);
    expect(callsSince('stopped'), 'the fenced one does not').toBe(0);
    await until('all are there', () => report().distinct === clicks);
    await world.settled();
    expect({ ...report(), byType: undefined, events: undefined }).toMatchObject({ accepted: clicks, distinct: clicks });
    expect(world.record('contacts', '503')).toMatchObject({ elido_recent_link_clicks: String(clicks) });
    expect(mostInTenSeconds()).toBeLessThanOrEqual(limit - sideCalls);
    expect(tookOverMs).toBeLessThan(takeoverMs);
  }, 180_000);

  it('one that is killed in a flood is replaced within seconds, again and again, and no ten seconds hold more calls than allowed', async () => {
    await begin(limit);
    const clicks = 150;
    await world.click(Array.from({ length: clicks }, (_, n) => ({ click_id: `kill-${n}`, eid: '503' })));
    let holder = 'first';
    let working = await start(holder);
    const takeovers: number[] = [];
    for (const next of ['second', 'third']) {
      await until(`${holder} writes`, () => eventsWritten(holder).length >= 5);
      const waiting = await start(next);
      const killedAt = performance.now();
      working.signal('SIGKILL');
      await until(`${next} took over`, () => callsOf(next).length > 0, takeoverMs + 20_000);
      takeovers.push((callsOf(next)[0]?.startedAt ?? 0) - killedAt);
      holder = next;
      working = waiting;
    }
    await until('all are there', () => report().distinct === clicks, 120_000);
    await world.settled();
    expect(report()).toMatchObject({ accepted: clicks, distinct: clicks });
    expect(Math.max(...takeovers)).toBeLessThan(takeoverMs);
    expect(mostInTenSeconds(), 'counted by HubSpot').toBeLessThanOrEqual(limit - sideCalls);
    expect(mostInTenSeconds(), 'and the budget was used').toBeGreaterThan((limit - sideCalls) / 2);
  }, 300_000);

  it('two whose clocks are ten minutes apart never work an account at once, lose nothing and keep the budget', async () => {
    await begin(roomyLimit);
    // The server is behind both, so that what it takes in is due for both of them.
    world.advance(-10 * 60_000);
    const portals = [820_001, 820_002, 820_003];
    const tenants = await Promise.all(portals.map(connectAnother));
    await start('ahead', 5 * 60_000);
    await start('behind', -5 * 60_000);
    const rounds = 30;
    for (let round = 0; round < rounds; round += 1) {
      await Promise.all(tenants.map((tenant, n) => oneClick(tenant, `round-${round}-${n}`, `q2-${portals[n]}`)));
      await sleep(600);
    }
    for (const portalId of portals)
      await until(`${portalId} has all`, () => report(portalId).distinct === rounds, 90_000);
    for (const portalId of portals) {
      expect(report(portalId)).toMatchObject({ accepted: rounds, distinct: rounds });
      expect(mostInTenSeconds(portalId)).toBeLessThanOrEqual(roomyLimit - sideCalls);
    }
    const accounts = [...new Set(ways.calls.map(({ account }) => account))];
    const handovers = accounts.map((account) => handoversOf(ways.calls.filter((call) => call.account === account)));
    expect(accounts).toHaveLength(portals.length);
    expect(handovers.flatMap(({ overlaps }) => overlaps)).toEqual([]);
    expect(
      handovers.reduce((sum, { count }) => sum + count, 0),
      'accounts went from one to the other',
    ).toBeGreaterThan(2);
  }, 240_000);

  async function connectAnother(portalId: number): Promise<Tenant> {
    world.sandbox.control.seed({
      portals: [
        {
          portalId,
          limits: { perTenSeconds: roomyLimit },
          contacts: [{ id: '501', properties: { email: 'c501@example.com' } }],
        },
      ],
    });
    const tenant = await world.server.makeTenant({ name: `Workspace ${portalId}` });
    await world.connect({ tenant, portalId });
    const link = { slug: `q2-${portalId}`, title: 'Q2', destination: 'https://www.example.com/' };
    await tenant.api.post('/v1/links').send(link).expect(201);
    return tenant;
  }

  async function oneClick(tenant: Tenant, click_id: string, slug: string): Promise<void> {
    await tenant.api.post('/v1/clicks').send({ click_id, slug, eid: '501' }).expect(202);
  }
});

function isOpen({ endedAt }: ForwardedCall): boolean {
  return endedAt === Infinity;
}

/** How often an account went from one process to another, and where a call began before the last one of the other had ended. */
function handoversOf(calls: ForwardedCall[]): { count: number; overlaps: string[] } {
  const inOrder = calls.toSorted((a, b) => a.startedAt - b.startedAt);
  const overlaps: string[] = [];
  let count = 0;
  for (const [at, call] of inOrder.entries()) {
    const before = inOrder[at - 1];
    if (before && before.by !== call.by) count += 1;
    const open = inOrder.slice(0, at).find((other) => other.by !== call.by && other.endedAt > call.startedAt);
    if (open) overlaps.push(`${open.by} ${open.route} / ${call.by} ${call.route}`);
  }
  return { count, overlaps };
}
