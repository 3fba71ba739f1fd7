import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, openDatabase, type Doc, type OpenDatabase } from './open-database.ts';

const { Decimal128, Double, Long } = mongoose.mongo;
let database: OpenDatabase;
let exact: OpenDatabase;
beforeAll(async () => {
  database = await openDatabase();
  exact = await openDatabase({ promoteValues: false });
});
afterAll(async () => {
  await database.close();
  await exact.close();
});

async function updated(
  before: Doc,
  update: Doc | Doc[],
  filter: Doc = {},
  options: mongoose.mongo.UpdateOptions = {},
): Promise<Doc> {
  const collection = database.collection();
  await collection.insertOne({ _id: 1, ...before });
  await collection.updateOne(filter, update, options);
  const { _id, ...after } = (await collection.findOne({})) ?? {};
  return after;
}

type Case = [promise: string, before: Doc, update: Doc, after: Doc];

const cases: Case[] = [
  ['$set makes the documents on the way', {}, { $set: { 'a.b.c': 1 } }, { a: { b: { c: 1 } } }],
  ['$set fills an array up with null', { a: [1] }, { $set: { 'a.3': 9 } }, { a: [1, null, null, 9] }],
  ['$unset removes a field', { a: 1, b: 2 }, { $unset: { a: '' } }, { b: 2 }],
  ['$unset removes a whole document', { a: { b: 1 }, c: [1], d: 1 }, { $unset: { a: '', c: '' } }, { d: 1 }],
  ['$unset in an array leaves null', { a: [1, 2] }, { $unset: { 'a.0': '' } }, { a: [null, 2] }],
  ['$unset below a scalar does nothing', { a: 1 }, { $unset: { 'a.b': '' } }, { a: 1 }],
  ['$inc adds and creates', { a: 1 }, { $inc: { a: 2, b: -1 } }, { a: 3, b: -1 }],
  ['$mul multiplies and creates zero', { a: 3 }, { $mul: { a: 2, b: 5 } }, { a: 6, b: 0 }],
  ['$min and $max keep the extreme', { a: 5, b: 5 }, { $min: { a: 3, b: 9 }, $max: { c: 1 } }, { a: 3, b: 5, c: 1 }],
  ['$max compares across types', { a: 'x' }, { $max: { a: 5 } }, { a: 'x' }],
  ['$rename moves a value', { a: 1, b: 2 }, { $rename: { a: 'c.d' } }, { b: 2, c: { d: 1 } }],
  ['$rename of what is missing does nothing', { b: 2 }, { $rename: { a: 'c' } }, { b: 2 }],
  ['$push appends and creates', { a: [1] }, { $push: { a: 2, b: 3 } }, { a: [1, 2], b: [3] }],
  [
    '$push takes each, position, sort and slice',
    { a: [3, 1] },
    { $push: { a: { $each: [4, 2], $sort: 1, $slice: -3 } } },
    { a: [2, 3, 4] },
  ],
  [
    '$push inserts at a position',
    { a: [1, 4] },
    { $push: { a: { $each: [2, 3], $position: 1 } } },
    { a: [1, 2, 3, 4] },
  ],
  ['$push slices what it creates', {}, { $push: { a: { $each: [1, 2, 3], $slice: 2 } } }, { a: [1, 2] }],
  [
    '$push sorts by several fields',
    { a: [{ x: 1, y: 2 }] },
    {
      $push: {
        a: {
          $each: [
            { x: 1, y: 1 },
            { x: 0, y: 9 },
          ],
          $sort: { x: -1, y: 1 },
        },
      },
    },
    {
      a: [
        { x: 1, y: 1 },
        { x: 1, y: 2 },
        { x: 0, y: 9 },
      ],
    },
  ],
  ['$push keeps the newest with slice -2', { a: [1, 2] }, { $push: { a: { $each: [3], $slice: -2 } } }, { a: [2, 3] }],
  [
    '$addToSet adds what is new and keeps old doubles',
    { a: [1, 1] },
    { $addToSet: { a: { $each: [1, 2, 2] } } },
    { a: [1, 1, 2] },
  ],
  [
    '$addToSet compares documents with their order',
    { a: [{ x: 1, y: 2 }] },
    { $addToSet: { a: { y: 2, x: 1 } } },
    {
      a: [
        { x: 1, y: 2 },
        { y: 2, x: 1 },
      ],
    },
  ],
  ['$pull removes values', { a: [1, 2, 1] }, { $pull: { a: 1 } }, { a: [2] }],
  ['$pull takes a condition', { a: [1, 5, 9] }, { $pull: { a: { $gte: 5 } } }, { a: [1] }],
  [
    '$pull takes a query on documents',
    { a: [{ x: 1, y: 1 }, { x: 2 }] },
    { $pull: { a: { x: 1 } } },
    { a: [{ x: 2 }] },
  ],
  ['$pullAll removes a list', { a: [1, 2, 3, 1] }, { $pullAll: { a: [1, 3] } }, { a: [2] }],
  ['$pop takes the last', { a: [1, 2, 3] }, { $pop: { a: 1 } }, { a: [1, 2] }],
  ['$pop takes the first', { a: [1, 2, 3] }, { $pop: { a: -1 } }, { a: [2, 3] }],
  [
    '$push and $addToSet of nothing make an empty array',
    {},
    { $push: { a: { $each: [] } }, $addToSet: { b: { $each: [] } } },
    { a: [], b: [] },
  ],
  ['$rename of a missing element does nothing', { a: [1] }, { $rename: { 'a.5': 'c' } }, { a: [1] }],
  ['$[] updates every element', { a: [1, 2] }, { $inc: { 'a.$[]': 10 } }, { a: [11, 12] }],
];

describe('update operators', () => {
  it.each(cases)('%s', async (_, before, update, after) => {
    expect(await updated(before, update)).toEqual(after);
  });

  it('$ stands for the element the query matched', async () => {
    const before = {
      a: [
        { k: 1, n: 0 },
        { k: 2, n: 0 },
      ],
    };
    expect(await updated(before, { $inc: { 'a.$.n': 5 } }, { 'a.k': 2 })).toEqual({
      a: [
        { k: 1, n: 0 },
        { k: 2, n: 5 },
      ],
    });
    expect(await updated(before, { $set: { 'a.$.n': 7 } }, { a: { $elemMatch: { k: 1 } } })).toEqual({
      a: [
        { k: 1, n: 7 },
        { k: 2, n: 0 },
      ],
    });
  });

  it('$[name] stands for the elements its filter matches', async () => {
    const arrayFilters = [{ 'item.k': { $gt: 1 } }];
    const after = await updated(
      { a: [{ k: 1 }, { k: 2 }, { k: 3 }] },
      { $set: { 'a.$[item].hit': true } },
      {},
      { arrayFilters },
    );
    expect(after).toEqual({ a: [{ k: 1 }, { k: 2, hit: true }, { k: 3, hit: true }] });
  });

  it('$currentDate sets the time of the server', async () => {
    const { at } = await updated({}, { $currentDate: { at: true } });
    expect(Math.abs(Number(at) - Date.now())).toBeLessThan(60_000);
  });
});

describe('number types survive an update', () => {
  it.each([
    ['int plus int is an int', 1, 2, '_bsontype Int32 3'],
    ['an int that overflows becomes a long', 2 ** 31 - 1, 1, '_bsontype Long 2147483648'],
    ['int plus double is a double', 1, new Double(1), '_bsontype Double 2'],
    ['long plus int is a long', Long.fromNumber(5), 1, '_bsontype Long 6'],
    [
      'a decimal stays a decimal',
      Decimal128.fromString('0.1'),
      Decimal128.fromString('0.2'),
      '_bsontype Decimal128 0.3',
    ],
  ] as [string, unknown, unknown, string][])('%s', async (_, start, step, expected) => {
    const collection = exact.collection();
    await collection.insertOne({ a: start });
    await collection.updateOne({}, { $inc: { a: step } } as Doc);
    const { a } = (await collection.findOne({})) as unknown as { a: mongoose.mongo.Long };
    expect(`_bsontype ${a._bsontype} ${a.toString()}`).toBe(expected);
  });
});

describe('what an update reports', () => {
  it('nothing changed is matched, not modified', async () => {
    const collection = database.collection();
    await collection.insertOne({ _id: 1, a: 1, b: [1, { c: 2 }] });
    const result = await collection.updateOne({ _id: 1 }, { $set: { a: 1, b: [1, { c: 2 }] } });
    expect([result.matchedCount, result.modifiedCount]).toEqual([1, 0]);
  });

  it('the same replacement is not a modification', async () => {
    const collection = database.collection();
    await collection.insertOne({ _id: 1, a: 1 });
    const result = await collection.replaceOne({ _id: 1 }, { a: 1 });
    expect([result.matchedCount, result.modifiedCount]).toEqual([1, 0]);
  });

  it('updateMany along the index it changes meets each document once', async () => {
    const collection = database.collection();
    await collection.createIndex({ n: 1 });
    await collection.insertMany(Array.from({ length: 300 }, (_, i) => ({ _id: i, n: i })));
    const result = await collection.updateMany({ n: { $gte: 0 } }, { $inc: { n: 50 } } as Doc);
    expect(result.modifiedCount).toBe(300);
    expect(await collection.countDocuments({ $expr: { $eq: ['$n', { $add: ['$_id', 50] }] } })).toBe(300);
  });

  it('updateMany counts every document', async () => {
    const collection = database.collection();
    await collection.insertMany([{ a: 1 }, { a: 1 }, { a: 2 }]);
    const result = await collection.updateMany({ a: 1 }, { $set: { b: 1 } });
    expect([result.matchedCount, result.modifiedCount]).toEqual([2, 2]);
  });

  it('a replacement keeps the _id and puts it first', async () => {
    const collection = database.collection();
    await collection.insertOne({ _id: 1, a: 1 });
    await collection.replaceOne({ a: 1 }, { z: 2 });
    const doc = (await collection.findOne({})) ?? {};
    expect(doc).toEqual({ _id: 1, z: 2 });
    expect(Object.keys(doc)[0]).toBe('_id');
  });
});

describe('upsert', () => {
  it('starts from the equalities of the query and takes $setOnInsert once', async () => {
    const collection = database.collection();
    const change = { $set: { seen: 1 }, $setOnInsert: { made: 1 } };
    const first = await collection.updateOne({ key: 'k', kind: { $eq: 'x' }, n: { $gt: 3 } }, change, {
      upsert: true,
    });
    await collection.updateOne({ key: 'k' }, { $set: { seen: 2 }, $setOnInsert: { made: 2 } }, { upsert: true });
    const doc = await collection.findOne({});
    expect(first.upsertedCount).toBe(1);
    expect(doc).toEqual({ _id: first.upsertedId, key: 'k', kind: 'x', seen: 2, made: 1 });
  });

  it('takes the _id of the query', async () => {
    const collection = database.collection();
    await collection.updateOne({ _id: 'mine' }, { $inc: { n: 1 } } as Doc, { upsert: true });
    await collection.replaceOne({ _id: 'other' }, { n: 5 }, { upsert: true });
    expect(await collection.find({}, { sort: { _id: 1 } }).toArray()).toEqual([
      { _id: 'mine', n: 1 },
      { _id: 'other', n: 5 },
    ]);
  });

  it('twenty at once for one key make one document', async () => {
    const collection = database.collection();
    await collection.createIndex({ key: 1 }, { unique: true });
    const attempt = () => collection.updateOne({ key: 1 }, { $inc: { n: 1 } } as Doc, { upsert: true });
    await Promise.all(Array.from({ length: 20 }, attempt));
    expect(await collection.find({}, { projection: { _id: 0 } }).toArray()).toEqual([{ key: 1, n: 20 }]);
  });

  it('findOneAndUpdate answers null before and the document after', async () => {
    const collection = database.collection();
    const before = await collection.findOneAndUpdate(
      { k: 1 },
      { $set: { v: 1 } },
      { upsert: true, returnDocument: 'before' },
    );
    const after = await collection.findOneAndUpdate(
      { k: 2 },
      { $set: { v: 1 } },
      { upsert: true, returnDocument: 'after', includeResultMetadata: true },
    );
    expect(before).toBeNull();
    expect(after.value).toMatchObject({ k: 2, v: 1 });
    expect(after.lastErrorObject).toMatchObject({ updatedExisting: false, upserted: after.value?._id });
  });
});

describe('findOneAnd…', () => {
  it('takes the first by the sort', async () => {
    const collection = database.collection();
    await collection.insertMany([
      { _id: 1, p: 1 },
      { _id: 2, p: 3 },
      { _id: 3, p: 2 },
    ]);
    const taken = await collection.findOneAndUpdate(
      {},
      { $set: { done: true } },
      { sort: { p: -1 }, returnDocument: 'after', projection: { p: 0 } },
    );
    expect(taken).toEqual({ _id: 2, done: true });
  });

  it('Delete answers what it removed', async () => {
    const collection = database.collection();
    await collection.insertMany([{ _id: 1 }, { _id: 2 }]);
    expect(await collection.findOneAndDelete({}, { sort: { _id: -1 } })).toEqual({ _id: 2 });
    expect(await collection.findOneAndDelete({ _id: 9 })).toBeNull();
    expect(await collection.countDocuments()).toBe(1);
  });

  it('eight workers claim each of 200 jobs once', async () => {
    const collection = database.collection();
    await collection.createIndex({ state: 1, at: 1 });
    await collection.insertMany(Array.from({ length: 200 }, (_, i) => ({ _id: i, state: 'queued', at: i % 17 })));
    const claimed: unknown[] = [];
    const work = async (): Promise<void> => {
      for (;;) {
        const job = await collection.findOneAndUpdate(
          { state: 'queued' },
          { $set: { state: 'taken' } },
          { sort: { at: 1 } },
        );
        if (!job) return;
        claimed.push(job._id);
      }
    };
    await Promise.all(Array.from({ length: 8 }, work));
    expect(claimed).toHaveLength(200);
    expect(new Set(claimed).size).toBe(200);
  });
});

describe('pipeline updates', () => {
  it.each([
    ['compute from the document', { a: 1, b: 2 }, [{ $set: { sum: { $add: ['$a', '$b'] } } }], { a: 1, b: 2, sum: 3 }],
    ['set dotted paths', { a: { x: 1 } }, [{ $set: { 'a.y': { $add: ['$a.x', 1] } } }], { a: { x: 1, y: 2 } }],
    ['unset', { a: 1, b: { c: 1, d: 2 } }, [{ $unset: ['a', 'b.c'] }], { b: { d: 2 } }],
    ['replace', { a: { x: 1 } }, [{ $replaceWith: { $mergeObjects: ['$a', { y: 2 }] } }], { x: 1, y: 2 }],
    ['decide', { n: 5 }, [{ $set: { big: { $cond: [{ $gt: ['$n', 3] }, 'yes', 'no'] } } }], { n: 5, big: 'yes' }],
    ['keep the whole document', { n: 1 }, [{ $set: { old: '$$ROOT.n' } }], { n: 1, old: 1 }],
    ['leave out with $$REMOVE', { n: 1, m: 2 }, [{ $set: { m: '$$REMOVE' } }], { n: 1 }],
    ['move a number by a multiple of 2^32', { t: 5 }, [{ $set: { t: { $add: ['$t', 2 ** 32] } } }], { t: 5 + 2 ** 32 }],
  ] as [string, Doc, Doc[], Doc][])('%s', async (_, before, update, after) => {
    expect(await updated(before, update)).toEqual(after);
  });

  it('$$NOW is a date of the server', async () => {
    const { at } = await updated({}, [{ $set: { at: '$$NOW' } }]);
    expect(Math.abs(Number(at) - Date.now())).toBeLessThan(60_000);
  });

  it('refuse stages that are not updates', async () => {
    const error = await errorOf(database.collection().updateOne({}, [{ $match: { a: 1 } }]));
    expect(error.code).toBe(72);
  });
});

describe('an update that makes no sense is refused and changes nothing', () => {
  it.each([
    ['an unknown modifier', { $foo: { a: 1 } }, 9],
    ['two operators on one path', { $set: { a: 1 }, $inc: { a: 1 } }, 40],
    ['a path and its parent', { $set: { n: 1, 'n.b': 1 } }, 40],
    ['$inc of a string', { $inc: { text: 1 } }, 14],
    ['$inc by a string', { $inc: { n: 'x' } }, 14],
    ['$push to a number', { $push: { n: 1 } }, 2],
    ['a path through a scalar', { $set: { 'n.b': 1 } }, 28],
    ['$pull through a scalar', { $pull: { 'n.b': 1 } }, 28],
    ['$pullAll through a scalar', { $pullAll: { 'n.b': [1] } }, 28],
    ['$pop through a scalar', { $pop: { 'text.b': 1 } }, 28],
    ['$rename from below a scalar', { $rename: { 'n.b': 'c' } }, 28],
    ['$rename from below an array', { $rename: { 'list.b': 'c' } }, 28],
    ['$rename of an element', { $rename: { 'list.0': 'c' } }, 2],
    ['another _id', { $set: { _id: 2 } }, 66],
    ['a field name with a dollar', { $set: { $a: 1 } }, 52],
    ['$pop by two', { $pop: { list: 2 } }, 9],
    ['an array filter without a use', { $set: { n: 2 } }, 9, [{ 'x.y': 1 }]],
    ['a position without a match', { $set: { 'list.$': 1 } }, 2],
  ] as [string, Doc, number, Doc[]?][])('%s', async (_, update, code, arrayFilters) => {
    const collection = database.collection();
    const before = { _id: 1, n: 1, text: 'x', list: [1] };
    await collection.insertOne(before);
    const error = await errorOf(collection.updateOne({ _id: 1 }, update, arrayFilters ? { arrayFilters } : {}));
    expect(error.code).toBe(code);
    expect(await collection.findOne({})).toEqual(before);
  });
});
