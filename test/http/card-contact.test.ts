// The contact card and the home page through the front door.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardContactSchema, cardHomeSchema } from '../../server/contract/card-reading.ts';
import { startCardWorld, type CardWorld } from '../helpers/card-world.ts';

let world: CardWorld;
const browser = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';

beforeAll(async () => {
  world = await startCardWorld();
  const { tenant, server } = world;
  const now = server.context.now();
  await world.click([
    { click_id: 'c-first', eid: '501', user_agent: browser, occurred_at: now - 3600_000, utm: { source: 'ad' } },
    { click_id: 'c-last', eid: '501', user_agent: browser, occurred_at: now - 60_000 },
    { click_id: 'c-robot', eid: '501', user_agent: 'curl/8.5.0' },
  ]);
  await world.settled();
  await tenant.api
    .post('/v1/conversions')
    .send({ conversion_id: 'cnv-1', name: 'Demo booked', value: 99, currency: 'EUR', hs_contact_id: '501' })
    .expect(202);
  await world.settled();
  await tenant.api.patch(`/v1/connections/${world.connection._id}`).send({ state: 'paused' }).expect(200);
  await world.click([{ click_id: 'c-paused', eid: '62515-501', user_agent: browser }]);
  await world.settled();
});
afterAll(() => world.close());

const contact = (query = '', call = {}) => world.asked(cardContactSchema, `/contacts/501${query}`, call);

describe('the contact card', () => {
  it('shows the history, the touches and the conversions', async () => {
    const card = await contact();
    expect(card.contact).toEqual({ id: '501', name: 'Contact 501' });
    expect(card.clicks).toEqual({ now: 2, before: 0, more: false });
    expect(card.recent.clicks.map(({ id }) => id)).toEqual(['c-last', 'c-first']);
    expect(card.touches.first).toMatchObject({ click_id: 'c-first', utm: { source: 'ad', term: null } });
    expect(card.touches.last).toMatchObject({ click_id: 'c-last', slug: 'q2-pricing', utm: { source: 'webinar' } });
    expect(card.conversions).toMatchObject([
      { id: 'cnv-1', name: 'Demo booked', value: 99, currency: 'EUR', state: 'delivered', link: null },
    ]);
  });

  it('says which clicks are missing on the timeline and why, and counts machines apart', async () => {
    const { missing, machine, connection } = await contact();
    expect(connection).toMatchObject({ state: 'paused', reason: 'connection_paused' });
    expect(missing.more).toBe(false);
    expect(missing.events).toMatchObject([{ id: 'c-paused', state: 'held', reason: 'connection_paused' }]);
    expect(missing.events[0]?.next).toContain('Resume');
    expect(machine).toEqual({ clicks: 1, more: false });
    expect((await contact('?verdict=machine')).recent.clicks.map(({ id }) => id)).toEqual(['c-robot']);
  });

  it('tells the story of an event of this account', async () => {
    const { status, body } = await world.card('/events/c-last/explanation');
    expect(status).toBe(200);
    expect((body as { answer: string }).answer).toContain('On the timeline of contact 501');
    expect(await world.refused('/events/c-none/explanation')).toBe('404 not_found');
  });

  it('is empty for somebody who never clicked', async () => {
    const { status, body } = await world.card('/contacts/505');
    expect(status).toBe(200);
    expect(cardContactSchema.parse(body)).toMatchObject({
      contact: { id: '505', name: null },
      clicks: { now: 0, before: 0 },
      touches: { first: null, last: null },
      conversions: [],
      missing: { events: [], more: false },
    });
  });

  it('answers for a merged contact under its former id', async () => {
    await world.server.context.store.contactMerges.save({ portalId: 62_515, from: ['777'], to: '501' });
    expect((await world.asked(cardContactSchema, '/contacts/777')).contact.id).toBe('501');
  });
});

describe('the home page', () => {
  it('shows the whole account and what needs somebody', async () => {
    const home = await world.asked(cardHomeSchema, '/home');
    expect(home.clicks.now).toBe(2);
    expect(home.machine.clicks).toBe(1);
    expect(home.contacts.map(({ contact: who, clicks }) => [who.name, clicks])).toEqual([['Contact 501', 2]]);
    expect(home.deals).toMatchObject([{ deal: { id: '701', name: 'Deal 701' }, clicks: 2 }]);
    expect(home.deals[0]?.deal.stage?.name).not.toBeNull();
    expect(home.queue).toMatchObject({ waiting: 1, blocked: 0, more: false });
    expect(home.problems.map(({ code }) => code)).toEqual(['paused']);
  });

  it('of an account that nobody uses says so', async () => {
    const home = await world.asked(cardHomeSchema, '/home', { portalId: 4_711 });
    expect(home.connection.state).toBe('not_connected');
    expect(home.problems.map(({ code }) => code)).toEqual(['not_connected']);
    expect(home.clicks).toEqual({ now: 0, before: 0, more: false });
  });

  it('of an account whose token is dead says what to do', async () => {
    const { portals } = world.server.context.store;
    const set = (state: 'connected' | 'needs_sign_in', reason: string | null) =>
      portals.setState({ portalId: 62_515, state, reason, now: world.server.context.now() });
    await set('needs_sign_in', 'hubspot_token_revoked');
    const home = await world.asked(cardHomeSchema, '/home');
    expect(home.connection).toMatchObject({ state: 'needs_sign_in', reason: 'hubspot_token_revoked' });
    expect(home.problems[0]).toMatchObject({ code: 'needs_sign_in' });
    expect((await contact()).clicks.now).toBe(2);
    await set('connected', null);
  });
});
