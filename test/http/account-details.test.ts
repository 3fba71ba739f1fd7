// What the console says of an account: what contacts and deals are called, and how it was prepared.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestProvisioning } from '../../server/flows/provision.ts';
import { startTestWorld, until, type TestWorld } from '../helpers/start-test-world.ts';

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
    const { status } = await api.get(`/v1/connections/${world.connection._id}/record-names?contact_ids=501`);
    expect(status).toBe(404);
  });
});

it('the preparation of an account that workspaces share names each step once', async () => {
  const { server, connection, connect } = world;
  await connect({ tenant: await server.makeTenant({ name: 'Shares the account' }) });
  await connect({ tenant: await server.makeTenant({ name: 'Writes notes' }), dialect: 'notes' });
  await requestProvisioning(server.context, connection.portalId);
  const shown = async () => (await world.tenant.api.get(`/v1/connections/${connection._id}`).expect(200)).body;
  await world.click([{ click_id: 'named-2', eid: '501' }]);
  await until('it is prepared again', async () => (await shown()).provisioning.state === 'ready');
  const names = (await shown()).provisioning.steps.map(({ name }: { name: string }) => name);
  expect(names.filter((name: string) => name.startsWith('Event types'))).toEqual([
    'Event types (app_events)',
    'Event types (notes)',
  ]);
  expect(new Set(names).size).toBe(names.length);
});
