// HubSpot denies a right: it is said in words, the queue is kept, no call is spent on asking again and again, and it goes out afterwards.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requiredScopeNames } from '../../server/domain/scopes.ts';
import { installPortal } from '../helpers/install.ts';
import { startTestWorld, testAppId, testPortalId, until, type TestWorld } from '../helpers/start-test-world.ts';

describe('insufficient permissions', () => {
  let world: TestWorld;
  const health = async () => {
    const { body } = await world.tenant.api.get(`/v1/connections/${world.connection._id}`).expect(200);
    return body.health as { state: string; words: string; next_step: string };
  };
  const setScopes = (scopes: readonly string[]) =>
    world.sandbox.control.setScopes({ appId: testAppId, portalId: testPortalId, scopes: [...scopes] });
  const expectDelivered = (id: string) =>
    until(`${id} is delivered`, async () => (await world.delivery(id)).state === 'delivered');
  const blocked = (id: string) =>
    until(`${id} is kept`, async () => (await world.delivery(id)).state === 'blocked_auth');

  beforeEach(async () => {
    world = await startTestWorld();
  });
  afterEach(() => world.close());

  it('are shown with the missing scope, cost one refusal however many clicks come, and a reinstall flushes the queue', async () => {
    setScopes(requiredScopeNames.filter((scope) => scope !== 'crm.objects.contacts.read'));
    await world.click([{ click_id: 'first', eid: '501' }]);
    await blocked('first');
    const { reason, detail, attempts } = await world.delivery('first');
    expect({ reason, attempts }).toEqual({ reason: 'hubspot_insufficient_permissions', attempts: 0 });
    expect(detail).toContain('crm.objects.contacts.read');
    expect(await health()).toMatchObject({
      state: 'insufficient_permissions',
      words: 'Insufficient permissions: reconnect as a super admin.',
    });
    world.sandbox.control.clearLog();
    for (const id of ['second', 'third']) {
      await world.click([{ click_id: id, eid: '501' }]);
      await blocked(id);
    }
    expect(world.sandbox.control.log({ portalId: testPortalId })).toEqual([]);
    await installPortal({ ...world, tenant: world.tenant });
    await Promise.all(['first', 'second', 'third'].map(expectDelivered));
    expect(world.eventsOf('contacts', '501')).toHaveLength(3);
    expect(await health()).toMatchObject({ state: 'connected' });
  });

  it('that somebody puts right in HubSpot are noticed within the hour', async () => {
    setScopes(requiredScopeNames.filter((scope) => scope !== 'timeline' && !scope.includes('.write')));
    await world.click([{ click_id: 'waits', eid: '501' }]);
    await blocked('waits');
    setScopes(requiredScopeNames);
    world.advance(3600_000 + 60_000);
    await expectDelivered('waits');
    expect(await health()).toMatchObject({ state: 'connected' });
  });

  it('of one dialect are over with another', async () => {
    world.sandbox.control.addFault({
      path: '/integrators/timeline/2026-03/events/batch',
      action: { kind: 'status', status: 403 },
    });
    await world.click([{ click_id: 'denied', eid: '501' }]);
    await blocked('denied');
    await world.tenant.api.patch(`/v1/connections/${world.connection._id}`).send({ dialect: 'notes' }).expect(200);
    await expectDelivered('denied');
    expect(world.notesOf('contacts', '501')).toHaveLength(1);
    expect(await health()).toMatchObject({ state: 'connected' });
  });
});
