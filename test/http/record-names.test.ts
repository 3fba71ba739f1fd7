// What contacts and deals are called, for pages that show deliveries and moves.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestWorld, type TestWorld } from '../helpers/start-test-world.ts';

let world: TestWorld;

beforeAll(async () => {
  world = await startTestWorld();
  await world.click([{ click_id: 'named-1', eid: '501' }]);
  await world.settled();
});
afterAll(() => world.close());

const names = (query: object) =>
  world.tenant.api.get(`/v1/connections/${world.connection._id}/record-names`).query(query);

describe('names of records', () => {
  it('are those that events last met, without a question to HubSpot', async () => {
    const before = world.sandbox.control.counts().total;
    const { body } = await names({ contact_ids: '501,505', deal_ids: '701,703' }).expect(200);
    expect(body).toEqual({ contacts: [{ id: '501', name: 'Contact 501' }], deals: [{ id: '701', name: 'Deal 701' }] });
    expect(world.sandbox.control.counts().total).toBe(before);
  });

  it('are no more after the contact was erased', async () => {
    const { context } = world.server;
    await context.store.seenRecords.removeContacts({ portalId: world.connection.portalId, contactIds: ['501'] });
    expect((await names({ contact_ids: '501' }).expect(200)).body.contacts).toEqual([]);
  });

  it('are asked for by at most a hundred ids, made of digits', async () => {
    const { body } = await names({ contact_ids: '501;drop' }).expect(400);
    expect(body.error.field).toBe('contact_ids');
    await names({ deal_ids: Array.from({ length: 101 }, (_, n) => n + 1).join(',') }).expect(400);
  });

  it('are not those of a connection of another workspace', async () => {
    const { api } = await world.server.makeTenant();
    await api.get(`/v1/connections/${world.connection._id}/record-names?contact_ids=501`).expect(404);
  });
});
