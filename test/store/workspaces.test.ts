// What belongs to a workspace: another workspace finds nothing of it, and names that are taken are said to be.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { emptyLedger } from '../../server/domain/attribution.ts';
import { defaultFieldMapping } from '../../server/domain/field-mapping.ts';
import { startTestStore, type TestStore } from '../helpers/start-test-store.ts';
import { delivery, later, link, now, portalId } from './samples.ts';

let db: TestStore;

beforeAll(async () => {
  db = await startTestStore();
});
beforeEach(async () => {
  const collections = await db.client.db().collections();
  await Promise.all(collections.map((collection) => collection.deleteMany({})));
});
afterAll(() => db.close());

const connect = (id: string, workspaceId: string, portal = portalId) =>
  db.store.connections.connect({ id, workspaceId, portalId: portal, dialect: 'notes', now });
const submission = (id: string, workspaceId: string, keys: string[], at = now) => ({
  _id: `${workspaceId}:${id}`,
  workspaceId,
  email: `${id}@example.com`,
  hsContactId: null,
  keys,
  submittedAt: new Date(at),
});
const mine = { workspaceId: 'ws_1' };
const theirs = { workspaceId: 'ws_2' };

describe('another workspace', () => {
  it('finds no link by id, in a list, or to change', async () => {
    const { links } = db.store;
    await links.insert(link('lnk_1'));
    expect(await links.find({ ...theirs, linkId: 'lnk_1' })).toBeNull();
    expect(await links.findMany({ ...theirs, ids: ['lnk_1'], slugs: ['slug-lnk_1'] })).toEqual([]);
    expect(await links.page({ ...theirs, before: null, limit: 10, archived: true })).toEqual([]);
    expect(await links.change({ ...theirs, linkId: 'lnk_1', set: { title: 'Mine' }, now })).toBeNull();
    expect(await links.find({ ...mine, linkId: 'lnk_1' })).toMatchObject({ title: 'A link' });
  });

  it('finds no connection and changes none', async () => {
    const { connections } = db.store;
    await connect('con_1', 'ws_1');
    expect(await connections.find({ ...theirs, connectionId: 'con_1' })).toBeNull();
    expect(await connections.change({ ...theirs, connectionId: 'con_1', set: { state: 'paused' } })).toBeNull();
    expect(await connections.listOfWorkspace('ws_2')).toEqual([]);
    expect(await connections.find({ ...mine, connectionId: 'con_1' })).toMatchObject({ state: 'active' });
  });

  it('finds no delivery of an event, wakes none, and learns of no portal', async () => {
    const { deliveries } = db.store;
    await deliveries.insertNew([delivery('a', { state: 'waiting_contact', matchKeys: ['gclid:g'], who: '501' })]);
    expect(await deliveries.listOfEvent({ ...theirs, eventId: 'a' })).toEqual([]);
    expect(await deliveries.portalsWaitingFor({ ...theirs, matchKeys: ['gclid:g'] })).toEqual([]);
    const key = { ...theirs, matchKeys: ['gclid:g'] };
    expect(await deliveries.release({ filter: { ...key, state: 'waiting_contact' }, now })).toBe(0);
    expect(await deliveries.clicksAround({ ...theirs, who: ['501'], from: 0, to: later, limit: 9 })).toEqual([]);
  });

  it('learns nothing from submissions, aliases and keys that look the same', async () => {
    const { formSubmissions, contactAliases, apiKeys } = db.store;
    await formSubmissions.insertNew(submission('sub_1', 'ws_1', ['gclid:g']));
    expect(await formSubmissions.listByKeys({ ...theirs, keys: ['gclid:g'] })).toEqual([]);
    const alias = { elidoContactId: 'jane', portalId };
    await contactAliases.link({ ...mine, ...alias, contactId: '501', now });
    expect(await contactAliases.resolve([{ ...theirs, ...alias }])).toEqual(new Map());
    await apiKeys.create({ ...mine, id: 'key_1', name: '', hash: 'h', scopes: [], now });
    expect(await apiKeys.listOfWorkspace('ws_2')).toEqual([]);
  });

  it('may share a portal: each has its own connection and its own aliases', async () => {
    const { connections, contactAliases } = db.store;
    await connect('con_1', 'ws_1');
    await connect('con_2', 'ws_2');
    expect((await connections.listOfPortal(portalId)).map(({ _id }) => _id).sort()).toEqual(['con_1', 'con_2']);
    const alias = { elidoContactId: 'jane', portalId };
    await contactAliases.link({ ...mine, ...alias, contactId: '501', now });
    await contactAliases.link({ ...theirs, ...alias, contactId: '502', now });
    const keys = [
      { ...mine, ...alias },
      { ...theirs, ...alias },
    ];
    const resolved = await contactAliases.resolve(keys);
    expect(keys.map((key) => resolved.get(contactAliases.aliasKey(key)))).toEqual(['501', '502']);
  });
});

describe('links', () => {
  it('a slug belongs to the first, whichever workspace asks next', async () => {
    const { links } = db.store;
    const inserted = await Promise.all(
      ['lnk_1', 'lnk_2', 'lnk_3'].map((id) => links.insert(link(id, { slug: 'sale', workspaceId: `ws_${id}` }))),
    );
    expect(inserted.filter(Boolean)).toHaveLength(1);
    expect(await links.findBySlug('sale')).toMatchObject({ _id: `lnk_${inserted.indexOf(true) + 1}` });
  });

  it('are listed newest first, page by page, without the archived unless asked', async () => {
    const { links } = db.store;
    for (const id of ['lnk_1', 'lnk_2', 'lnk_3', 'lnk_4']) await links.insert(link(id));
    await links.change({ ...mine, linkId: 'lnk_3', set: { archivedAt: new Date(now) }, now: later });
    const page = async (before: string | null, archived: boolean) =>
      (await links.page({ ...mine, before, limit: 2, archived })).map(({ _id }) => _id);
    expect([await page(null, false), await page('lnk_2', false)]).toEqual([['lnk_4', 'lnk_2'], ['lnk_1']]);
    expect([await page(null, true), await page('lnk_3', true)]).toEqual([
      ['lnk_4', 'lnk_3'],
      ['lnk_2', 'lnk_1'],
    ]);
    expect(await links.findBySlug('slug-lnk_3')).toMatchObject({
      archivedAt: new Date(now),
      updatedAt: new Date(later),
    });
  });
});

describe('connections', () => {
  it('a second connect keeps id, mode, mapping and start, and makes it active again', async () => {
    const { connections } = db.store;
    const first = await connect('con_1', 'ws_1');
    expect(first).toMatchObject({ mapping: defaultFieldMapping, mode: 'clicks_and_conversions', state: 'active' });
    await connections.change({
      ...mine,
      connectionId: 'con_1',
      set: { state: 'disconnected', mode: 'conversions_only', mapping: [] },
    });
    const again = await connections.connect({ id: 'con_9', ...mine, portalId, dialect: 'app_events', now: later });
    expect(again).toEqual({ ...first, mode: 'conversions_only', mapping: [] });
  });

  it('many at once make one', async () => {
    const made = await Promise.allSettled(['a', 'b', 'c', 'd'].map((id) => connect(id, 'ws_1')));
    const ids = made.flatMap((one) => (one.status === 'fulfilled' ? [one.value._id] : []));
    expect(new Set(ids).size).toBe(1);
    expect(await db.store.connections.listOfWorkspace('ws_1')).toHaveLength(1);
  });
});

describe('form submissions', () => {
  it('a resend is known by its id and changes nothing', async () => {
    const { formSubmissions } = db.store;
    expect(await formSubmissions.insertNew(submission('sub_1', 'ws_1', ['gclid:g']))).toBe(true);
    expect(
      await formSubmissions.insertNew({ ...submission('sub_1', 'ws_1', ['gclid:x']), email: 'x@example.com' }),
    ).toBe(false);
    expect(await formSubmissions.listByKeys({ ...mine, keys: ['gclid:g'] })).toHaveLength(1);
    expect(await formSubmissions.listByKeys({ ...mine, keys: ['gclid:x'] })).toEqual([]);
  });

  it('come newest first, whichever key they share', async () => {
    const { formSubmissions } = db.store;
    await formSubmissions.insertNew(submission('old', 'ws_1', ['gclid:g'], now - 2));
    await formSubmissions.insertNew(submission('new', 'ws_1', ['fbclid:f'], now));
    await formSubmissions.insertNew(submission('both', 'ws_1', ['fbclid:f', 'gclid:g'], now - 1));
    const found = await formSubmissions.listByKeys({ ...mine, keys: ['gclid:g', 'fbclid:f'] });
    expect(found.map(({ email }) => email.split('@')[0])).toEqual(['new', 'both', 'old']);
  });
});

describe('aliases', () => {
  const alias = { ...mine, elidoContactId: 'jane', portalId };

  it('the last link counts', async () => {
    const { contactAliases } = db.store;
    for (const contactId of ['501', '502']) await contactAliases.link({ ...alias, contactId, now });
    expect([...(await contactAliases.resolve([alias])).values()]).toEqual(['502']);
    expect(await contactAliases.resolve([])).toEqual(new Map());
  });

  it('follow a merge in their portal', async () => {
    const { contactAliases } = db.store;
    await contactAliases.link({ ...alias, contactId: '501', now });
    await contactAliases.link({ ...alias, portalId: 1, contactId: '501', now });
    await contactAliases.repointContact({ portalId, from: '501', to: '777' });
    const resolved = await contactAliases.resolve([alias, { ...alias, portalId: 1 }]);
    expect([...resolved.values()].sort()).toEqual(['501', '777']);
  });
});

describe('API keys', () => {
  it('a key is found by its hash, also when it was revoked; a hash is there once', async () => {
    const { apiKeys } = db.store;
    const key = { ...mine, id: 'key_1', name: 'CI', hash: 'h', scopes: ['clicks:write'], now };
    await apiKeys.create(key);
    await expect(apiKeys.create({ ...key, id: 'key_2' })).rejects.toThrow(/duplicate/i);
    expect([
      await apiKeys.revoke({ id: 'key_1', now: later }),
      await apiKeys.revoke({ id: 'key_1', now: later }),
    ]).toEqual([true, false]);
    expect(await apiKeys.revoke({ id: 'key_404', now })).toBe(false);
    expect(await apiKeys.findByHash('h')).toMatchObject({ _id: 'key_1', revokedAt: new Date(later) });
  });

  it('its last use never moves back', async () => {
    const { apiKeys } = db.store;
    await apiKeys.create({ ...mine, id: 'key_1', name: '', hash: 'h', scopes: [], now });
    for (const at of [later, now]) await apiKeys.markUsed({ id: 'key_1', now: at });
    expect((await apiKeys.findByHash('h'))?.lastUsedAt).toEqual(new Date(later));
  });
});

describe('OAuth states', () => {
  const state = {
    _id: 'h',
    kind: 'authorization' as const,
    workspaceId: 'ws_1',
    nonceHash: 'n',
    returnUrl: null,
    expiresAt: new Date(later),
  };

  it('of many who bring the same state, one gets it', async () => {
    const { oauthStates } = db.store;
    await oauthStates.save(state);
    const taken = await Promise.all(Array.from({ length: 8 }, () => oauthStates.take({ hash: 'h', kind: state.kind })));
    expect(taken.filter((one) => one !== null)).toEqual([state]);
    expect(await oauthStates.find({ hash: 'h', kind: state.kind })).toBeNull();
  });

  it('a state of one kind does not open the other', async () => {
    const { oauthStates } = db.store;
    await oauthStates.save(state);
    expect(await oauthStates.take({ hash: 'h', kind: 'install_link' })).toBeNull();
    expect(await oauthStates.find({ hash: 'h', kind: 'authorization' })).toEqual(state);
  });
});

describe('touches', () => {
  const touch = { clickId: 'clk_1', at: now, slug: 's', utm: { source: 'mail' } };
  const save = (contactId: string, recountAt: number | null) =>
    db.store.touches.saveMany({
      portalId,
      ledgers: new Map([[contactId, { ...emptyLedger, first: touch, last: touch }]]),
      recountAt: new Map(recountAt === null ? [] : [[contactId, recountAt]]),
    });

  it('a ledger comes back as it was saved, in its portal', async () => {
    await save('501', later);
    const found = await db.store.touches.findMany({ portalId, contactIds: ['501', '502'] });
    expect(found).toEqual(new Map([['501', { ...emptyLedger, first: touch, last: touch }]]));
    expect(await db.store.touches.findMany({ portalId: 1, contactIds: ['501'] })).toEqual(new Map());
  });

  it('an earlier recount stays, a later one does not replace it', async () => {
    for (const at of [later, later + 5, null]) await save('501', at);
    expect(await db.store.touches.nextRecountAt(portalId)).toBe(later);
    await save('501', later - 5);
    expect(await db.store.touches.nextRecountAt(portalId)).toBe(later - 5);
  });

  it('recounts are taken longest overdue first, and end when nothing is left to grow old', async () => {
    const { touches } = db.store;
    await save('second', now - 1);
    await save('first', now - 2);
    await save('future', now + 1);
    await save('none', null);
    expect(await touches.takeRecounts({ portalId, now, limit: 10 })).toEqual(['first', 'second']);
    await touches.setRecounts({
      portalId,
      at: new Map([
        ['first', null],
        ['second', later],
      ]),
    });
    expect(await touches.takeRecounts({ portalId, now, limit: 10 })).toEqual([]);
    await touches.remove({ portalId, contactId: 'future' });
    expect(await touches.nextRecountAt(portalId)).toBe(later);
  });
});

describe('workspaces', () => {
  it('are listed oldest first and found by id', async () => {
    const { workspaces } = db.store;
    for (const id of ['ws_1', 'ws_2']) await workspaces.create({ id, name: `W ${id}`, now });
    expect((await workspaces.list()).map(({ _id }) => _id)).toEqual(['ws_1', 'ws_2']);
    expect(await workspaces.find('ws_2')).toMatchObject({ name: 'W ws_2', createdAt: new Date(now) });
    expect(await workspaces.find('ws_404')).toBeNull();
  });

  it('one decides for itself which clicks count', async () => {
    const { workspaces } = db.store;
    for (const id of ['ws_1', 'ws_2']) await workspaces.create({ id, name: id, now });
    const countPolicy = { countMachines: true, countUnsure: true };
    await workspaces.setCountPolicy({ workspaceId: 'ws_1', countPolicy });
    expect((await workspaces.find('ws_1'))?.countPolicy).toEqual(countPolicy);
    expect((await workspaces.find('ws_2'))?.countPolicy).toBeUndefined();
  });
});
