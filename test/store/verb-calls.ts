// Every verb of the store with arguments for each way it can ask. `queries.test.ts` calls them all and explains what they send.
// A verb that is missing here does not compile and fails there.
import type { LogFilter } from '../../server/domain/log-filter.ts';
import { emptyLedger } from '../../server/domain/attribution.ts';
import type { Replay } from '../../server/store/replays.ts';
import type { ActionWait } from '../../server/store/action-waits.ts';
import type { Store } from '../../server/store/store.ts';
import { delivery, install, later, link, now, portalId, settlement } from './samples.ts';
import {
  dealChange,
  move,
  rule,
  webhookEvent,
  at,
  auditEntry,
  member,
  session,
  signInLink,
  hourCount,
  importProgress,
  linkImport,
} from './verb-samples.ts';

export type Collections = Omit<Store, 'ping' | 'close'>;
type Calls = { [Name in keyof Collections]: { [Verb in keyof Collections[Name]]: (() => unknown)[] } };

export function callsOf(store: Store): Calls {
  const workspaceId = 'ws_1';
  const aliasKey = { workspaceId, elidoContactId: 'jane', portalId };
  const lease = { portalId, fence: 1 };
  const budget = { agesMs: [], pausedForMs: 0 };
  const mine = { workspaceId, connectionId: 'con_1' };
  const state = { hash: 'h', kind: 'authorization' } as const;
  const { apiKeys, connections, contactAliases, deliveries, formSubmissions, links, oauthStates, portals } = store;
  const { touches, workspaces, contactDeliveries, contactMerges, dealStages, erasures, replays } = store;
  const { landings, ruleMoves, rules, webhookReceipts } = store;
  const { audit, members, sessions, signInLinks, imports, hourCounts, dayCounts, portalCalls } = store;
  const countedMonth = { connectionId: 'con_1', month: '2026-11', seq: 1, days: {}, touched: {} };
  const person = {
    portalId,
    workspaceIds: ['ws_1'],
    contactIds: ['501'],
    who: ['501'],
    whoIn: [{ workspaceId: 'ws_1', who: 'member-17' }],
    emails: ['c501@example.com'],
  };
  const contact = { portalId, contactId: '501' };
  const contacts = { portalId, contactIds: ['501', '502'] };
  const ruleKey = { workspaceId, ruleId: 'rul_1' };
  const logWindow = { workspaceId, before: null, entries: 100 };
  const narrow = {
    kind: 'click',
    verdict: 'unsure',
    occurred: { from: now, to: later },
    connectionId: 'con_1',
  } as const;
  const questions: LogFilter[] = [
    {},
    { contactId: '501' },
    { linkSlug: 'q2' },
    { reason: 'no_identity' },
    { states: ['dead'] },
    { states: ['delivered'] },
    { received: { from: now, to: later } },
  ];
  const logFilters = questions.flatMap((filter) => [filter, { ...filter, ...narrow }]);
  const progress = { pending: ['dead' as const], position: null, lookedAt: 0, replayed: 0, waitingFor: null };
  const replay: Replay = {
    ...progress,
    _id: 'rpl_1',
    workspaceId,
    key: 'k',
    filter: {},
    state: 'running',
    requestedAt: at,
    endedAt: null,
    dueAt: at,
  };
  const scope = { portalId, connectionIds: ['con_1'] };
  const span = { from: now, to: later, limit: 10 };
  const scopes = [
    scope,
    { ...scope, contactId: '501' },
    { ...scope, dealId: '701' },
    { ...scope, dealId: '701', contactId: '501', linkSlug: 'q2' },
  ];
  const naming = { workspaceIds: ['ws_1'], connectionIds: ['con_1'], who: ['501'], ...span };
  const wait: ActionWait = {
    _id: `${portalId}:cb-1`,
    portalId,
    callbackId: 'cb-1',
    contactId: '501',
    link: null,
    tag: null,
    since: at,
    until: at,
    click: null,
    dueAt: at,
    doneAt: null,
    attempts: 0,
  };
  return {
    actionWaits: {
      waitId: [() => store.actionWaits.waitId(portalId, 'cb-1')],
      save: [() => store.actionWaits.save(wait)],
      listOfContacts: [() => store.actionWaits.listOfContacts(contacts)],
      end: [() => store.actionWaits.end({ ids: [wait._id], click: { at, link: 'q2' }, now })],
      takeDue: [() => store.actionWaits.takeDue({ portalId, now, limit: 10 })],
      nextDueAt: [() => store.actionWaits.nextDueAt(portalId)],
      settle: [() => store.actionWaits.settle({ ids: [wait._id], now })],
      postpone: [() => store.actionWaits.postpone({ ids: [wait._id], dueAt: later })],
      repointContact: [() => store.actionWaits.repointContact({ portalId, from: '501', to: '502' })],
      removeContacts: [() => store.actionWaits.removeContacts(contacts)],
    },
    portalMetadata: {
      find: [() => store.portalMetadata.find(portalId, 'pipelines')],
      save: [() => store.portalMetadata.save({ portalId, kind: 'pipelines', value: [], now })],
    },
    seenRecords: {
      save: [
        () =>
          store.seenRecords.save({
            portalId,
            contacts: [{ id: '501', name: 'Contact 501' }],
            deals: [{ id: '701', name: null, pipeline: 'default', stage: 'a', amount: null, createdAt: now }],
            now,
          }),
      ],
      namesOf: [() => store.seenRecords.namesOf(contacts)],
      deals: [() => store.seenRecords.deals({ portalId, dealIds: ['701'] })],
      removeContacts: [() => store.seenRecords.removeContacts(contacts)],
    },
    apiKeys: {
      create: [() => apiKeys.create({ id: 'key_1', workspaceId, name: '', hash: 'h', scopes: [], now })],
      findByHash: [() => apiKeys.findByHash('h')],
      findById: [() => apiKeys.findById('key_1')],
      listOfWorkspace: [() => apiKeys.listOfWorkspace(workspaceId)],
      end: [() => apiKeys.end({ workspaceId, id: 'key_1', change: { endsAt: at } })],
      revoke: [() => apiKeys.revoke({ id: 'key_1', now })],
      markUsed: [() => apiKeys.markUsed({ id: 'key_1', now })],
    },
    audit: {
      add: [() => audit.add(auditEntry)],
      page: [
        () => audit.page({ workspaceId, before: null, floor: null, limit: 10 }),
        () => audit.page({ workspaceId, actorId: 'mem_1', before: 'aud_2', floor: 'aud_0', limit: 10 }),
        () => audit.page({ workspaceId, action: 'link.create', before: 'aud_2', floor: null, limit: 10 }),
        () => audit.page({ workspaceId, targetId: 'lnk_1', before: null, floor: 'aud_0', limit: 10 }),
      ],
    },
    connections: {
      connect: [() => connections.connect({ id: 'con_1', workspaceId, portalId, dialect: 'notes', now })],
      find: [() => connections.find(mine)],
      listOfWorkspace: [() => connections.listOfWorkspace(workspaceId)],
      listOfPortal: [() => connections.listOfPortal(portalId)],
      listInUse: [() => connections.listInUse({ afterId: '', limit: 10 })],
      change: [() => connections.change({ ...mine, set: { state: 'paused' } })],
    },
    contactAliases: {
      link: [() => contactAliases.link({ ...aliasKey, contactId: '501', now })],
      resolve: [() => contactAliases.resolve([aliasKey])],
      aliasKey: [() => contactAliases.aliasKey(aliasKey)],
      listOfContacts: [() => contactAliases.listOfContacts(contacts)],
      removeOfContacts: [() => contactAliases.removeOfContacts(contacts)],
      repointContact: [() => contactAliases.repointContact({ portalId, from: '501', to: '502' })],
    },
    contactDeliveries: {
      wakeAskedAgain: [() => contactDeliveries.wakeAskedAgain({ portalId, now, withinMs: 1_000 })],
      requeue: [
        () => contactDeliveries.requeue({ person, states: ['waiting_contact'], now }),
        () => contactDeliveries.requeue({ person, states: ['skipped'], reasons: ['no_matching_contact'], now }),
      ],
      repoint: [() => contactDeliveries.repoint({ portalId, workspaceIds: ['ws_1'], from: '501', to: '502' })],
      listOf: [() => contactDeliveries.listOf(person, 10)],
      erase: [() => contactDeliveries.erase(['clk_1@con_1'], 'contact_erased')],
    },
    contactMerges: {
      save: [() => contactMerges.save({ portalId, from: ['501'], to: '502' })],
      survivorOf: [() => contactMerges.survivorOf(contact)],
      allIdsOf: [() => contactMerges.allIdsOf(contact)],
      remove: [() => contactMerges.remove(contacts)],
    },
    dealStages: {
      record: [() => dealStages.record([dealChange])],
      listOfDeals: [() => dealStages.listOfDeals({ portalId, dealIds: ['701', '702'] })],
    },
    deliveries: {
      insertNew: [() => deliveries.insertNew([delivery('clk_1')])],
      findMany: [() => deliveries.findMany(['clk_1@con_1'])],
      listOfEvent: [() => deliveries.listOfEvent({ workspaceId, eventId: 'clk_1' })],
      digestsOf: [() => deliveries.digestsOf(['clk_1@con_1'])],
      block: [() => deliveries.block({ portalId, now, until: later, limit: 10 })],
      takeDue: [() => deliveries.takeDue({ portalId, now, limit: 10 })],
      nextDueAt: [() => deliveries.nextDueAt(portalId)],
      overdueAmong: [() => deliveries.overdueAmong({ portalIds: [portalId, 7], before: now })],
      recordPlans: [
        () =>
          deliveries.recordPlans(
            [{ id: 'clk_1@con_1', contactId: '501', dealIds: [], sends: [], counted: true, verdict: null }],
            1,
          ),
        () =>
          deliveries.recordPlans(
            [{ id: 'gone@con_1', contactId: '501', dealIds: [], sends: [], counted: true, verdict: null }],
            1,
          ),
      ],
      settle: [
        () => deliveries.settle({ settlements: [settlement('clk_1'), settlement('x', { state: 'dead' })], now }),
        () => deliveries.settle({ settlements: [settlement('clk_1')], now, fence: 1 }),
      ],
      release: [
        () => deliveries.release({ filter: { portalId, state: 'blocked_auth' }, now }),
        () =>
          deliveries.release({
            filter: { portalId, connectionId: 'con_1', state: 'held', reason: 'connection_paused' },
            now,
          }),
        () => deliveries.release({ filter: { workspaceId, matchKeys: ['gclid:g'], state: 'waiting_contact' }, now }),
      ],
      portalsWaitingFor: [() => deliveries.portalsWaitingFor({ workspaceId, matchKeys: ['gclid:g'] })],
      repointContact: [() => deliveries.repointContact({ portalId, from: '501', to: '502' })],
      machineClicks: [
        () => deliveries.machineClicks({ connectionId: 'con_1', workspaceId, who: ['501'], since: now, limit: 9 }),
      ],
      judgeAnew: [() => deliveries.judgeAnew({ ids: ['a'], now })],
      clicksAround: [() => deliveries.clicksAround({ workspaceId, who: ['501'], from: now, to: later, limit: 9 })],
      ruleClicks: [
        () => deliveries.ruleClicks({ portalId, connectionIds: ['con_1'], contactIds: ['501'], since: now }),
        () => deliveries.ruleClicks({ portalId, connectionIds: ['con_1'], contactIds: ['501'], since: now, newest: 9 }),
      ],
      clicksOf: scopes.map((one) => () => deliveries.clicksOf({ ...one, ...span })),
      newestClicks: scopes.map((one) => () => deliveries.newestClicks({ ...one, ...span })),
      oldestCounted: [() => deliveries.oldestCounted('con_1')],
      countClicks: scopes.map((one) => () => deliveries.countClicks({ ...one, ...span })),
      clicksNaming: [
        () => deliveries.clicksNaming({ ...naming, which: 'machine' }),
        () => deliveries.clicksNaming({ ...naming, which: 'missing' }),
      ],
      countMachines: [() => deliveries.countMachines(naming)],
      conversionsOf: [() => deliveries.conversionsOf({ ...scope, contactId: '501', limit: 10 })],
      clicksOfConnection: [
        () => deliveries.clicksOfConnection({ connection: { _id: 'con_1', portalId }, since: now, limit: 10 }),
      ],
      logPage: logFilters.flatMap((filter) => [
        () => deliveries.logPage({ workspaceId, filter, before: null, floor: null, limit: 10 }),
        () => deliveries.logPage({ workspaceId, filter, before: { at: now, id: 'x' }, floor: now - 5, limit: 10 }),
      ]),
      logFloor: logFilters.map((filter) => () => deliveries.logFloor({ ...logWindow, filter })),
      countLinkClicks: [() => deliveries.countLinkClicks({ workspaceId, slug: 'q2', from: now, limit: 10 })],
      countHours: [() => deliveries.countHours({ workspaceId, from: now, to: later, limit: 10 })],
      marksOfNewest: [() => deliveries.marksOfNewest({ workspaceId, limit: 10 })],
      countLog: logFilters.map((filter) => () => deliveries.countLog({ workspaceId, filter, entries: 100 })),
      requeue: [() => deliveries.requeue({ workspaceId, ids: ['clk_1@con_1'], now })],
      queueOf: [() => deliveries.queueOf({ portalId, limit: 100 })],
      oldFinal: [
        () => deliveries.oldFinal({ workspaceId, before: now, after: null, limit: 10 }),
        () => deliveries.oldFinal({ workspaceId, before: later, after: 0, limit: 10 }),
      ],
      forgetFinal: [() => deliveries.forgetFinal({ workspaceId, ids: ['none@none'] })],
      countByLink: [
        () => deliveries.countByLink({ portalId, connectionIds: ['con_1'], contactIds: ['501'], since: now }),
      ],
      countByContact: [() => deliveries.countByContact({ portalId, contactIds: ['501'], since: now })],
      dealsOf: [() => deliveries.dealsOf({ portalId, contactIds: ['501'], since: now })],
      countByDeal: [() => deliveries.countByDeal({ portalId, dealIds: ['701'], since: now })],
    },
    erasures: {
      beginKeys: [() => erasures.beginKeys({ portalId, keys: [{ workspaceId, key: 'gclid:G' }], now })],
      keysAmong: [() => erasures.keysAmong({ portalId, keys: [{ workspaceId, key: 'gclid:G' }] })],
      begin: [() => erasures.begin({ ...contacts, now })],
      count: [() => erasures.count({ ...contact, counts: { deliveries: 1, touches: 0, aliases: 0, submissions: 0 } })],
      among: [() => erasures.among(contacts)],
      find: [() => erasures.find(contact)],
    },
    formSubmissions: {
      insertNew: [
        () =>
          formSubmissions.insertNew({
            _id: 'ws_1:sub_1',
            workspaceId,
            email: 'c501@example.com',
            hsContactId: null,
            keys: ['gclid:g'],
            submittedAt: new Date(now),
          }),
      ],
      listByKeys: [() => formSubmissions.listByKeys({ workspaceId, keys: ['gclid:g', 'fbclid:f'] })],
      listOfPerson: [
        () =>
          formSubmissions.listOfPerson({
            workspaceIds: ['ws_1'],
            hsContactIds: ['501'],
            emails: ['c501@example.com'],
            keys: ['gclid:g'],
            ownKeys: [{ workspaceId: 'ws_1', key: 'eid:member-17' }],
          }),
      ],
      remove: [() => formSubmissions.remove(['ws_1:sub_1'])],
    },
    landings: {
      record: [() => landings.record({ workspaceId, clickId: 'clk_1', now })],
      among: [() => landings.among({ workspaceId, clickIds: ['clk_1'] })],
    },
    links: {
      insert: [() => links.insert(link('lnk_1'))],
      findBySlug: [() => links.findBySlug('slug-lnk_1')],
      find: [() => links.find({ workspaceId, linkId: 'lnk_1' })],
      findBySlugs: [() => links.findBySlugs(['slug-lnk_1'])],
      findMany: [() => links.findMany({ workspaceId, slugs: ['slug-lnk_1'], ids: ['lnk_1'] })],
      page: [
        () => links.page({ workspaceId, before: null, limit: 10, archived: true }),
        () => links.page({ workspaceId, before: 'lnk_9', limit: 10, archived: false }),
        () => links.page({ workspaceId, before: 'lnk_9', limit: 10, archived: false, terms: ['pricing'] }),
        () => links.page({ workspaceId, before: null, limit: 10, archived: true, terms: ['pricing', 'q2'] }),
        () => links.page({ workspaceId, before: null, limit: 10, archived: false, tag: 'pdf' }),
      ],
      ofImport: [
        () => links.ofImport({ workspaceId, importId: 'imp_1', after: null, limit: 10 }),
        () => links.ofImport({ workspaceId, importId: 'imp_1', after: 'lnk_1', limit: 10 }),
      ],
      archiveMany: [() => links.archiveMany({ workspaceId, linkIds: ['lnk_8', 'lnk_9'], now })],
      change: [() => links.change({ workspaceId, linkId: 'lnk_1', set: { title: 'B' }, now })],
    },
    oauthStates: {
      save: [
        () =>
          oauthStates.save({
            _id: 'h',
            kind: 'authorization',
            workspaceId,
            nonceHash: null,
            returnUrl: null,
            expiresAt: new Date(later),
          }),
      ],
      find: [() => oauthStates.find(state)],
      take: [() => oauthStates.take(state)],
    },
    portals: {
      find: [() => portals.find(portalId)],
      findMany: [() => portals.findMany([portalId])],
      saveInstall: [() => portals.saveInstall(install())],
      setState: [() => portals.setState({ portalId, state: 'connected', reason: null, now })],
      saveProvisioning: [
        () => portals.saveProvisioning({ portalId, provisioning: { state: 'ready', steps: [], at: new Date(now) } }),
      ],
      wake: [() => portals.wake({ portalIds: [portalId], at: now })],
      claim: [
        () => portals.claim({ owner: 'a', ttlMs: 1_000, now }),
        () => portals.claim({ owner: 'a', ttlMs: 1_000, now, answering: true }),
      ],
      claimOne: [() => portals.claimOne({ portalId, owner: 'a', ttlMs: 1_000 })],
      renew: [() => portals.renew({ ...lease, ttlMs: 1_000 })],
      release: [() => portals.release({ ...lease, budget })],
      rest: [
        () => portals.rest({ ...lease, workSeq: 1, workAt: now, agenda: { lookedAt: new Date(now) }, budget }),
        () => portals.rest({ ...lease, workSeq: 1, workAt: null, agenda: {}, budget }),
      ],
      saveBreaker: [() => portals.saveBreaker({ portalId, breaker: null })],
      takeSideCall: [() => portals.takeSideCall({ portalId, id: 'a', limit: 1, heldMs: 1_000 })],
      endSideCall: [() => portals.endSideCall({ portalId, id: 'a', windowMs: 1_000 })],
      setNextWork: [
        () => portals.setNextWork({ portalId, workSeq: 1, workAt: now }),
        () => portals.setNextWork({ portalId, workSeq: 1, workAt: null }),
      ],
      countIn: [() => portals.countIn('needs_sign_in')],
      listConnected: [() => portals.listConnected({ afterId: 0, limit: 10 })],
      lockRefresh: [() => portals.lockRefresh({ portalId, owner: 'a', ttlMs: 1_000 })],
      restRefresh: [
        () =>
          portals.restRefresh({ portalId, rest: { failures: 1, until: new Date(later), code: 'hubspot_unavailable' } }),
      ],
      saveScopes: [() => portals.saveScopes({ portalId, scopes: ['oauth'] })],
      limit: [() => portals.limit({ portalId, reason: 'scopes_shrunk', scopes: ['timeline'], now, recheckAt: later })],
      trustPrivateToken: [() => portals.trustPrivateToken({ portalId, digest: 'd', now })],
      unlimit: [() => portals.unlimit(portalId)],
      stop: [
        () => portals.stop({ portalId, tokenVersion: 9, state: 'needs_sign_in', reason: 'hubspot_token_revoked', now }),
      ],
      unlockRefresh: [() => portals.unlockRefresh({ portalId, owner: 'a' })],
      saveTokens: [
        () =>
          portals.saveTokens({
            portalId,
            tokenVersion: 1,
            accessToken: 'a',
            refreshToken: 'r',
            expiresAt: later,
            now,
          }),
      ],
    },
    replays: {
      newest: [() => replays.newest({ workspaceId, limit: 10 })],
      create: [() => replays.create(replay), () => replays.create({ ...replay, _id: 'rpl_2' })],
      find: [() => replays.find({ workspaceId, replayId: 'rpl_1' })],
      claim: [() => replays.claim({ now, until: later })],
      saveProgress: [
        () =>
          replays.saveProgress({
            replay,
            progress: { pending: [], position: null, lookedAt: 1, replayed: 1, waitingFor: null },
            dueAt: later,
            endedAt: null,
          }),
      ],
      noteReplayed: [() => replays.noteReplayed({ replayId: 'rpl_1', replayed: 1 })],
      cancel: [() => replays.cancel({ workspaceId, replayId: 'rpl_1', now })],
    },
    ruleMoves: {
      moveId: [() => ruleMoves.moveId({ ruleId: 'rul_1', arming: 0, dealId: '701' })],
      insertNew: [() => ruleMoves.insertNew(move)],
      listOfDeals: [() => ruleMoves.listOfDeals({ portalId, dealIds: ['701'] })],
      newestOfConnections: [() => ruleMoves.newestOfConnections({ connectionIds: ['con_1'], limit: 10 })],
      listPlanned: [() => ruleMoves.listPlanned(portalId)],
      find: [() => ruleMoves.find({ workspaceId, moveId: move._id })],
      page: [
        () => ruleMoves.page({ workspaceId, after: null, limit: 10 }),
        () => ruleMoves.page({ workspaceId, after: { plannedAt: new Date(now), id: 'rul_1:1:701' }, limit: 10 }),
      ],
      repointContact: [() => ruleMoves.repointContact({ portalId, from: '501', to: '502' })],
      eraseContacts: [() => ruleMoves.eraseContacts({ portalId, contactIds: ['501'] })],
      askUndo: [() => ruleMoves.askUndo({ moveId: move._id, now })],
      settle: [() => ruleMoves.settle({ moveId: move._id, from: 'planned', to: 'done', detail: null, now })],
    },
    rules: {
      insert: [() => rules.insert(rule)],
      find: [() => rules.find(ruleKey)],
      list: [() => rules.list(workspaceId)],
      listOfConnections: [() => rules.listOfConnections(['con_1'])],
      listEnabled: [() => rules.listEnabled(['con_1', 'con_2'])],
      saveVersion: [() => rules.saveVersion({ ...ruleKey, version: 1, rule: rule.rule, labels: [], text: '', now })],
      setEnabled: [() => rules.setEnabled({ ...ruleKey, enabled: false })],
      arm: [() => rules.arm({ ...ruleKey, now })],
      archive: [() => rules.archive({ ...ruleKey, now })],
    },
    touches: {
      findMany: [() => touches.findMany({ portalId, contactIds: ['501'] })],
      saveMany: [
        () =>
          touches.saveMany({
            portalId,
            ledgers: new Map([['501', emptyLedger]]),
            recountAt: new Map([['501', later]]),
          }),
      ],
      takeRecounts: [() => touches.takeRecounts({ portalId, now, limit: 10 })],
      nextRecountAt: [() => touches.nextRecountAt(portalId)],
      setRecounts: [
        () =>
          touches.setRecounts({
            portalId,
            at: new Map([
              ['501', null],
              ['502', later],
            ]),
          }),
      ],
      remove: [() => touches.remove(contact)],
      removeMany: [() => touches.removeMany(contacts)],
    },
    webhookReceipts: {
      newestAt: [() => webhookReceipts.newestAt(portalId)],
      insertNew: [() => webhookReceipts.insertNew({ events: [{ event: webhookEvent, ignoredFor: null }], now })],
      portalsWithWork: [() => webhookReceipts.portalsWithWork({ now, limit: 10 })],
      takeDue: [() => webhookReceipts.takeDue({ portalId, now, limit: 10 })],
      finish: [() => webhookReceipts.finish(['r1'])],
      ignorePortals: [() => webhookReceipts.ignorePortals({ portalIds: [portalId], reason: 'not connected' })],
      postpone: [() => webhookReceipts.postpone({ ids: ['r1'], dueAt: later })],
    },
    members: {
      insert: [() => members.insert(member)],
      find: [() => members.find({ workspaceId, memberId: 'mem_1' })],
      findByLogin: [() => members.findByLogin({ workspaceId, login: 'link:1' })],
      findByEmail: [() => members.findByEmail({ workspaceId, email: 'ann@example.com' })],
      listOfLogin: [() => members.listOfLogin('link:1')],
      listOfWorkspace: [() => members.listOfWorkspace(workspaceId)],
      setRole: [() => members.setRole({ workspaceId, memberId: 'mem_1', role: 'admin' })],
      setLogin: [() => members.setLogin({ workspaceId, memberId: 'mem_1', login: 'hubspot:1:2' })],
      markSeen: [() => members.markSeen({ workspaceId, memberId: 'mem_1', now })],
      remove: [() => members.remove({ workspaceId, memberId: 'mem_1' })],
    },
    sessions: {
      create: [() => sessions.create(session)],
      find: [() => sessions.find('ses_1')],
      touch: [() => sessions.touch({ id: 'ses_1', now })],
      rotate: [() => sessions.rotate({ id: 'ses_1', current: 'a', presented: 'a', next: 'b', now })],
      rotateSoon: [() => sessions.rotateSoon('mem_1')],
      move: [() => sessions.move({ id: 'ses_1', memberId: 'mem_2', workspaceId: 'ws_2' })],
      listOfLogin: [() => sessions.listOfLogin('link:1')],
      listOfMember: [() => sessions.listOfMember('mem_1')],
      end: [() => sessions.end(['ses_1'])],
    },
    signInLinks: {
      save: [() => signInLinks.save(signInLink)],
      find: [() => signInLinks.find('h')],
      take: [() => signInLinks.take('h')],
      listInvitations: [() => signInLinks.listInvitations(workspaceId)],
      findInvitation: [() => signInLinks.findInvitation({ workspaceId, id: 'sil_1' })],
      removeInvitation: [() => signInLinks.removeInvitation({ workspaceId, id: 'sil_1' })],
      removeOfMember: [() => signInLinks.removeOfMember({ workspaceId, memberId: 'mem_1' })],
    },
    dayCounts: {
      list: [() => dayCounts.list({ connectionIds: ['con_1'], fromMonth: '2026-10' })],
      touch: [() => dayCounts.touch({ days: [{ connectionId: 'con_1', day: '2026-11-05' }], now })],
      save: [
        () =>
          dayCounts.save({
            month: { ...countedMonth, month: '2026-10', seq: 0 },
            counts: new Map([['2026-10-05', 1]]),
          }),
        () => dayCounts.save({ month: countedMonth, counts: new Map([['2026-11-05', 1]]) }),
      ],
    },
    hourCounts: {
      list: [() => hourCounts.list({ workspaceId, from: now })],
      replace: [() => hourCounts.replace([hourCount])],
    },
    portalCalls: {
      add: [() => portalCalls.add([{ portalId, day: now, calls: 3 }])],
      sum: [() => portalCalls.sum({ portalIds: [portalId], from: now })],
    },
    imports: {
      create: [() => imports.create(linkImport)],
      find: [() => imports.find({ workspaceId, importId: 'imp_1' })],
      newest: [() => imports.newest({ workspaceId, limit: 10 })],
      running: [() => imports.running({ workspaceId })],
      claim: [() => imports.claim({ now, until: later })],
      saveProgress: [() => imports.saveProgress({ claimed: linkImport, progress: importProgress, position: 0, now })],
    },
    workspaces: {
      create: [() => workspaces.create({ id: workspaceId, name: 'A', now })],
      find: [() => workspaces.find(workspaceId)],
      setCountPolicy: [
        () => workspaces.setCountPolicy({ workspaceId, countPolicy: { countMachines: true, countUnsure: true } }),
      ],
      findByPublicKey: [() => workspaces.findByPublicKey('elp_none')],
      change: [() => workspaces.change({ workspaceId, set: { name: 'B' } })],
      setBrowser: [
        () => workspaces.setBrowser({ workspaceId, browser: { publicKey: 'elp_1', origins: [], acceptEmail: false } }),
      ],
      list: [() => workspaces.list()],
    },
  };
}
