import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, openDatabase, type Doc, type OpenDatabase } from './open-database.ts';

let database: OpenDatabase;
beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.close());

/** Every index name and stage in a plan, wherever the server puts them. */
function inPlan(plan: unknown, key: 'indexName' | 'stage'): unknown[] {
  if (Array.isArray(plan)) return plan.flatMap((part) => inPlan(part, key));
  if (typeof plan !== 'object' || plan === null) return [];
  return Object.entries(plan).flatMap(([name, value]) => (name === key ? [value] : inPlan(value, key)));
}

type Explained = {
  queryPlanner: { winningPlan: unknown };
  executionStats: { totalDocsExamined: number; totalKeysExamined: number; nReturned: number };
};

describe('unique indexes', () => {
  it('name the index, the pattern and the value that clashed', async () => {
    const collection = database.collection();
    await collection.createIndex({ email: 1 }, { unique: true });
    await collection.insertOne({ email: 'a@example.com' });
    const error = await errorOf(collection.insertOne({ email: 'a@example.com' }));
    expect(error.code).toBe(11000);
    expect(error.keyPattern).toEqual({ email: 1 });
    expect(error.keyValue).toEqual({ email: 'a@example.com' });
    expect(error.message).toContain(
      `E11000 duplicate key error collection: ${database.name}.${collection.collectionName} index: email_1 dup key: { email: "a@example.com" }`,
    );
  });

  it('say the same for the _id', async () => {
    const collection = database.collection();
    await collection.insertOne({ _id: 5 });
    const error = await errorOf(collection.insertOne({ _id: 5 }));
    expect([error.code, error.keyValue]).toEqual([11000, { _id: 5 }]);
  });

  it('hold for updates, which then change nothing', async () => {
    const collection = database.collection();
    await collection.createIndex({ k: 1 }, { unique: true });
    await collection.insertMany([
      { _id: 1, k: 1 },
      { _id: 2, k: 2, n: 0 },
    ]);
    const byUpdate = await errorOf(collection.updateOne({ _id: 2 }, { $set: { k: 1, n: 9 } }));
    const byClaim = await errorOf(collection.findOneAndUpdate({ _id: 2 }, { $set: { k: 1 } }));
    expect([byUpdate.code, byClaim.code]).toEqual([11000, 11000]);
    expect(await collection.findOne({ _id: 2 })).toEqual({ _id: 2, k: 2, n: 0 });
  });

  it('take 1, 1.0 and a long 1 for the same', async () => {
    const { Double } = mongoose.mongo;
    const collection = database.collection();
    await collection.createIndex({ k: 1 }, { unique: true });
    await collection.insertOne({ k: 1 });
    expect((await errorOf(collection.insertOne({ k: new Double(1) }))).code).toBe(11000);
  });

  it('allow one document without the field, and null is the same as none', async () => {
    const collection = database.collection();
    await collection.createIndex({ k: 1 }, { unique: true });
    await collection.insertOne({ a: 1 });
    expect((await errorOf(collection.insertOne({ k: null }))).code).toBe(11000);
  });

  it('that are sparse leave out documents without the field', async () => {
    const collection = database.collection();
    await collection.createIndex({ k: 1 }, { unique: true, sparse: true });
    await collection.insertMany([{ a: 1 }, { a: 2 }, { k: 1 }]);
    expect(await collection.countDocuments()).toBe(3);
  });

  it('that are partial hold only inside their filter', async () => {
    const collection = database.collection();
    await collection.createIndex(
      { k: 1 },
      { unique: true, partialFilterExpression: { state: { $in: ['queued', 'running'] } } },
    );
    await collection.insertMany([
      { k: 1, state: 'done' },
      { k: 1, state: 'queued' },
      { k: 1, state: 'done' },
    ]);
    expect((await errorOf(collection.insertOne({ k: 1, state: 'running' }))).code).toBe(11000);
    await collection.updateOne({ state: 'queued' }, { $set: { state: 'done' } });
    await collection.insertOne({ k: 1, state: 'running' });
    expect(await collection.countDocuments({ k: 1 })).toBe(4);
  });

  it('over an array take every element, but not twice from one document', async () => {
    const collection = database.collection();
    await collection.createIndex({ tags: 1 }, { unique: true });
    await collection.insertOne({ tags: ['a', 'b', 'a'] });
    expect((await errorOf(collection.insertOne({ tags: ['c', 'b'] }))).code).toBe(11000);
  });

  it('over two fields of one array pair the fields of an element', async () => {
    const collection = database.collection();
    await collection.createIndex({ 'a.x': 1, 'a.y': 1 }, { unique: true });
    await collection.insertOne({
      a: [
        { x: 1, y: 1 },
        { x: 2, y: 2 },
      ],
    });
    await collection.insertOne({ a: [{ x: 1, y: 2 }] });
    expect((await errorOf(collection.insertOne({ a: [{ x: 2, y: 2 }] }))).code).toBe(11000);
  });

  it('cannot be built over duplicates', async () => {
    const collection = database.collection();
    await collection.insertMany([{ a: 1 }, { a: 1 }]);
    const error = await errorOf(collection.createIndex({ a: 1 }, { unique: true }));
    expect(error.code).toBe(11000);
    expect(await collection.indexes()).toHaveLength(1);
  });
});

describe('managing indexes', () => {
  it('the same index again is no change', async () => {
    const collection = database.collection();
    await collection.createIndex({ a: 1, b: -1 }, { unique: true });
    await collection.createIndex({ a: 1, b: -1 }, { unique: true });
    expect((await collection.indexes()).map(({ name }) => name)).toEqual(['_id_', 'a_1_b_-1']);
  });

  it('listing shows what was asked for', async () => {
    const collection = database.collection();
    await collection.createIndex({ at: 1 }, { expireAfterSeconds: 60, name: 'expiry' });
    await collection.createIndex({ k: -1 }, { unique: true, partialFilterExpression: { k: { $type: 'string' } } });
    const [, expiry, partial] = await collection.indexes();
    expect(expiry).toMatchObject({ v: 2, key: { at: 1 }, name: 'expiry', expireAfterSeconds: 60 });
    expect(partial).toMatchObject({
      key: { k: -1 },
      name: 'k_-1',
      unique: true,
      partialFilterExpression: { k: { $type: 'string' } },
    });
  });

  it.each([
    ['another key under the same name', { b: 1 }, { name: 'first' }, 86],
    ['the same key under another name', { a: 1 }, { name: 'second' }, 85],
    ['the same name and key, now unique', { a: 1 }, { name: 'first', unique: true }, 86],
    ['the same name and key, now expiring', { a: 1 }, { name: 'first', expireAfterSeconds: 5 }, 85],
  ] as [string, Record<string, 1>, mongoose.mongo.CreateIndexesOptions, number][])(
    '%s is a conflict',
    async (_, key, options, code) => {
      const collection = database.collection();
      await collection.createIndex({ a: 1 }, { name: 'first' });
      expect((await errorOf(collection.createIndex(key, options))).code).toBe(code);
    },
  );

  it.each([
    ['no keys', {}, {}],
    ['a direction that is no direction', { a: 0 }, {}],
    ['an unknown kind', { a: 'fast' }, {}],
    ['expiry over two fields', { a: 1, b: 1 }, { expireAfterSeconds: 5 }],
    ['sparse and partial at once', { a: 1 }, { sparse: true, partialFilterExpression: { a: 1 } }],
    ['a partial filter with $ne', { a: 1 }, { partialFilterExpression: { a: { $ne: 1 } } }],
  ] as [string, Record<string, 1>, Doc][])('%s is refused', async (_, key, options) => {
    const collection = database.collection();
    await collection.insertOne({ a: 1 });
    const command = { createIndexes: collection.collectionName, indexes: [{ key, name: 'n', ...options }] };
    expect((await errorOf(database.db.command(command))).code).toBe(67);
  });

  it('dropping one, all, none and the one on _id', async () => {
    const collection = database.collection();
    await collection.createIndex({ a: 1 });
    await collection.createIndex({ b: 1 });
    await collection.dropIndex('a_1');
    expect((await collection.indexes()).map(({ name }) => name)).toEqual(['_id_', 'b_1']);
    expect((await errorOf(collection.dropIndex('a_1'))).code).toBe(27);
    expect((await errorOf(collection.dropIndex('_id_'))).code).toBe(72);
    await collection.dropIndexes();
    expect(await collection.indexes()).toHaveLength(1);
  });

  it('two arrays in one index are refused', async () => {
    const collection = database.collection();
    await collection.createIndex({ a: 1, b: 1 });
    expect((await errorOf(collection.insertOne({ a: [1], b: [2] }))).code).toBe(171);
  });
});

describe('a query that can use an index does', () => {
  const collection = async () => {
    const made = database.collection();
    await made.createIndex({ state: 1, at: 1 });
    await made.createIndex({ key: 1 }, { unique: true, sparse: true });
    await made.createIndex({ owner: 1 }, { partialFilterExpression: { state: 'queued' } });
    await made.createIndex({ tags: 1 });
    await made.createIndex({ 'items.x': 1 });
    await made.insertMany(
      Array.from({ length: 400 }, (_, i) => ({
        _id: i,
        state: ['queued', 'taken', 'done', 'dead'][i % 4],
        at: i,
        owner: i % 10,
        tags: [`t${i % 50}`],
        items: [{ x: i % 100 }],
        ...(i % 2 ? { key: i } : {}),
      })),
    );
    return made;
  };
  type Case = [
    promise: string,
    filter: Doc,
    options: { sort?: Record<string, 1 | -1>; limit?: number },
    index: string,
    mostDocs: number,
  ];

  it.each([
    ['equality', { state: 'queued' }, {}, 'state_1_at_1', 100],
    ['equality and a range', { state: 'queued', at: { $gte: 100, $lt: 120 } }, {}, 'state_1_at_1', 6],
    ['equality and a sort stop at the limit', { state: 'queued' }, { sort: { at: 1 }, limit: 5 }, 'state_1_at_1', 5],
    ['the sort runs backwards too', { state: 'queued' }, { sort: { at: -1 }, limit: 5 }, 'state_1_at_1', 5],
    ['a list of values', { state: { $in: ['queued', 'dead'] } }, {}, 'state_1_at_1', 200],
    [
      'a list of values and a sort stop at the limit',
      { state: { $in: ['queued', 'taken'] } },
      { sort: { at: 1 }, limit: 6 },
      'state_1_at_1',
      8,
    ],
    ['a unique value', { key: 7 }, {}, 'key_1', 1],
    ['a partial index, where the query implies its filter', { owner: 4, state: 'queued' }, {}, 'owner_1', 100],
    ['an element of an array', { tags: 't7' }, {}, 'tags_1', 8],
    ['a field of documents in an array', { 'items.x': 5 }, {}, 'items.x_1', 4],
    ['$elemMatch', { items: { $elemMatch: { x: 5 } } }, {}, 'items.x_1', 4],
    ['each branch of $or', { $or: [{ key: 7 }, { tags: 't7' }] }, {}, 'tags_1', 9],
  ] as Case[])('%s', async (_, filter, { sort = {}, limit = 0 }, index, mostDocs) => {
    const made = await collection();
    const explained = (await made
      .find(filter)
      .sort(sort)
      .limit(limit)
      .explain('executionStats')) as unknown as Explained;
    expect(inPlan(explained.queryPlanner.winningPlan, 'indexName')).toContain(index);
    expect(inPlan(explained.queryPlanner.winningPlan, 'stage')).not.toContain('COLLSCAN');
    expect(explained.executionStats.totalDocsExamined).toBeLessThanOrEqual(mostDocs);
  });

  it('the _id is looked up, not searched', async () => {
    const explained = (await (await collection()).find({ _id: 5 }).explain('executionStats')) as unknown as Explained;
    const stages = inPlan(explained.queryPlanner.winningPlan, 'stage');
    expect(stages.some((stage) => ['IDHACK', 'EXPRESS_IXSCAN', 'IXSCAN'].includes(String(stage)))).toBe(true);
    expect(explained.executionStats.totalDocsExamined).toBe(1);
  });

  it('a query without one looks at everything', async () => {
    const explained = (await (
      await collection()
    )
      .find({ nothing: 1 })
      .explain('executionStats')) as unknown as Explained;
    expect(inPlan(explained.queryPlanner.winningPlan, 'stage')).toContain('COLLSCAN');
    expect([explained.executionStats.totalDocsExamined, explained.executionStats.nReturned]).toEqual([400, 0]);
  });

  it('a partial index is left alone where the query does not imply its filter', async () => {
    const made = await collection();
    const explained = (await made.find({ owner: 4 }).explain('executionStats')) as unknown as Explained;
    expect(inPlan(explained.queryPlanner.winningPlan, 'indexName')).not.toContain('owner_1');
    expect(await made.countDocuments({ owner: 4 })).toBe(40);
  });

  it('a hint is followed, and an unknown one refused', async () => {
    const made = await collection();
    const explained = (await made
      .find({ at: 5 })
      .hint('state_1_at_1')
      .explain('executionStats')) as unknown as Explained;
    expect(inPlan(explained.queryPlanner.winningPlan, 'indexName')).toEqual(['state_1_at_1']);
    expect((await errorOf(made.find({}).hint('nowhere').toArray())).code).toBe(2);
  });
});

describe('the edges of a descending index', () => {
  it.each([
    [{ $lte: 5 }, [1, 5]],
    [{ $lt: 5 }, [1]],
    [{ $gte: 5 }, [5, 9]],
    [{ $gt: 5 }, [9]],
    [{ $gte: 5, $lte: 5 }, [5]],
  ] as [Doc, number[]][])('%j', async (condition, expected) => {
    const collection = database.collection();
    await collection.createIndex({ a: -1 });
    await collection.insertMany([1, 5, 9].map((a) => ({ a })));
    const found = await collection.find({ a: condition } as Doc, { sort: { a: 1 } }).toArray();
    expect(found.map(({ a }) => a)).toEqual(expected);
  });

  it('a partial index on $exists does not answer for null', async () => {
    const collection = database.collection();
    await collection.createIndex({ a: 1 }, { partialFilterExpression: { a: { $exists: true } } });
    await collection.insertMany([{ _id: 1, a: null }, { _id: 2 }, { _id: 3, a: 1 }]);
    expect(await collection.countDocuments({ a: null })).toBe(2);
  });
});
