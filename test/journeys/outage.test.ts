// HubSpot does not serve an account for a while: the account rests instead of asking again and again, and everything arrives afterwards.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestWorld, testPortalId, until, type TestWorld } from '../helpers/start-test-world.ts';

describe('an account that HubSpot does not serve', () => {
  let world: TestWorld;
  const breaker = async () => (await world.server.context.store.portals.find(testPortalId))?.breaker;
  const calls = () => world.sandbox.control.log({ portalId: testPortalId, limit: 5_000 }).length;

  beforeEach(async () => {
    world = await startTestWorld();
  });
  afterEach(() => world.close());

  it('rests after five failed batches, and one click goes ahead when it is over', async () => {
    world.sandbox.control.addFault({ path: '/**', portalId: testPortalId, action: { kind: 'status', status: 503 } });
    for (let batch = 1; batch <= 5; batch += 1) {
      await world.click([{ click_id: `failed-${batch}`, eid: '503' }]);
      await until('the failure is seen', async () => (await breaker())?.failures === batch);
    }
    expect((await breaker())?.openUntil).not.toBeNull();
    const before = calls();
    await world.click(['a', 'b', 'c'].map((click_id) => ({ click_id, eid: '503' })));
    await until('the worker has looked', async () => {
      const portal = await world.server.context.store.portals.find(testPortalId);
      return portal?.workAt !== undefined && portal.workAt.getTime() > world.server.context.now();
    });
    expect(calls(), 'nothing is asked while it rests').toBe(before);
    expect(await world.delivery('a')).toMatchObject({ state: 'queued', attempts: 0 });
    world.sandbox.control.clearFaults();
    world.advance(60_000);
    for (const id of ['failed-1', 'failed-5', 'a', 'c'])
      await until(`${id} is delivered`, async () => (await world.delivery(id)).state === 'delivered');
    expect(await breaker()).toBeUndefined();
    const text = await world.server.context.metrics.registry.metrics();
    expect(text).toContain('circuit_breaker_changes_total{to="open"} 1');
    expect(text).toContain('circuit_breaker_changes_total{to="closed"} 1');
  });
});
