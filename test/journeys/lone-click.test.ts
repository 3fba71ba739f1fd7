// A click that comes alone asks for little, and what it does not ask for is not missed: settings of another process, workflows that
// begin to wait at the same moment, and what a hint tells while the portal is worked.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wakeOverdue } from '../../server/flows/wake-overdue.ts';
import { workPortal } from '../../server/jobs/portal-work.ts';
import { makeAnswerWatch } from '../../server/lib/answer-watch.ts';
import { openStore, type Store } from '../../server/store/store.ts';
import { startTestWorld, testPortalId, until, type TestWorld } from '../helpers/start-test-world.ts';

let world: TestWorld;
/** As another process has it. */
let elsewhere: Store;

beforeAll(async () => {
  world = await startTestWorld();
  elsewhere = await openStore({ uri: world.server.store.uri });
});
afterAll(async () => {
  await elsewhere.close();
  await world.close();
});

async function delivered(clickId: string, eid = '501'): Promise<void> {
  await world.click([{ click_id: clickId, eid }]);
  await until(`${clickId} is delivered`, async () => (await world.delivery(clickId)).state === 'delivered');
  await isLeft();
}

const portal = async () => {
  const found = await elsewhere.portals.find(testPortalId);
  if (!found) throw new Error('The portal is gone.');
  return found;
};
/** The lease was given back. */
const isLeft = () => until('the portal is left', async () => ((await portal()).lease?.until.getTime() ?? 0) === 0);

describe('a click that comes alone', () => {
  it('leaves behind what comes next, and the next one believes it', async () => {
    await delivered('first');
    const left = await portal();
    expect(left.agenda).toMatchObject({ lookedAt: expect.any(Date), recounts: expect.any(Date) });
    expect(left.workAt, 'the counter goes down one day').toEqual(left.agenda?.recounts);
    await delivered('second');
    expect((await portal()).agenda?.lookedAt).toEqual(left.agenda?.lookedAt);
  });

  it('heeds at once what was set in another process', async () => {
    const { _id: connectionId, workspaceId } = world.connection;
    const set = (state: 'paused' | 'active') =>
      elsewhere.connections.change({ workspaceId, connectionId, set: { state } });
    await set('paused');
    await world.click([{ click_id: 'paused', eid: '501' }]);
    await until('it is held', async () => (await world.delivery('paused')).state === 'held');
    await set('active');
    await delivered('resumed');
    await elsewhere.workspaces.setCountPolicy({ workspaceId, countPolicy: { countMachines: true, countUnsure: true } });
    await world.click([{ click_id: 'robot', eid: '501', user_agent: 'curl/8.5.0' }]);
    await until('machines count now', async () => (await world.delivery('robot')).state === 'delivered');
  });

  it('ends the wait of a workflow that began after the portal was read and before the click was taken', async () => {
    await delivered('before');
    await world.stopWorker();
    const { context } = world.server;
    await elsewhere.portals.wake({ portalIds: [testPortalId], at: context.now() });
    const stale = await elsewhere.portals.claim({ owner: 'slow', ttlMs: 15_000, now: context.now() });
    if (!stale) throw new Error('The portal could not be claimed.');
    expect(stale.lease?.agenda?.waits, 'no workflow is known to wait').toBeUndefined();

    const until7 = context.now() + 7 * 24 * 3600_000;
    await elsewhere.actionWaits.save({
      _id: elsewhere.actionWaits.waitId(testPortalId, 'cb-1'),
      portalId: testPortalId,
      callbackId: 'cb-1',
      contactId: '502',
      link: null,
      tag: null,
      since: new Date(context.now()),
      until: new Date(until7),
      click: null,
      dueAt: new Date(until7),
      doneAt: null,
      attempts: 0,
    });
    await elsewhere.portals.wake({ portalIds: [testPortalId], at: until7, kind: 'waits' });
    await world.click([{ click_id: 'waited-for', eid: '502' }]);
    const [signal, leave] = [new AbortController().signal, new AbortController().signal];
    await workPortal(context, stale, { signal, leave, answers: makeAnswerWatch(), isCrowded: () => false });

    expect((await world.delivery('waited-for')).state).toBe('delivered');
    const waits = await world.server.store.client.db().collection('action_waits').find({}).toArray();
    expect(waits).toMatchObject([{ callbackId: 'cb-1', click: { link: 'q2-pricing' } }]);
    world.startWorker();
  });

  it('is delivered though its hint was lost', async () => {
    await isLeft();
    const sample = await world.delivery('second');
    const lost = { ...sample, _id: `lost@${world.connection._id}`, eventId: 'lost', state: 'queued' as const };
    const click = sample.kind === 'click' ? { ...sample.click, clickId: 'lost' } : null;
    const again = { ...lost, click, sends: [], dueAt: new Date(world.server.context.now() - 20_000), contactId: null };
    await elsewhere.deliveries.insertNew([again as typeof sample]);
    await wakeOverdue(world.server.context);
    await until('it is delivered', async () => (await world.delivery('lost')).state === 'delivered');
  });
});
