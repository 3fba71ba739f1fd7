// Every verb of the store is called here, and every query it sends is explained by the server: none may read a whole collection.
// A new verb without a line in the table fails, in the types and in the test.
import type mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../server/store/store.ts';
import { startTestStore, type TestStore } from '../helpers/start-test-store.ts';
import { callsOf, type Collections } from './verb-calls.ts';

type Command = Record<string, unknown>;

const explained = new Set(['find', 'aggregate', 'distinct', 'count', 'findAndModify', 'update', 'delete']);
/** Verbs that send no query: an insert, or no command at all. */
const askNothing = [
  'actionWaits.waitId',
  'apiKeys.create',
  'audit.add',
  'contactAliases.aliasKey',
  'dealStages.record',
  'deliveries.insertNew',
  'imports.create',
  'links.insert',
  'members.insert',
  'oauthStates.save',
  'ruleMoves.moveId',
  'sessions.create',
  'signInLinks.save',
  'webhookReceipts.insertNew',
  'workspaces.create',
];
/** Listing all workspaces reads all workspaces: that is what it is for. */
const readEverything = ['workspaces.list'];

let db: TestStore;
const sent: Command[] = [];

beforeAll(async () => {
  db = await startTestStore();
  db.client.on('commandStarted', ({ commandName, command }: mongoose.mongo.CommandStartedEvent) => {
    if (explained.has(commandName)) sent.push(...statementsOf(command));
  });
});
afterAll(() => db.close());

/** A bulk write is as many queries as it has statements. */
function statementsOf(command: Command): Command[] {
  const { lsid: _lsid, $db: _db, $clusterTime: _time, maxTimeMS: _max, txnNumber: _txn, ...rest } = command;
  for (const list of ['updates', 'deletes']) {
    const statements = rest[list];
    if (Array.isArray(statements)) return statements.map((one: unknown) => ({ ...rest, [list]: [one] }));
  }
  return [rest];
}

/** Runs every verb once and keeps what each sent. */
async function sentByVerb(store: Store): Promise<Map<string, Command[]>> {
  const commands = new Map<string, Command[]>();
  for (const [collection, verbs] of Object.entries(callsOf(store))) {
    for (const [verb, calls] of Object.entries(verbs)) {
      sent.length = 0;
      for (const call of calls as (() => unknown)[]) await call();
      commands.set(`${collection}.${verb}`, [...sent]);
    }
  }
  return commands;
}

interface Stage {
  stage?: string;
  indexName?: string;
}

/** The names of all stages of the plans in an explanation, wherever they stand in it. */
function stagesIn(explanation: unknown): string[] {
  if (Array.isArray(explanation)) return explanation.flatMap(stagesIn);
  if (typeof explanation !== 'object' || explanation === null) return [];
  const { stage } = explanation as Stage;
  const inner = Object.entries(explanation).flatMap(([key, value]) => (key === 'rejectedPlans' ? [] : stagesIn(value)));
  return typeof stage === 'string' ? [stage, ...inner] : inner;
}

const byIndex = /^(IXSCAN|IDHACK|COUNT_SCAN|DISTINCT_SCAN|EXPRESS_\w+|CLUSTERED_IXSCAN)$/;

describe('the store', () => {
  it('has no verb that the table does not call', () => {
    const calls = callsOf(db.store);
    const { ping: _ping, close: _close, ...collections } = db.store;
    const verbs = (names: object) => Object.keys(names).sort();
    expect(verbs(collections)).toEqual(verbs(calls));
    for (const [name, collection] of Object.entries(collections)) {
      expect(verbs(collection), `store.${name}`).toEqual(verbs(calls[name as keyof Collections]));
    }
  });

  it('answers every question by an index', async () => {
    const slow: unknown[] = [];
    for (const [verb, commands] of await sentByVerb(db.store)) {
      expect(commands.length > 0, `${verb} sends a query`).toBe(!askNothing.includes(verb));
      for (const command of commands) {
        const explanation = await db.client.db().command({ explain: command, verbosity: 'queryPlanner' });
        const stages = stagesIn(explanation);
        const indexed = stages.some((stage) => byIndex.test(stage)) && !stages.includes('COLLSCAN');
        if (!indexed && !readEverything.includes(verb)) slow.push({ verb, stages, command });
      }
    }
    expect(slow).toEqual([]);
  });

  it('would notice a query that reads everything', async () => {
    const command = { find: 'deliveries', filter: { 'click.device': 'x' } };
    const explanation = await db.client.db().command({ explain: command, verbosity: 'queryPlanner' });
    expect(stagesIn(explanation)).toContain('COLLSCAN');
  });
});

describe('the indexes', () => {
  const indexesOf = async (collection: string) => {
    const indexes = await db.client.db().collection(collection).indexes();
    return indexes.map(({ key, unique, expireAfterSeconds, partialFilterExpression }) => ({
      key,
      ...(unique ? { unique } : {}),
      ...(expireAfterSeconds === undefined ? {} : { expireAfterSeconds }),
      ...(partialFilterExpression ? { partialFilterExpression } : {}),
    }));
  };
  const day = 24 * 3600;

  it.each<[string, object]>([
    ['api_keys', { key: { hash: 1 }, unique: true }],
    ['connections', { key: { workspaceId: 1, portalId: 1 }, unique: true }],
    ['links', { key: { slug: 1 }, unique: true }],
    ['form_submissions', { key: { submittedAt: 1 }, expireAfterSeconds: 14 * day }],
    ['oauth_states', { key: { expiresAt: 1 }, expireAfterSeconds: day }],
    ['deliveries', { key: { portalId: 1, dueAt: 1 }, partialFilterExpression: { dueAt: { $exists: true } } }],
    ['deliveries', { key: { workspaceId: 1, matchKeys: 1 }, partialFilterExpression: { state: 'waiting_contact' } }],
    ['touches', { key: { portalId: 1, recountAt: 1 }, partialFilterExpression: { recountAt: { $exists: true } } }],
    ['portals', { key: { workAt: 1 }, partialFilterExpression: { workAt: { $exists: true } } }],
  ])('%s has %j', async (collection, index) => {
    expect(await indexesOf(collection)).toContainEqual(index);
  });
});
