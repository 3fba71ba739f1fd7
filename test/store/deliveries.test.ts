// Deliveries in the database: a resend is the same delivery, what is delivered stays so, and what waits can be woken.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Delivery, DeliveryState } from '../../server/domain/delivery.ts';
import { deliveryStates, statesBefore } from '../../server/domain/delivery.ts';
import type { Deliveries, DeliveryPlan } from '../../server/store/deliveries.ts';
import { startTestStore, type TestStore } from '../helpers/start-test-store.ts';
import { countedDelivery, delivery, later, now, portalId, settlement } from './samples.ts';

let db: TestStore;
let deliveries: Deliveries;

beforeAll(async () => {
  db = await startTestStore();
  ({ deliveries } = db.store);
});
beforeEach(() => db.client.db().collection('deliveries').deleteMany({}));
afterAll(() => db.close());

async function stored(id: string): Promise<Delivery> {
  const [found] = await deliveries.findMany([`${id}@con_1`]);
  if (!found) throw new Error(`There is no delivery of ${id}.`);
  return found;
}

const idsOf = (found: Delivery[]) => found.map(({ eventId }) => eventId);
const send = { target: 'contact', group: 'grp_1', groupSize: 1, done: false };
const plan = (id: string, changes: Partial<DeliveryPlan> = {}): DeliveryPlan => {
  return { id: `${id}@con_1`, contactId: '501', dealIds: [], sends: [send], counted: true, verdict: null, ...changes };
};

describe('inserting', () => {
  it('keeps a delivery as it was made', async () => {
    const made = delivery('a');
    expect(await deliveries.insertNew([made])).toEqual([]);
    expect(await stored('a')).toEqual(made);
  });

  it('names those that were there before, stores the others, and changes nothing of the old', async () => {
    await deliveries.insertNew([delivery('old', { attempts: 5 }), delivery('older')]);
    const again = ['new', 'old', 'newer', 'older'].map((id) => delivery(id));
    expect((await deliveries.insertNew(again)).sort()).toEqual(['old@con_1', 'older@con_1']);
    expect((await stored('old')).attempts).toBe(5);
    expect((await stored('newer')).state).toBe('queued');
  });

  it('of the same delivery from many processes at once stores one, and tells all others', async () => {
    const known = await Promise.all(Array.from({ length: 8 }, () => deliveries.insertNew([delivery('a')])));
    expect(known.filter((ids) => ids.length === 0)).toHaveLength(1);
    expect(known.flat()).toEqual(Array.from({ length: 7 }, () => 'a@con_1'));
  });

  it('of a thousand with a few known ones names exactly those', async () => {
    const all = Array.from({ length: 1_000 }, (_, at) => delivery(`c${at}`));
    const before = all.filter((_, at) => at % 97 === 0);
    await deliveries.insertNew(before);
    const known = await deliveries.insertNew(all);
    expect(new Set(known)).toEqual(new Set(before.map(({ _id }) => _id)));
    expect(await db.client.db().collection('deliveries').countDocuments({})).toBe(1_000);
  });

  it('throws what is not a duplicate: nothing may be taken for stored', async () => {
    const tooLarge = delivery('big', { detail: 'x'.repeat(17_000_000) });
    await expect(deliveries.insertNew([tooLarge])).rejects.toThrow(/larger|too large|size/i);
  });

  it('digests tell a resend from another event of the same name', async () => {
    await deliveries.insertNew([delivery('a', { digest: 'one' })]);
    expect(await deliveries.digestsOf(['a@con_1', 'b@con_1'])).toEqual(new Map([['a@con_1', 'one']]));
    expect(await deliveries.digestsOf([])).toEqual(new Map());
  });
});

describe('reading', () => {
  it('lists the deliveries of one event, and of no event that begins alike', async () => {
    const other = { _id: 'a@con_2', connectionId: 'con_2' };
    await deliveries.insertNew([delivery('a'), delivery('a', other), delivery('ab'), delivery('a~'), delivery('A')]);
    const found = await deliveries.listOfEvent({ workspaceId: 'ws_1', eventId: 'a' });
    expect(found.map(({ _id }) => _id).sort()).toEqual(['a@con_1', 'a@con_2']);
  });

  it('takes what is due, longest due first, of one portal, and not more than asked', async () => {
    const due = (id: string, at: number) => delivery(id, { dueAt: new Date(at) });
    await deliveries.insertNew([
      due('second', now - 5),
      due('first', now - 9),
      due('third', now),
      due('future', now + 1),
      delivery('closed', { dueAt: null, state: 'skipped' }),
      delivery('elsewhere', { portalId: 1 }),
    ]);
    expect(idsOf(await deliveries.takeDue({ portalId, now, limit: 10 }))).toEqual(['first', 'second', 'third']);
    expect(idsOf(await deliveries.takeDue({ portalId, now, limit: 2 }))).toEqual(['first', 'second']);
    expect(await deliveries.nextDueAt(portalId)).toBe(now - 9);
    expect(await deliveries.nextDueAt(404)).toBeNull();
  });

  it('finds the clicks around a click by who it was and when, in one workspace', async () => {
    const by = (id: string, who: string | null, at: number, workspaceId = 'ws_1') =>
      delivery(id, { who, occurredAt: new Date(at), workspaceId });
    await deliveries.insertNew([
      by('in', '501', now),
      by('edge', '501', now + 10),
      by('late', '501', now + 11),
      by('other', '502', now),
      by('nobody', null, now),
      by('foreign', '501', now, 'ws_2'),
    ]);
    const around = { workspaceId: 'ws_1', who: ['501'], from: now, to: now + 10 };
    const found = await deliveries.clicksAround({ ...around, limit: 10 });
    expect(found.map(({ clickId }) => clickId).sort()).toEqual(['edge', 'in']);
    expect(await deliveries.clicksAround({ ...around, limit: 1 })).toHaveLength(1);
  });
});

describe('settling', () => {
  const moves = deliveryStates.flatMap((from) =>
    deliveryStates.map((to): [DeliveryState, DeliveryState] => [from, to]),
  );

  it.each(moves)('%s to %s happens only where the moves allow it', async (from, to) => {
    await deliveries.insertNew([delivery('a', { state: from })]);
    await deliveries.settle({ settlements: [settlement('a', { state: to, attempts: 9 })], now });
    const { state, attempts } = await stored('a');
    const allowed = statesBefore(to).includes(from);
    expect([state, attempts]).toEqual(allowed ? [to, 9] : [from, 0]);
  });

  it('what is delivered stays delivered, with its time, whatever comes later', async () => {
    await deliveries.insertNew([delivery('a')]);
    await deliveries.settle({ settlements: [settlement('a')], now });
    const first = await stored('a');
    const late = deliveryStates.map((state) => settlement('a', { state, dueAt: new Date(later), attempts: 7 }));
    for (const one of late) await deliveries.settle({ settlements: [one], now: later });
    await deliveries.recordPlans([plan('a', { contactId: '999' })], 1);
    await deliveries.release({ filter: { portalId, state: 'blocked_auth' }, now: later });
    expect(await stored('a')).toEqual(first);
    expect(first).toMatchObject({ state: 'delivered', deliveredAt: new Date(now), dueAt: null });
  });

  it('many at once, each its own way', async () => {
    const names = Array.from({ length: 60 }, (_, at) => `c${at}`);
    await deliveries.insertNew(names.map((id) => delivery(id)));
    const wayOf = (at: number) =>
      [
        { state: 'delivered' as const },
        { state: 'retrying' as const, reason: 'hubspot_unavailable' as const, dueAt: new Date(later) },
        { state: 'skipped' as const, reason: 'no_identity' as const },
        { state: 'waiting_contact' as const, matchKeys: [`gclid:${at}`], dueAt: new Date(later) },
      ][at % 4];
    await deliveries.settle({ settlements: names.map((id, at) => settlement(id, wayOf(at))), now });
    for (const [at, id] of names.entries()) expect(await stored(id)).toMatchObject({ ...wayOf(at) });
    expect(await deliveries.takeDue({ portalId, now, limit: 100 })).toEqual([]);
  });

  it('what was not said to change stays: the sends and the keys', async () => {
    await deliveries.insertNew([delivery('a', { sends: [send], matchKeys: ['gclid:g'] })]);
    await deliveries.settle({ settlements: [settlement('a', { state: 'held' })], now });
    expect(await stored('a')).toMatchObject({ sends: [send], matchKeys: ['gclid:g'], deliveredAt: null });
  });
});

describe('a plan', () => {
  it('is written down for open deliveries and no others', async () => {
    await deliveries.insertNew([delivery('open'), delivery('closed', { state: 'skipped', dueAt: null })]);
    await deliveries.recordPlans([plan('open'), plan('closed')], 1);
    expect(await stored('open')).toMatchObject({ contactId: '501', counted: true, sends: [send] });
    expect(await stored('closed')).toMatchObject({ contactId: null, counted: false, sends: [] });
  });

  it('of a process that lost its lease is refused, and so is what it makes of the delivery afterwards', async () => {
    await deliveries.insertNew([delivery('a')]);
    expect(await deliveries.recordPlans([plan('a')], 6)).toBe(true);
    expect(await deliveries.recordPlans([plan('a', { contactId: '999' })], 5)).toBe(false);
    const late = settlement('a', { state: 'retrying', attempts: 7, dueAt: new Date(later), sends: [] });
    await deliveries.settle({ settlements: [late], now, fence: 5 });
    expect(await stored('a')).toMatchObject({ state: 'queued', attempts: 0, contactId: '501', sends: [send] });
    expect(await deliveries.recordPlans([plan('a')], 6), 'the holder itself goes on').toBe(true);
    await deliveries.settle({ settlements: [settlement('a')], now, fence: 6 });
    expect(await stored('a')).toMatchObject({ state: settlement('a').state });
  });
});

describe('releasing', () => {
  const released = { state: 'queued', reason: null, detail: null, dueAt: new Date(later) };

  it('after signing in again: what is blocked in this portal, and nothing else', async () => {
    const blocked = { state: 'blocked_auth' as const, reason: 'hubspot_token_revoked' as const, detail: 'x' };
    await deliveries.insertNew([
      delivery('a', blocked),
      delivery('b', { ...blocked, portalId: 1 }),
      delivery('c', { state: 'retrying', attempts: 3 }),
    ]);
    expect(await deliveries.release({ filter: { portalId, state: 'blocked_auth' }, now: later })).toBe(1);
    expect(await stored('a')).toMatchObject(released);
    expect((await stored('b')).state).toBe('blocked_auth');
    expect(await stored('c')).toMatchObject({ state: 'retrying', dueAt: new Date(now) });
  });

  it('after resuming: what is held on this connection, and on no other', async () => {
    await deliveries.insertNew([
      delivery('a', { state: 'held', reason: 'connection_paused' }),
      delivery('b', { state: 'held', reason: 'connection_paused', connectionId: 'con_2' }),
    ]);
    const filter = { portalId, connectionId: 'con_1', state: 'held', reason: 'connection_paused' } as const;
    expect(await deliveries.release({ filter, now: later })).toBe(1);
    expect([(await stored('a')).state, (await stored('b')).state]).toEqual(['queued', 'held']);
  });

  it('by a key: what waits for it, in this workspace', async () => {
    const waiting = (id: string, matchKeys: string[], changes: Partial<Delivery> = {}) =>
      delivery(id, { state: 'waiting_contact', reason: 'waiting_for_contact', matchKeys, ...changes });
    await deliveries.insertNew([
      waiting('one', ['gclid:g', 'eid:jane']),
      waiting('two', ['eid:jane'], { portalId: 1 }),
      waiting('other', ['gclid:other']),
      waiting('foreign', ['gclid:g'], { workspaceId: 'ws_2', portalId: 2 }),
      waiting('over', ['gclid:g'], { state: 'skipped', dueAt: null, portalId: 3 }),
    ]);
    const key = { workspaceId: 'ws_1', matchKeys: ['gclid:g', 'eid:jane'] };
    expect((await deliveries.portalsWaitingFor(key)).sort((a, b) => a - b)).toEqual([1, portalId]);
    expect(await deliveries.release({ filter: { ...key, state: 'waiting_contact' }, now: later })).toBe(2);
    expect(await stored('one')).toMatchObject(released);
    expect([(await stored('other')).state, (await stored('foreign')).state]).toEqual([
      'waiting_contact',
      'waiting_contact',
    ]);
    expect((await stored('over')).state).toBe('skipped');
  });
});

describe('counting', () => {
  const day = 24 * 3600_000;

  beforeEach(async () => {
    await deliveries.insertNew([
      countedDelivery('a', '501', ['701', '702']),
      countedDelivery('b', '501', ['701'], now - day),
      countedDelivery('c', '502', ['701']),
      countedDelivery('old', '501', ['701'], now - 30 * day - 1),
      delivery('machine', { contactId: '501', dealIds: ['701'] }),
      { ...countedDelivery('elsewhere', '501', ['701']), portalId: 1 },
    ]);
  });

  it('by contact: counted clicks within the window, and the oldest of them', async () => {
    const counts = await deliveries.countByContact({
      portalId,
      contactIds: ['501', '502', '503'],
      since: now - 30 * day,
    });
    expect(counts).toEqual(
      new Map([
        ['501', { clicks: 2, oldestAt: now - day }],
        ['502', { clicks: 1, oldestAt: now }],
      ]),
    );
  });

  it('a click in the very first moment of the window counts', async () => {
    const counts = await deliveries.countByContact({ portalId, contactIds: ['501'], since: now - 30 * day - 1 });
    expect(counts.get('501')?.clicks).toBe(3);
  });

  it('by deal: a click counts on each of its deals, and only on those asked for', async () => {
    const since = now - 30 * day;
    expect(await deliveries.countByDeal({ portalId, dealIds: ['701'], since })).toEqual(new Map([['701', 3]]));
    expect(await deliveries.countByDeal({ portalId, dealIds: ['702', '703'], since })).toEqual(new Map([['702', 1]]));
  });

  it('the deals of contacts are those their clicks were written to', async () => {
    const dealIds = await deliveries.dealsOf({ portalId, contactIds: ['501'], since: now - 30 * day });
    expect(dealIds.sort()).toEqual(['701', '702']);
  });

  it('after a merge the survivor has the clicks of both, and a second time changes nothing', async () => {
    for (const _time of [1, 2]) await deliveries.repointContact({ portalId, from: '501', to: '502' });
    const counts = await deliveries.countByContact({ portalId, contactIds: ['501', '502'], since: now - 30 * day });
    expect(counts).toEqual(new Map([['502', { clicks: 3, oldestAt: now - day }]]));
    const elsewhere = await deliveries.countByContact({ portalId: 1, contactIds: ['501'], since: 0 });
    expect(elsewhere.get('501')?.clicks).toBe(1);
  });
});
