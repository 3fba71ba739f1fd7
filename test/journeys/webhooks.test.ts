// What happens in HubSpot happens to us (product F6): merges, deletions, privacy deletions, new contacts, deal stages.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSweeps } from '../../server/jobs/sweeps.ts';
import { openSpool } from '../../server/lib/spool.ts';
import type { RuleMove } from '../../server/store/rule-moves.ts';
import { testPortalId, until } from '../helpers/start-test-world.ts';
import { startWebhookWorld, type WebhookWorld } from '../helpers/webhook-world.ts';

const counter = 'elido_recent_link_clicks';

describe('webhooks', () => {
  let world: WebhookWorld;
  beforeAll(async () => {
    world = await startWebhookWorld();
  });
  afterAll(() => world.close());

  it('a new contact wakes the click that waits for its email', async () => {
    await world.click([{ click_id: 'early', gclid: 'G-early' }]);
    await world.tenant.api.post('/v1/form-submissions').send({ email: 'new@example.com', gclid: 'G-early' });
    await world.settled();
    expect(await world.delivery('early')).toMatchObject({ state: 'waiting_contact' });
    const id = world.act({ do: 'create', objectType: 'contacts', properties: { email: 'new@example.com' } });
    await world.told();
    expect(await world.delivery('early')).toMatchObject({ state: 'delivered', contactId: id });
  });

  it('a contact that gets the address later wakes it too', async () => {
    await world.click([{ click_id: 'renamed', gclid: 'G-renamed' }]);
    await world.tenant.api.post('/v1/form-submissions').send({ email: 'renamed@example.com', gclid: 'G-renamed' });
    await world.settled();
    world.act({ do: 'update', objectType: 'contacts', id: '505', properties: { email: 'renamed@example.com' } });
    await world.told();
    expect(await world.delivery('renamed')).toMatchObject({ state: 'delivered', contactId: '505' });
  });

  it('a merge gives clicks, touches, linked ids and the counter to the survivor, without a click in between', async () => {
    await world.tenant.api.put('/v1/contacts/jane').send({ hs_contact_id: '501' }).expect(200);
    await world.click([
      { click_id: 'm-1', eid: '501' },
      { click_id: 'm-2', eid: '502' },
    ]);
    await world.settled();
    const survivor = world.act({ do: 'merge', objectType: 'contacts', primaryId: '502', otherId: '501' });
    await world.told();
    for (const id of ['m-1', 'm-2']) expect(await world.delivery(id)).toMatchObject({ contactId: survivor });
    expect(world.record('contacts', survivor)[counter]).toBe('2');
    const { touches, contactAliases } = world.server.context.store;
    const ledgers = await touches.findMany({ portalId: testPortalId, contactIds: ['501', '502', survivor] });
    expect([...ledgers.keys()]).toEqual([survivor]);
    const aliases = await contactAliases.listOfContacts({ portalId: testPortalId, contactIds: [survivor] });
    expect(aliases.map(({ elidoContactId }) => elidoContactId)).toEqual(['jane']);
  });

  it('a deleted contact closes what was on its way, and a restored one gets it after all', async () => {
    await world.stopWorker();
    await world.click([{ click_id: 'd-1', eid: '503' }]);
    world.act({ do: 'delete', objectType: 'contacts', id: '503' });
    world.startWorker();
    await world.told();
    expect(await world.delivery('d-1')).toMatchObject({ state: 'skipped', reason: 'eid_unknown' });
    world.act({ do: 'restore', objectType: 'contacts', id: '503' });
    await world.told();
    expect(await world.delivery('d-1')).toMatchObject({ state: 'delivered', contactId: '503' });
    expect(world.eventsOf('contacts', '503')).toHaveLength(1);
  });

  it('deal stages become a ledger, whoever moved the deal', async () => {
    const properties = { dealname: 'Ledger', dealstage: 'appointmentscheduled' };
    const id = world.act({ do: 'create', objectType: 'deals', properties });
    world.advance(1_000);
    world.act({ do: 'update', objectType: 'deals', id, properties: { dealstage: 'qualifiedtobuy' } });
    world.advance(1_000);
    world.act({ do: 'delete', objectType: 'deals', id });
    await world.told();
    const history = await world.server.context.store.dealStages.listOfDeals({ portalId: testPortalId, dealIds: [id] });
    expect(history.map(({ kind, stage, source }) => ({ kind, stage, source }))).toEqual(
      expect.arrayContaining([
        { kind: 'created', stage: null, source: 'CRM_UI' },
        { kind: 'stage', stage: 'appointmentscheduled', source: 'CRM_UI' },
        { kind: 'stage', stage: 'qualifiedtobuy', source: 'CRM_UI' },
        { kind: 'deleted', stage: null, source: 'CRM_UI' },
      ]),
    );
    expect(history).toHaveLength(4);
    expect(history.at(-1)?.kind).toBe('deleted');
  });

  it('receipts no longer say whom they were about once they are done', async () => {
    const done = (await world.receipts()).filter(({ state }) => state === 'done');
    expect(done.length).toBeGreaterThan(5);
    expect(done.filter(({ objectId, value, newId }) => objectId ?? value ?? newId)).toEqual([]);
  });
});

describe('a privacy deletion', () => {
  let world: WebhookWorld;
  const eid = '7770001';
  const email = 'forget.me@example.com';
  const userAgent =
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.77 Safari/605.1.15';
  const traces = [eid, email, 'G-secret', 'Version/17.77', 'member-17', 'secret-referrer', 'Getme'];
  beforeAll(async () => {
    world = await startWebhookWorld();
    const contacts = [{ id: eid, properties: { email, firstname: 'For', lastname: 'Getme' } }];
    world.sandbox.control.seed({ portals: [{ portalId: testPortalId, contacts }] });
  });
  afterAll(() => world.close());

  const moveOf = (contactId: string): RuleMove => ({
    _id: 'rul_1:1:701',
    workspaceId: world.tenant.workspaceId,
    connectionId: world.connection._id,
    portalId: testPortalId,
    ruleId: 'rul_1',
    ruleVersion: 1,
    arming: 1,
    dealId: '701',
    contactId,
    pipeline: 'default',
    fromStage: 'appointmentscheduled',
    toStage: 'qualifiedtobuy',
    mode: 'act',
    state: 'done',
    words: 'For Getme clicked 3 times.',
    counted: ['p-1'],
    excluded: [],
    guards: [],
    detail: null,
    plannedAt: new Date(),
    settledAt: new Date(),
  });

  const foundTraces = async () => {
    const dump = await world.dump();
    return traces.filter((trace) => dump.includes(trace));
  };

  it('leaves no trace of the person in the store, and counts per link as they were', async () => {
    const { api } = world.tenant;
    await api.put('/v1/contacts/member-17').send({ hs_contact_id: eid }).expect(200);
    await api.post('/v1/form-submissions').send({ email, gclid: 'G-secret' }).expect(202);
    const page = { referrer: 'https://www.example.com/secret-referrer', user_agent: userAgent };
    await world.click([
      { click_id: 'p-1', eid, ...page },
      { click_id: 'p-2', gclid: 'G-secret', ...page },
      { click_id: 'p-3', eid: 'member-17' },
      { click_id: 'p-4', eid: `${testPortalId}-${eid}` },
      // From before the workspace was connected: it went nowhere, but it is kept.
      { click_id: 'p-0', eid, occurred_at: world.connection.connectedAt.getTime() - 60_000, ...page },
    ]);
    await api.post('/v1/conversions').send({ conversion_id: 'p-5', name: 'Demo', email }).expect(202);
    await world.settled();
    expect(await world.delivery('p-1')).toMatchObject({ state: 'delivered' });
    await world.stopWorker();
    await world.click([{ click_id: 'p-6', eid }]);
    await world.server.context.store.ruleMoves.insertNew(moveOf(eid));
    expect((await foundTraces()).length).toBeGreaterThan(4);

    world.act({ do: 'privacy-delete', objectType: 'contacts', id: eid });
    await world.told();
    expect(await foundTraces()).toEqual([]);
    const kept = await Promise.all(['p-1', 'p-2', 'p-3', 'p-4', 'p-6'].map((id) => world.delivery(id)));
    const slugs = kept.map((delivery) => (delivery.kind === 'click' ? delivery.click.link.slug : ''));
    expect(slugs).toEqual(Array.from({ length: 5 }, () => 'q2-pricing'));
    expect(kept.at(-1)).toMatchObject({ state: 'skipped', reason: 'contact_erased' });
  });

  it('leaves a receipt that says when and how much, and nothing else', async () => {
    const receipt = await world.server.context.store.erasures.find({ portalId: testPortalId, contactId: eid });
    expect(receipt).toMatchObject({ deliveries: 7, touches: 1, aliases: 1, submissions: 1 });
  });

  it('erases clicks that lay on disk while the store was away, whatever they call the person', async () => {
    const { config, store } = world.server.context;
    const known = await world.delivery('p-1');
    if (known.kind !== 'click') throw new Error('There is no click to copy.');
    const { click } = known;
    // As another process of this host left it: clicks from before the erasure, and one of somebody who began anew.
    const receipt = await store.erasures.find({ portalId: testPortalId, contactId: eid });
    const before = receipt?.firstAt.getTime() ?? 0;
    const told = { ...click, userAgent, referrer: 'https://www.example.com/secret-referrer', receivedAt: before };
    const lines = [
      { ...told, clickId: 's-1', eid, at: before },
      { ...told, clickId: 's-2', eid: 'member-17', at: before },
      { ...told, clickId: 's-3', gclid: 'G-secret', at: before },
      { ...click, clickId: 's-4', eid: 'member-17', at: world.server.context.now() + 1_000 },
    ];
    const spool = await openSpool(config.spoolDir);
    await Promise.all(lines.map((line) => spool.append(JSON.stringify(line))));
    await spool.close();
    const onDisk = async () => {
      const files = await readdir(config.spoolDir);
      return (await Promise.all(files.map((file) => readFile(path.join(config.spoolDir, file), 'utf8')))).join('');
    };
    expect(await onDisk()).toContain('member-17');

    world.startWorker();
    const startedAt = performance.now();
    const sweeps = startSweeps(world.server.context);
    try {
      await until('the disk is empty', async () => (await onDisk()) === '');
      await world.settled();
    } finally {
      await sweeps.stop();
    }
    expect(performance.now() - startedAt).toBeLessThan(60_000);
    for (const id of ['s-1', 's-2', 's-3'])
      expect(await world.delivery(id)).toMatchObject({ state: 'skipped', reason: 'contact_erased' });
    expect(await world.delivery('s-4')).toMatchObject({ state: 'waiting_contact' });
    await store.contactDeliveries.erase([(await world.delivery('s-4'))._id], 'contact_erased');
    expect(await foundTraces()).toEqual([]);
  });

  it('erases what comes later for the same contact: a click, and a webhook out of order', async () => {
    await world.click([{ click_id: 'late', eid, user_agent: userAgent }]);
    await world.settled();
    expect(await world.delivery('late')).toMatchObject({ state: 'skipped', reason: 'contact_erased' });
    world.act({ do: 'create', objectType: 'contacts', properties: { email: 'somebody@example.com' } });
    await world.told();
    expect(await foundTraces()).toEqual([]);
  });
});

describe('a privacy deletion in an account that two workspaces share', () => {
  let world: WebhookWorld;
  beforeAll(async () => {
    world = await startWebhookWorld();
  });
  afterAll(() => world.close());

  it('erases what both know of the contact, and nothing of another contact who has the same Elido id in the other one', async () => {
    const other = await world.server.makeTenant({ name: 'Other workspace' });
    await world.connect({ tenant: other });
    const link = { title: 'Other', destination: 'https://www.example.com/' };
    await other.api
      .post('/v1/links')
      .send({ slug: 'other', ...link })
      .expect(201);
    const clickOther = (click: object) =>
      other.api
        .post('/v1/clicks')
        .send({ slug: 'other', ...click })
        .expect(202);
    const linkTo = (api: typeof other.api, hs_contact_id: string) =>
      api.put('/v1/contacts/member-1').send({ hs_contact_id }).expect(200);
    await linkTo(world.tenant.api, '501');
    await linkTo(other.api, '502');
    await other.api.post('/v1/form-submissions').send({ email: 'c502@example.com', eid: 'member-1' });
    await world.click([
      { click_id: 'mine', eid: 'member-1' },
      { click_id: 'direct', eid: '501' },
    ]);
    await clickOther({ click_id: 'theirs', eid: 'member-1' });
    await clickOther({ click_id: 'same-contact', eid: '501' });
    await world.settled();
    expect(await world.delivery('theirs', other)).toMatchObject({ state: 'delivered', contactId: '502' });

    world.act({ do: 'privacy-delete', objectType: 'contacts', id: '501' });
    await world.told();
    for (const [id, who] of [
      ['mine', world.tenant],
      ['direct', world.tenant],
      ['same-contact', other],
    ] as const)
      expect(await world.delivery(id, who)).toMatchObject({
        eventId: id,
        who: null,
        contactId: null,
        click: { eid: null },
      });
    expect(await world.delivery('theirs', other)).toMatchObject({ contactId: '502', click: { eid: 'member-1' } });
    const { contactAliases, formSubmissions } = world.server.context.store;
    const aliases = await contactAliases.listOfContacts({ portalId: testPortalId, contactIds: ['501', '502'] });
    expect(aliases.map(({ workspaceId }) => workspaceId)).toEqual([other.workspaceId]);
    const kept = await formSubmissions.listByKeys({ workspaceId: other.workspaceId, keys: ['eid:member-1'] });
    expect(kept).toHaveLength(1);
    await clickOther({ click_id: 'theirs-again', eid: 'member-1' });
    await world.settled();
    expect(await world.delivery('theirs-again', other)).toMatchObject({ state: 'delivered', contactId: '502' });
  });
});
