// Every change of what people set for a portal is counted in the portal's document, or its workers would go on with what they remember.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoredRule } from '../../server/store/rules.ts';
import { startTestStore, type TestStore } from '../helpers/start-test-store.ts';
import { install, now, portalId } from './samples.ts';

let db: TestStore;
const mine = { workspaceId: 'ws_1', connectionId: 'con_1' };
const ruleKey = { workspaceId: 'ws_1', ruleId: 'rul_1' };
const rule: StoredRule = {
  _id: ruleKey.ruleId,
  ...mine,
  rule: { enabled: true } as StoredRule['rule'],
  enabled: true,
  version: 1,
  versions: [],
  arming: { number: 0, since: null },
  createdAt: new Date(now),
  archivedAt: null,
};

beforeAll(async () => {
  db = await startTestStore();
  const { portals, connections, workspaces } = db.store;
  for (const id of [portalId, 7]) await portals.saveInstall(install({ portalId: id }));
  for (const id of ['ws_1', 'ws_2']) await workspaces.create({ id, name: id, now });
  await connections.connect({ id: 'con_7', workspaceId: 'ws_2', portalId: 7, dialect: 'notes', now });
});
afterAll(() => db.close());

const countOf = async (id: number) => (await db.store.portals.find(id))?.settingsSeq ?? 0;
const browser = { publicKey: 'elp_1', origins: [], acceptEmail: false };

describe('a change is counted, for the portals of the workspace only:', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['a connection', () => db.store.connections.connect({ id: 'con_1', ...mine, portalId, dialect: 'notes', now })],
    ['a pause', () => db.store.connections.change({ ...mine, set: { state: 'paused' } })],
    [
      'who counts',
      () => db.store.workspaces.setCountPolicy({ ...mine, countPolicy: { countMachines: true, countUnsure: true } }),
    ],
    ['a setting of the workspace', () => db.store.workspaces.change({ ...mine, set: { name: 'B' } })],
    ['its pages', () => db.store.workspaces.setBrowser({ ...mine, browser })],
    ['a new rule', () => db.store.rules.insert(rule)],
    [
      'another version',
      () => db.store.rules.saveVersion({ ...ruleKey, version: 1, rule: rule.rule, labels: [], text: '', now }),
    ],
    ['a switch', () => db.store.rules.setEnabled({ ...ruleKey, enabled: true })],
    ['an arming', () => db.store.rules.arm({ ...ruleKey, now })],
    ['a rule that goes', () => db.store.rules.archive({ ...ruleKey, now })],
  ])('%s', async (_what, change) => {
    const [own, other] = [await countOf(portalId), await countOf(7)];
    await change();
    expect([await countOf(portalId), await countOf(7)]).toEqual([own + 1, other]);
  });

  it('a change of somebody else counts nothing', async () => {
    const before = await countOf(portalId);
    await db.store.connections.change({ workspaceId: 'ws_2', connectionId: 'con_1', set: { state: 'active' } });
    expect(await countOf(portalId)).toBe(before);
  });
});
