import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, openDatabase, type Doc, type OpenDatabase } from './open-database.ts';

const { Decimal128, Long, ObjectId } = mongoose.mongo;
let database: OpenDatabase;
beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.close());

async function run(docs: Doc[], pipeline: Doc[]): Promise<Doc[]> {
  const collection = database.collection();
  if (docs.length) await collection.insertMany(docs.map((doc, i) => ({ _id: i, ...doc })));
  return collection.aggregate<Doc>(pipeline).toArray();
}

describe('stages', () => {
  const clicks = Array.from({ length: 60 }, (_, i): Doc => ({
    g: i % 6,
    v: i,
    at: new Date(i * 43_200_000),
    tags: ['a', `t${i % 2}`],
  }));

  it('$match, $group, $sort and $limit', async () => {
    const rows = await run(clicks, [
      { $match: { v: { $gte: 12 } } },
      {
        $group: {
          _id: '$g',
          n: { $sum: 1 },
          total: { $sum: '$v' },
          most: { $max: '$v' },
          first: { $min: '$at' },
          mean: { $avg: '$v' },
          all: { $push: '$v' },
          kinds: { $addToSet: '$g' },
        },
      },
      { $sort: { total: -1, _id: 1 } },
      { $limit: 1 },
    ]);
    expect(rows).toEqual([
      {
        _id: 5,
        n: 8,
        total: 304,
        most: 59,
        first: new Date(17 * 43_200_000),
        mean: 38,
        all: [17, 23, 29, 35, 41, 47, 53, 59],
        kinds: [5],
      },
    ]);
  });

  it('$first and $last follow the order before them', async () => {
    const rows = await run(clicks, [
      { $sort: { v: -1 } },
      { $group: { _id: null, first: { $first: '$v' }, last: { $last: '$v' }, n: { $count: {} } } },
    ]);
    expect(rows).toEqual([{ _id: null, first: 59, last: 0, n: 60 }]);
  });

  it('$group puts null and missing together and keeps number types together', async () => {
    const rows = await run(
      [{ k: null }, {}, { k: 1 }, { k: Long.fromNumber(1) }],
      [{ $group: { _id: '$k', n: { $sum: 1 } } }, { $sort: { _id: 1 } }],
    );
    expect(rows.map(({ n }) => n)).toEqual([2, 2]);
  });

  it('$sum and $avg pass over what is no number and add longs and decimals', async () => {
    const docs = [{ v: 1 }, { v: 'x' }, { v: Long.fromNumber(2) }, {}, { v: null }];
    expect(await run(docs, [{ $group: { _id: null, total: { $sum: '$v' }, mean: { $avg: '$v' } } }])).toEqual([
      { _id: null, total: 3, mean: 1.5 },
    ]);
    const [row] = await run(
      [{ v: Decimal128.fromString('0.1') }, { v: Decimal128.fromString('0.2') }],
      [{ $group: { _id: null, total: { $sum: '$v' } } }],
    );
    expect(String(row?.total)).toBe('0.3');
  });

  it('$unwind opens arrays and drops or keeps the empty ones', async () => {
    const docs = [{ a: [1, 2] }, { a: [] }, {}, { a: null }, { a: 5 }, { a: [''] }];
    const opened = await run(docs, [{ $unwind: '$a' }]);
    const kept = await run(docs, [
      { $unwind: { path: '$a', preserveNullAndEmptyArrays: true, includeArrayIndex: 'i' } },
    ]);
    expect(opened.map(({ a }) => a)).toEqual([1, 2, 5, '']);
    expect(kept.map(({ a, i }) => [a, i === null ? null : Number(i)])).toEqual([
      [1, 0],
      [2, 1],
      [undefined, null],
      [undefined, null],
      [null, null],
      [5, null],
      ['', 0],
    ]);
  });

  it('$sortByCount and $count', async () => {
    expect((await run(clicks, [{ $unwind: '$tags' }, { $sortByCount: '$tags' }]))[0]).toEqual({ _id: 'a', count: 60 });
    expect(await run(clicks, [{ $match: { g: 1 } }, { $count: 'n' }])).toEqual([{ n: 10 }]);
    expect(await run(clicks, [{ $match: { g: 99 } }, { $count: 'n' }])).toEqual([]);
  });

  it('$project includes, excludes and computes, the _id first', async () => {
    const docs = [{ a: 1, b: { c: 2, d: 3 } }];
    expect(await run(docs, [{ $project: { twice: { $multiply: ['$a', 2] }, 'b.c': 1 } }])).toEqual([
      { _id: 0, b: { c: 2 }, twice: 2 },
    ]);
    expect(await run(docs, [{ $project: { b: { d: 0 } } }])).toEqual([{ _id: 0, a: 1, b: { c: 2 } }]);
    expect(await run(docs, [{ $project: { _id: 0, x: '$b.c' } }])).toEqual([{ x: 2 }]);
  });

  it('$addFields and $unset leave the stored documents alone', async () => {
    const collection = database.collection();
    await collection.insertOne({ _id: 1, a: { b: 1, c: [{ d: 1 }] } });
    const [row] = await collection.aggregate([{ $set: { 'a.b': 5, 'a.c.e': 2 } }, { $unset: 'a.c.d' }]).toArray();
    expect(row).toEqual({ _id: 1, a: { b: 5, c: [{ e: 2 }] } });
    expect(await collection.findOne()).toEqual({ _id: 1, a: { b: 1, c: [{ d: 1 }] } });
  });

  it('$replaceRoot and $skip', async () => {
    const rows = await run(
      [{ a: { n: 1 } }, { a: { n: 2 } }],
      [{ $sort: { _id: 1 } }, { $skip: 1 }, { $replaceRoot: { newRoot: '$a' } }],
    );
    expect(rows).toEqual([{ n: 2 }]);
  });
});

/** Built from pairs: an object with a plain `then` looks like a promise. */
const branch = (test: Doc, result: string): Doc =>
  Object.fromEntries(['case', 'then'].map((part, i) => [part, [test, result][i]]));

describe('expressions', () => {
  const doc: Doc = {
    n: 7,
    f: 2.5,
    s: 'Abc',
    list: [3, 1, 2],
    docs: [{ x: 1 }, { x: 2 }],
    at: new Date('2026-03-05T14:15:16.789Z'),
    nothing: null,
    id: new ObjectId('0123456789abcdef01234567'),
  };
  it.each([
    ['$add', { $add: ['$n', 1, '$f'] }, 10.5],
    ['$add with a date', { $add: ['$at', 1000] }, new Date('2026-03-05T14:15:17.789Z')],
    ['$add with null', { $add: ['$n', '$missing'] }, null],
    ['$subtract', { $subtract: ['$n', 10] }, -3],
    ['$subtract of dates is milliseconds', { $subtract: ['$at', new Date('2026-03-05T14:15:16.000Z')] }, 789],
    ['$multiply', { $multiply: ['$n', '$f'] }, 17.5],
    ['$divide', { $divide: ['$n', 2] }, 3.5],
    ['$mod', { $mod: ['$n', 4] }, 3],
    ['$mod keeps the sign', { $mod: [-7, 4] }, -3],
    ['$cond', { $cond: [{ $gt: ['$n', 5] }, 'big', 'small'] }, 'big'],
    ['$ifNull', { $ifNull: ['$missing', '$nothing', 'fallback'] }, 'fallback'],
    ['$switch', { $switch: { branches: [branch({ $lt: ['$n', 5] }, 'low')], default: 'high' } }, 'high'],
    ['$eq never opens an array', { $eq: ['$list', 3] }, false],
    ['$gt compares across types', { $gt: ['text', 5] }, true],
    ['a missing field is less than null', { $lt: ['$missing', null] }, true],
    ['$and, $or and $not', { $and: [{ $or: [false, 1] }, { $not: [0] }] }, true],
    ['$in', { $in: [2, '$list'] }, true],
    ['$min and $max of a list', [{ $min: '$list' }, { $max: ['$n', '$f', null] }], [1, 7]],
    ['$sum and $avg of a list', [{ $sum: '$list' }, { $avg: '$list' }], [6, 2]],
    ['$size', { $size: '$list' }, 3],
    ['$concat', { $concat: ['$s', '-', 'd'] }, 'Abc-d'],
    ['$concat with null', { $concat: ['$s', '$nothing'] }, null],
    [
      '$toString',
      [{ $toString: '$n' }, { $toString: '$id' }, { $toString: '$at' }],
      ['7', '0123456789abcdef01234567', '2026-03-05T14:15:16.789Z'],
    ],
    ['$toLower', { $toLower: '$s' }, 'abc'],
    [
      '$dateToString',
      { $dateToString: { date: '$at', format: '%Y-%m-%d %H:%M:%S.%L %j' } },
      '2026-03-05 14:15:16.789 064',
    ],
    ['$dateToString without a format', { $dateToString: { date: '$at' } }, '2026-03-05T14:15:16.789Z'],
    ['$dateTrunc to the hour', { $dateTrunc: { date: '$at', unit: 'hour' } }, new Date('2026-03-05T14:00:00Z')],
    [
      '$dateTrunc to the week starts on Sunday',
      { $dateTrunc: { date: '$at', unit: 'week' } },
      new Date('2026-03-01T00:00:00Z'),
    ],
    [
      '$dateTrunc to the week from Monday',
      { $dateTrunc: { date: '$at', unit: 'week', startOfWeek: 'monday' } },
      new Date('2026-03-02T00:00:00Z'),
    ],
    ['$dateTrunc to the quarter', { $dateTrunc: { date: '$at', unit: 'quarter' } }, new Date('2026-01-01T00:00:00Z')],
    [
      '$dateTrunc to 15 minutes',
      { $dateTrunc: { date: '$at', unit: 'minute', binSize: 15 } },
      new Date('2026-03-05T14:15:00Z'),
    ],
    ['$arrayElemAt from either end', [{ $arrayElemAt: ['$list', 0] }, { $arrayElemAt: ['$list', -1] }], [3, 2]],
    ['$first and $last', [{ $first: '$list' }, { $last: '$list' }], [3, 2]],
    ['$filter', { $filter: { input: '$list', as: 'item', cond: { $gte: ['$$item', 2] } } }, [3, 2]],
    ['$map', { $map: { input: '$docs', in: { $add: ['$$this.x', 10] } } }, [11, 12]],
    ['$mergeObjects', { $mergeObjects: [{ a: 1, b: 1 }, '$missing', { b: 2 }] }, { a: 1, b: 2 }],
    ['$concatArrays', { $concatArrays: ['$list', [9]] }, [3, 1, 2, 9]],
    ['$setUnion has each once', { $size: { $setUnion: ['$list', [1, 5]] } }, 4],
    ['a path through an array gives an array', '$docs.x', [1, 2]],
    ['$literal', { $literal: '$n' }, '$n'],
    ['an object of expressions', { a: '$n', b: { c: '$missing' } }, { a: 7, b: {} }],
  ] as [string, unknown, unknown][])('%s', async (_, expression, expected) => {
    const [row] = await run([doc], [{ $project: { _id: 0, result: expression } }]);
    expect(row?.result).toEqual(expected);
  });
});

describe('a pipeline that makes no sense is refused', () => {
  it.each([
    ['an unknown stage', [{ $nothing: 1 }], 40324],
    ['two stages in one', [{ $match: {}, $limit: 1 }], 40323],
    ['an unknown expression', [{ $project: { a: { $nothing: 1 } } }], [168, 31325]],
    ['an unknown accumulator', [{ $group: { _id: null, a: { $nothing: 1 } } }], 15952],
    ['a group without _id', [{ $group: { a: { $sum: 1 } } }], 15955],
    ['a limit of zero', [{ $limit: 0 }], 15958],
    ['$unwind without a dollar', [{ $unwind: 'a' }], 28818],
    ['the wrong number of arguments', [{ $project: { a: { $divide: [1] } } }], 16020],
    ['$in without a list', [{ $project: { a: { $in: [1, '$n'] } } }], 40081],
    ['$size of a number', [{ $project: { a: { $size: '$n' } } }], 17124],
    ['an undefined variable', [{ $project: { a: '$$nobody' } }], 17276],
  ] as [string, Doc[], number | number[]][])('%s', async (_, pipeline, code) => {
    const collection = database.collection();
    await collection.insertOne({ n: 1 });
    const error = await errorOf(collection.aggregate(pipeline).toArray());
    expect([code].flat()).toContain(error.code);
  });
});
