// HubSpot's own meter is the witness: whatever process calls, whoever holds the portal, and whatever clock it has, no ten seconds hold more
// calls than allowed.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askPortal } from '../../server/flows/ask-portal.ts';
import { readAccount } from '../../server/hubspot/account.ts';
import { startWorker, type Worker } from '../../server/jobs/worker.ts';
import { silentLog } from '../../server/lib/log.ts';
import { makeContext } from '../../server/make-context.ts';
import { startTestWorld, testPortalId, until, type TestWorld } from '../helpers/start-test-world.ts';

const limit = 40;

describe('the budget of a portal', () => {
  let world: TestWorld;
  const refusals = () => world.sandbox.control.log({ status: 429, limit: 1_000 });
  const mostInTenSeconds = () =>
    world.sandbox.control.counts().loads.find(({ portalId }) => portalId === testPortalId)?.maxCallsInTenSeconds ?? 0;

  beforeEach(async () => {
    world = await startTestWorld({
      env: {
        HUBSPOT_CALLS_PER_10S: String(limit),
        HUBSPOT_CALL_RESERVE: '5',
        HUBSPOT_SIDE_CALLS: '8',
        EVENT_GROUP_SIZE: '1',
      },
      portal: { limits: { perTenSeconds: limit } },
    });
  });
  afterEach(() => world.close());

  it('of the side that our own callers have used up is 429 with the time to wait, and no fault of the server', async () => {
    const tryIt = `/v1/connections/${world.connection._id}/field-mapping/try`;
    const replies = await Promise.all(
      Array.from({ length: 30 }, () => world.tenant.api.post(tryIt).send({ contact_id: '501' })),
    );
    const refused = replies.filter(({ status }) => status !== 200);
    expect(refused.length).toBeGreaterThan(0);
    for (const { status, body, headers } of refused) {
      expect({ status, code: body.error.code }).toEqual({ status: 429, code: 'rate_limited' });
      expect(headers['retry-after']).toBe('10');
    }
    expect(refusals()).toEqual([]);
  });

  it('holds while the portal moves between processes with wrong clocks and others call on the side', async () => {
    await world.stopWorker();
    const { context } = world.server;
    const contexts = await Promise.all(
      [0, 7_000, -7_000].map((skewMs) => anotherProcess(() => context.now() + skewMs)),
    );
    const endAt = performance.now() + 24_000;
    const calls = contexts.map(async ({ context: each }) => {
      let made = 0;
      while (performance.now() < endAt) {
        const asked = await readAccount(askPortal(each, testPortalId)).then(
          () => 1,
          () => 0,
        );
        made += asked;
      }
      return made;
    });
    let turn = 0;
    while (performance.now() < endAt) {
      const holder = contexts[turn++ % contexts.length];
      if (!holder) break;
      await world.click([1, 2, 3, 4].map((index) => ({ click_id: `c${turn}-${index}`, eid: '503' })));
      const worker: Worker = startWorker(holder.context, { idleMs: 20 });
      await sleep(400);
      await worker.stop();
    }
    const made = await Promise.all(calls);
    expect(made.every((count) => count > 0)).toBe(true);
    expect(refusals()).toEqual([]);
    expect(mostInTenSeconds()).toBeLessThanOrEqual(limit - 5);
    expect(mostInTenSeconds()).toBeGreaterThan((limit - 5) / 2);
    for (const { close } of contexts) await close();
  });

  it.each([
    ['TEN_SECONDLY_ROLLING', undefined],
    ['SECONDLY', undefined],
    ['DAILY', undefined],
    ['TEN_SECONDLY_ROLLING', 3],
  ] as const)('a 429 of %s (Retry-After %s) costs no attempt and no event', async (policy, retryAfterSeconds) => {
    const fault = world.sandbox.control.addFault({
      path: '/integrators/timeline/2026-03/events/batch',
      count: 1,
      action: { kind: 'rate-limit', policy, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) },
    });
    await world.click([{ click_id: 'limited', eid: '503' }]);
    await until('it is held', async () => (await world.delivery('limited')).state === 'held');
    expect(await world.delivery('limited')).toMatchObject({ reason: 'hubspot_rate_limited', attempts: 0 });
    world.sandbox.control.clearFaults(fault.id);
    const { dueAt } = await world.delivery('limited');
    const waitMs = (dueAt?.getTime() ?? 0) - world.server.context.now();
    expect(waitMs).toBeGreaterThan(policy === 'DAILY' ? 3_000_000 : 0);
    expect(waitMs).toBeLessThanOrEqual(policy === 'DAILY' ? 3_600_000 : 10_000);
  });

  it('an account that HubSpot moves (477) is left in peace, and nothing is lost', async () => {
    world.sandbox.control.addFault({ path: '/**', count: 1, action: { kind: 'migration', retryAfterSeconds: 2 } });
    await world.click([{ click_id: 'moving', eid: '503' }]);
    await until('it is held', async () => (await world.delivery('moving')).state === 'held');
    expect(await world.delivery('moving')).toMatchObject({ reason: 'hubspot_migrating', attempts: 0 });
    world.advance(3_000);
    await until('it is delivered', async () => (await world.delivery('moving')).state === 'delivered');
  });

  /** Another process on the same store: its own memory, governor and clock. */
  function anotherProcess(now: () => number): ReturnType<typeof makeContext> {
    const { config, store } = world.server.context;
    const encryptionKeys = world.server.encryptionKeys;
    return makeContext({ config, store, log: silentLog, encryptionKeys, now });
  }
});
