// HubSpot misbehaves: every accepted click still arrives once, and the log says why it took longer.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestWorld, testAppId, testPortalId, until, type TestWorld } from '../helpers/start-test-world.ts';

type Fault = Parameters<TestWorld['sandbox']['control']['addFault']>[0];

describe('when HubSpot misbehaves', () => {
  let world: TestWorld;
  const events = '/integrators/timeline/2026-03/events/batch';
  const stateOf = async (eventId: string) => {
    const { state, reason, attempts } = await world.delivery(eventId);
    return { state, reason, attempts };
  };
  /** Clicks, looks at the log, repairs HubSpot, waits out the pause, and sees the click on the timeline once. */
  const survives = async (fault: Fault, seen: object) => {
    const { id } = world.sandbox.control.addFault(fault);
    await world.click([{ click_id: 'one', eid: '501' }]);
    await until('the failure is in the log', async () => {
      const delivery = await world.delivery('one');
      return delivery.state !== 'queued';
    });
    expect(await stateOf('one')).toMatchObject(seen);
    world.sandbox.control.clearFaults(id);
    world.advance(30_000);
    await until('it is delivered', async () => (await world.delivery('one')).state === 'delivered');
    expect(world.eventsOf('contacts', '501')).toHaveLength(1);
    expect(world.eventsOf('deals', '701')).toHaveLength(1);
    expect(world.record('contacts', '501')['elido_recent_link_clicks']).toBe('1');
  };
  beforeEach(async () => {
    world = await startTestWorld();
  });
  afterEach(() => world.close());

  it('a 500 is tried again', () =>
    survives(
      { path: events, action: { kind: 'status', status: 500 } },
      { state: 'retrying', reason: 'hubspot_unavailable' },
    ));

  it('a reply that got lost after the work was done is not written twice', () =>
    survives(
      { path: events, action: { kind: 'close', when: 'after' } },
      { state: 'retrying', reason: 'hubspot_outcome_unknown' },
    ));

  it('a 429 on the contact read is not "no such contact", and costs no attempt', () =>
    survives(
      {
        path: '/crm/objects/2026-03/contacts/batch/read',
        action: { kind: 'rate-limit', policy: 'TEN_SECONDLY_ROLLING', retryAfterSeconds: 1 },
      },
      { state: 'held', reason: 'hubspot_rate_limited', attempts: 0 },
    ));

  it('a failure after the timeline was written repeats the counters only', () =>
    survives(
      { path: '/crm/objects/2026-03/contacts/batch/update', action: { kind: 'status', status: 503 } },
      { state: 'retrying', reason: 'hubspot_unavailable' },
    ));

  it('one event that HubSpot refuses does not hold up the others of its batch', async () => {
    await world.stopWorker();
    const clicks = Array.from({ length: 20 }, (_, index) => ({ click_id: `c${index}`, eid: '503' }));
    await world.click(clicks);
    await poison('c7');
    world.startWorker();
    await world.settled();
    expect(await stateOf('c7')).toMatchObject({ state: 'dead', reason: 'hubspot_validation' });
    expect(world.eventsOf('contacts', '503')).toHaveLength(19);
  });

  it('a property that somebody deleted is created again, and its value is written', async () => {
    await archiveProperty('elido_last_utm_source');
    await world.click([{ click_id: 'repair', eid: '501' }]);
    await until('the failure is seen', async () => (await world.delivery('repair')).state === 'retrying');
    world.advance(30_000);
    await until('it is delivered', async () => (await world.delivery('repair')).state === 'delivered');
    expect(world.record('contacts', '501')['elido_last_utm_source']).toBe('webinar');
    expect(world.eventsOf('contacts', '501')).toHaveLength(1);
  });

  it('an uninstalled app stops sending at once, keeps the queue, and a reinstall flushes it', async () => {
    world.sandbox.control.uninstall({ appId: testAppId, portalId: testPortalId });
    await world.click([{ click_id: 'kept', eid: '501' }]);
    await until('the portal is known to be uninstalled', async () => {
      const portal = await world.server.context.store.portals.find(testPortalId);
      return portal?.state === 'uninstalled';
    });
    await until('the click is kept', async () => (await world.delivery('kept')).state === 'blocked_auth');
    expect(await stateOf('kept')).toMatchObject({ reason: 'hubspot_token_revoked', attempts: 0 });
    await world.click([{ click_id: 'later', eid: '501' }]);
    await world.connect({});
    await world.server.context.store.deliveries.release({
      filter: { portalId: testPortalId, state: 'blocked_auth' },
      now: world.server.context.now(),
    });
    await until('both are delivered', async () => {
      const [kept, later] = [await world.delivery('kept'), await world.delivery('later')];
      return kept.state === 'delivered' && later.state === 'delivered';
    });
    expect(world.eventsOf('contacts', '501')).toHaveLength(2);
  });

  it('an expired access token costs one refresh and no click', async () => {
    world.advance(31 * 60_000);
    await world.click(Array.from({ length: 30 }, (_, index) => ({ click_id: `t${index}`, eid: '501' })));
    await world.settled();
    expect(world.eventsOf('contacts', '501')).toHaveLength(30);
    const refreshes = world.sandbox.control.counts().counts.filter(({ route }) => route.includes('/token'));
    expect(refreshes.reduce((sum, { calls }) => sum + calls, 0)).toBe(1);
  });

  /** A title that is longer than HubSpot takes: the store has it already, so the API's own limit is passed by. */
  async function poison(eventId: string): Promise<void> {
    const { uri } = world.server.store;
    const { default: mongoose } = await import('mongoose');
    const connection = await mongoose.createConnection(uri).asPromise();
    await connection
      .collection('deliveries')
      .updateOne({ eventId }, { $set: { 'click.link.title': 'x'.repeat(600_000) } });
    await connection.close();
  }

  async function archiveProperty(name: string): Promise<void> {
    const token = 'journey-schema-token';
    world.sandbox.control.addPrivateToken({ portalId: testPortalId, token, scopes: ['crm.schemas.contacts.write'] });
    const reply = await fetch(`${world.sandbox.url}/crm/properties/2026-03/contacts/${name}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(reply.status).toBe(204);
  }
});
