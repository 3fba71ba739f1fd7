// What waits for somebody or something is looked at now and then, and rests in between: no call is spent on waiting.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestWorld, testPortalId, until, type TestWorld } from '../helpers/start-test-world.ts';

const hourMs = 3600_000;

describe('what waits', () => {
  let world: TestWorld;
  const isFuture = async (eventId: string) => {
    const { dueAt } = await world.delivery(eventId);
    return dueAt !== null && dueAt.getTime() > world.server.context.now();
  };
  beforeEach(async () => {
    world = await startTestWorld();
  });
  afterEach(() => world.close());

  it('rests on a paused connection between two looks, and goes out when it is resumed', async () => {
    const connection = `/v1/connections/${world.connection._id}`;
    await world.tenant.api.patch(connection).send({ state: 'paused' }).expect(200);
    await world.click([{ click_id: 'paused', eid: '501' }]);
    await until('it is held', async () => (await world.delivery('paused')).state === 'held');
    world.advance(hourMs + 60_000);
    await until('it is looked at and rests again', () => isFuture('paused'));
    await world.tenant.api.patch(connection).send({ state: 'active' }).expect(200);
    await until('it is delivered', async () => (await world.delivery('paused')).state === 'delivered');
  });

  it('rests while rights are missing, with a handful of calls per look', async () => {
    const path = '/crm/objects/2026-03/contacts/batch/read';
    const fault = world.sandbox.control.addFault({ path, action: { kind: 'status', status: 403 } });
    await world.click([{ click_id: 'no-rights', eid: '501' }]);
    await until('it is blocked', async () => (await world.delivery('no-rights')).state === 'blocked_auth');
    world.sandbox.control.clearLog();
    world.advance(hourMs + 60_000);
    await until('it is looked at and rests again', () => isFuture('no-rights'));
    await sleep(300);
    const calls = world.sandbox.control.counts().counts.filter(({ portalId }) => portalId === testPortalId);
    expect(calls.reduce((sum, each) => sum + each.calls, 0)).toBeLessThan(5);
    world.sandbox.control.clearFaults(fault.id);
    world.advance(hourMs + 60_000);
    await until('it is delivered', async () => (await world.delivery('no-rights')).state === 'delivered');
    expect(world.eventsOf('contacts', '501')).toHaveLength(1);
  });

  it('after a restored backup, what HubSpot has already is not written again and what it lacks is', async () => {
    await world.click([{ click_id: 'old', eid: '503' }]);
    await world.settled();
    await world.stopWorker();
    await restoreAsQueued('old');
    await world.click(['a', 'b', 'c'].map((click_id) => ({ click_id, eid: '503' })));
    world.startWorker();
    await world.settled();
    expect(world.eventsOf('contacts', '503')).toHaveLength(4);
  });

  /** The store as a backup would have it: the delivery is there, and nothing says that it was sent. */
  async function restoreAsQueued(eventId: string): Promise<void> {
    const { default: mongoose } = await import('mongoose');
    const connection = await mongoose.createConnection(world.server.store.uri).asPromise();
    const dueAt = new Date(world.server.context.now());
    await connection
      .collection('deliveries')
      .updateOne({ eventId }, { $set: { state: 'queued', sends: [], deliveredAt: null, dueAt } });
    await connection.close();
  }
});
