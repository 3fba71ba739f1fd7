// Whose click it was (product A5): every way to tell, and what the log says when there is none.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestWorld, testPortalId, type TestWorld } from '../helpers/start-test-world.ts';

const hourMs = 3600_000;

describe('whose click it was', () => {
  let world: TestWorld;
  const stateOf = async (eventId: string) => {
    const { state, reason, contactId } = await world.delivery(eventId);
    return { state, reason, contactId };
  };
  const submit = (submission: object) => world.tenant.api.post('/v1/form-submissions').send(submission).expect(202);
  beforeAll(async () => {
    world = await startTestWorld();
  });
  afterAll(() => world.close());

  it('a click without any identity is closed with the reason', async () => {
    await world.click([{ click_id: 'anonymous' }]);
    await world.settled();
    expect(await stateOf('anonymous')).toMatchObject({ state: 'skipped', reason: 'no_identity' });
  });

  it('an unknown contact id never creates a contact', async () => {
    const before = world.sandbox.control.dump(testPortalId).objects['contacts']?.records.length;
    await world.click([{ click_id: 'unknown-id', eid: '999999' }]);
    await world.settled();
    expect(await stateOf('unknown-id')).toMatchObject({ state: 'skipped', reason: 'eid_unknown' });
    expect(world.sandbox.control.dump(testPortalId).objects['contacts']?.records).toHaveLength(before ?? -1);
  });

  it('an eid that names another portal is left to that portal', async () => {
    await world.click([{ click_id: 'other-portal', eid: '777-501' }]);
    await world.settled();
    expect(await stateOf('other-portal')).toMatchObject({ state: 'skipped', reason: 'eid_other_portal' });
  });

  it('a gclid waits until a form submission tells the email, and then reaches the timeline', async () => {
    await world.click([{ click_id: 'ad', gclid: 'Cj0-1' }]);
    await world.settled();
    expect(await stateOf('ad')).toMatchObject({ state: 'waiting_contact' });
    await submit({ email: 'C503@example.com', gclid: 'Cj0-1' });
    await world.settled();
    expect(await stateOf('ad')).toMatchObject({ state: 'delivered', contactId: '503' });
    expect(world.eventsOf('contacts', '503')).toHaveLength(1);
  });

  it('a submission before the click matches too, the newest one of several', async () => {
    await submit({ email: 'c504@example.com', fbclid: 'fb.1', submitted_at: Date.now() - 2 * hourMs });
    await submit({ email: 'c505@example.com', fbclid: 'fb.1', submitted_at: Date.now() - hourMs });
    await world.click([{ click_id: 'facebook', fbclid: 'fb.1' }]);
    await world.settled();
    expect(await stateOf('facebook')).toMatchObject({ state: 'delivered', contactId: '505' });
  });

  it('a submission with an email that HubSpot does not know yet is asked for again until the contact is there', async () => {
    await submit({ email: 'new@example.com', gclid: 'Cj0-2' });
    await world.click([{ click_id: 'too-early', gclid: 'Cj0-2' }]);
    await world.settled();
    expect(await stateOf('too-early')).toMatchObject({ state: 'waiting_contact' });
    world.sandbox.control.seed({
      portals: [{ portalId: testPortalId, contacts: [{ id: '590', properties: { email: 'new@example.com' } }] }],
    });
    world.advance(60_000);
    await world.settled();
    expect(await stateOf('too-early')).toMatchObject({ state: 'delivered', contactId: '590' });
  });

  it('an Elido contact id works once it is linked', async () => {
    await world.click([{ click_id: 'elido', eid: 'customer-17' }]);
    await world.settled();
    expect(await stateOf('elido')).toMatchObject({ state: 'waiting_contact' });
    await world.tenant.api.put('/v1/contacts/customer-17').send({ hs_contact_id: '504' }).expect(200);
    await world.settled();
    expect(await stateOf('elido')).toMatchObject({ state: 'delivered', contactId: '504' });
  });

  it('after 72 hours the wait is closed as "no matching contact"', async () => {
    await world.click([{ click_id: 'never', gclid: 'Cj0-never' }]);
    await world.settled();
    world.advance(73 * hourMs);
    await world.settled();
    expect(await stateOf('never')).toMatchObject({ state: 'skipped', reason: 'no_matching_contact' });
  });

  it('after a merge the click reaches the survivor, with the clicks of both', async () => {
    await world.click([{ click_id: 'before-merge', eid: '501' }]);
    await world.settled();
    const survivor = await mergeInHubSpot(world, '502', '501');
    await world.click([{ click_id: 'after-merge', eid: '501' }]);
    await world.settled();
    expect(await stateOf('after-merge')).toMatchObject({ state: 'delivered', contactId: survivor });
    expect(world.record('contacts', survivor)['elido_recent_link_clicks']).toBe('2');
  });

  it('a bare contact id is refused as ambiguous when the workspace has two portals', async () => {
    world.sandbox.control.seed({
      portals: [
        { portalId: 71_000, name: 'Second', contacts: [{ id: '501', properties: { email: 'other@example.com' } }] },
      ],
    });
    await world.connect({ portalId: 71_000 });
    world.advance(5_000);
    await world.click([
      { click_id: 'which', eid: '503' },
      { click_id: 'named', eid: '71000-501' },
    ]);
    await world.settled();
    await world.settled(71_000);
    const deliveries = await world.server.context.store.deliveries.listOfEvent({
      workspaceId: world.tenant.workspaceId,
      eventId: 'which',
    });
    expect(deliveries.map(({ reason }) => reason)).toEqual(['eid_ambiguous', 'eid_ambiguous']);
    expect(world.eventsOf('contacts', '501', 71_000)).toHaveLength(1);
  });
});

async function mergeInHubSpot(
  { sandbox }: TestWorld,
  primaryObjectId: string,
  objectIdToMerge: string,
): Promise<string> {
  const token = 'journey-merge-token';
  sandbox.control.addPrivateToken({
    portalId: testPortalId,
    token,
    scopes: ['crm.objects.contacts.read', 'crm.objects.contacts.write'],
  });
  const reply = await fetch(`${sandbox.url}/crm/objects/2026-03/contacts/merge`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ primaryObjectId, objectIdToMerge }),
  });
  expect(reply.status).toBe(200);
  return ((await reply.json()) as { id: string }).id;
}
