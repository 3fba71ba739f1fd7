import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, openDatabase, type Doc, type OpenDatabase } from './open-database.ts';

const { Binary, Decimal128, Double, Long, MaxKey, MinKey, ObjectId } = mongoose.mongo;
let database: OpenDatabase;
beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.close());

type Case = [promise: string, filter: Doc, matching: unknown[]];

type Table = [
  what: string,
  values: Record<string, unknown>,
  cases: [promise: string, condition: unknown, matching: string[]][],
];

const tables: Table[] = [
  [
    'comparison stays within a type',
    {
      one: 1,
      two: 2,
      text: '1',
      none: null,
      missing: undefined,
      list: [1, 5],
      date: new Date(1),
      yes: true,
      nan: Number.NaN,
    },
    [
      ['equality matches a value or an element', 1, ['one', 'list']],
      ['$gt compares numbers with numbers only', { $gt: 1 }, ['two', 'list']],
      ['$lte includes the edge and leaves NaN out', { $lte: 1 }, ['one', 'list']],
      ['$gte and $lt may be met by different elements', { $gte: 2, $lt: 3 }, ['two', 'list']],
      ['$ne leaves out what equality matches', { $ne: 1 }, ['two', 'text', 'none', 'missing', 'date', 'yes', 'nan']],
      ['$in matches any listed value', { $in: [2, '1'] }, ['two', 'text']],
      ['$in with null matches null and missing', { $in: [null] }, ['none', 'missing']],
      ['$nin matches missing too', { $nin: [1, 2, '1', null] }, ['date', 'yes', 'nan']],
      ['equality with null matches null and missing', null, ['none', 'missing']],
      ['$ne null matches what is there', { $ne: null }, ['one', 'two', 'text', 'list', 'date', 'yes', 'nan']],
      ['$gte null matches null and missing', { $gte: null }, ['none', 'missing']],
      [
        '$exists true finds null, not missing',
        { $exists: true },
        ['one', 'two', 'text', 'none', 'list', 'date', 'yes', 'nan'],
      ],
      ['$exists false finds missing only', { $exists: false }, ['missing']],
      ['NaN equals NaN', Number.NaN, ['nan']],
      ['$type by name sees elements', { $type: 'number' }, ['one', 'two', 'list', 'nan']],
      ['$type array sees the array itself', { $type: 'array' }, ['list']],
      ['$type takes a list', { $type: ['string', 'bool'] }, ['text', 'yes']],
      [
        '$not negates and matches missing',
        { $not: { $gt: 1 } },
        ['one', 'text', 'none', 'missing', 'date', 'yes', 'nan'],
      ],
      ['dates compare with dates', { $lt: new Date(2) }, ['date']],
    ],
  ],

  [
    'numbers of every type are one',
    {
      int: 1,
      double: new Double(1),
      long: Long.fromNumber(1),
      decimal: Decimal128.fromString('1.0'),
      big: Long.fromString('9007199254740993'),
    },
    [
      ['equality crosses number types', 1, ['int', 'double', 'long', 'decimal']],
      ['a long is compared exactly', Long.fromString('9007199254740993'), ['big']],
      ['a double next to a big long is another number', 9007199254740992, []],
      ['$gt with a decimal', { $gt: Decimal128.fromString('1.5') }, ['big']],
      ['$type tells int', { $type: 'int' }, ['int']],
      ['$type tells double', { $type: 'double' }, ['double']],
      ['$type tells long', { $type: 'long' }, ['long', 'big']],
      ['$type tells decimal', { $type: 'decimal' }, ['decimal']],
    ],
  ],

  [
    'a decimal and a double are equal only when exactly equal',
    { half: 0.5, tenth: 0.1, decimalHalf: Decimal128.fromString('0.50'), decimalTenth: Decimal128.fromString('0.1') },
    [
      ['0.5 is the same in both', 0.5, ['half', 'decimalHalf']],
      ['0.1 is not', 0.1, ['tenth']],
      [
        'Decimal128 compares by value, not by text',
        { $gt: Decimal128.fromString('0.05'), $lt: Decimal128.fromString('0.2') },
        ['tenth', 'decimalTenth'],
      ],
    ],
  ],

  [
    'arrays',
    {
      empty: [],
      ab: ['a', 'b'],
      nested: [['a', 'b']],
      docs: [
        { x: 1, y: 5 },
        { x: 2, y: 1 },
      ],
      one: ['a'],
      text: 'a',
    },
    [
      ['a whole array equals itself, or an element', ['a', 'b'], ['ab', 'nested']],
      ['$size counts', { $size: 2 }, ['ab', 'docs']],
      ['$size 0 is the empty array', { $size: 0 }, ['empty']],
      ['$all needs every value and takes a scalar for a list of one', { $all: ['a'] }, ['ab', 'one', 'text']],
      ['$all with several values', { $all: ['a', 'b'] }, ['ab']],
      ['$all with nothing matches nothing', { $all: [] }, []],
      ['$elemMatch on values', { $elemMatch: { $gte: 'b' } }, ['ab']],
      ['$elemMatch wants one element to meet all', { $elemMatch: { x: 2, y: 5 } }, []],
      ['$elemMatch finds the element', { $elemMatch: { x: 1, y: { $gt: 4 } } }, ['docs']],
      ['$in against elements', { $in: ['b'] }, ['ab']],
      ['equality with an empty array', [], ['empty']],
    ],
  ],

  [
    'regular expressions',
    { abc: 'abc', upper: 'ABC', lines: 'x\nabc', list: ['zzz', 'abcd'], number: 5 },
    [
      ['match strings and elements', /^abc/, ['abc', 'list']],
      ['take flags', /^abc$/i, ['abc', 'upper']],
      ['$regex with $options', { $regex: '^abc', $options: 'm' }, ['abc', 'lines', 'list']],
      ['work inside $in', { $in: [/^AB/, 5] }, ['upper', 'number']],
      ['work under $not', { $not: /abc/i }, ['number']],
    ],
  ],

  [
    'values of other types',
    {
      bytes: new Binary(Buffer.from([1, 2])),
      more: new Binary(Buffer.from([1, 2, 3])),
      id: new ObjectId('0123456789abcdef01234567'),
      min: new MinKey(),
      max: new MaxKey(),
      sub: { x: 1, y: 2 },
    },
    [
      ['binary compares by length, then bytes', { $gt: new Binary(Buffer.from([9, 9])) }, ['more']],
      ['an ObjectId equals its copy', new ObjectId('0123456789abcdef01234567'), ['id']],
      ['a sub-document equals with the same fields in the same order', { x: 1, y: 2 }, ['sub']],
      ['another order is another document', { y: 2, x: 1 }, []],
      ['MinKey equals itself', new MinKey(), ['min']],
    ],
  ],
];

/** Each case: which of the values, stored in field `a`, the condition matches. */
describe.each(tables)('%s', (_, values, cases) => {
  it.each(cases)('%s', async (__, condition, matching) => {
    const collection = database.collection();
    const docs = Object.entries(values).map(([_id, a]): Doc => (a === undefined ? { _id } : { _id, a }));
    await collection.insertMany(docs);
    const found = await collection.find({ a: condition }, { sort: { _id: 1 } }).toArray();
    expect(found.map(({ _id }) => _id)).toEqual([...matching].sort());
  });
});

const pathDocs: Doc[] = [
  { _id: 1, a: { b: 1 } },
  { _id: 2, a: [{ b: 1 }, { b: 2 }] },
  { _id: 3, a: { b: [1, 3] } },
  { _id: 4, a: [1, 2] },
  { _id: 5, a: 7 },
  { _id: 6 },
  { _id: 7, a: [{ b: 3 }, {}] },
  { _id: 8, a: [[{ b: 1 }]] },
];
const pathCases: Case[] = [
  ['a path goes through documents and arrays', { 'a.b': 1 }, [1, 2, 3]],
  ['a number in a path is a position', { 'a.0': 1 }, [4]],
  ['a position leads on into documents', { 'a.0.b': 1 }, [2, 8]],
  ['null at a path matches a missing field, in arrays per element', { 'a.b': null }, [5, 6, 7]],
  ['$exists at a path', { 'a.b': { $exists: true } }, [1, 2, 3, 7]],
  ['$and', { $and: [{ 'a.b': 1 }, { 'a.b': 2 }] }, [2]],
  ['$or', { $or: [{ a: 7 }, { 'a.b': 2 }] }, [2, 5]],
  ['$nor', { $nor: [{ a: { $exists: true } }] }, [6]],
  ['$elemMatch below a path', { a: { $elemMatch: { b: { $gt: 2 } } } }, [7]],
];

describe('dotted paths', () => {
  it.each(pathCases)('%s', async (_, filter, matching) => {
    const collection = database.collection();
    await collection.insertMany(pathDocs.map((doc) => ({ ...doc })));
    const found = await collection.find(filter, { sort: { _id: 1 } }).toArray();
    expect(found.map(({ _id }) => _id)).toEqual(matching);
  });
});

describe('$expr', () => {
  it.each([
    ['compares two fields', { $expr: { $gt: ['$spent', '$budget'] } }, [2]],
    ['compares with the present time', { $expr: { $lt: ['$due', '$$NOW'] } }, [1, 3]],
    ['treats a missing field as less than any number', { $expr: { $lt: ['$spent', 0] } }, [3]],
    ['combines with fields', { budget: { $lt: 50 }, $expr: { $eq: [{ $add: ['$budget', 5] }, 15] } }, [2]],
  ] as [string, Doc, number[]][])('%s', async (_, filter, matching) => {
    const collection = database.collection();
    const future = new Date(Date.now() + 3_600_000);
    await collection.insertMany([
      { _id: 1, spent: 5, budget: 100, due: new Date(0) },
      { _id: 2, spent: 20, budget: 10, due: future },
      { _id: 3, budget: 1, due: new Date(1) },
    ]);
    const found = await collection.find(filter, { sort: { _id: 1 } }).toArray();
    expect(found.map(({ _id }) => _id)).toEqual(matching);
  });
});

describe('a filter that makes no sense is refused', () => {
  it.each([
    ['an unknown operator', { a: { $near: 1, $foo: 1 } }, 2],
    ['an unknown top-level operator', { $foo: 1 }, 2],
    ['an empty $or', { $or: [] }, 2],
    ['$in without a list', { a: { $in: 1 } }, 2],
    ['an unknown type name', { a: { $type: 'thing' } }, 2],
    ['a negative $size', { a: { $size: -1 } }, 2],
    ['an unknown expression', { $expr: { $nothing: 1 } }, 168],
  ] as [string, Doc, number][])('%s, on an empty collection too', async (_, filter, code) => {
    const error = await errorOf(database.collection().find(filter).toArray());
    expect(error.code).toBe(code);
  });
});

describe('sort', () => {
  it('goes through the types in BSON order', async () => {
    const collection = database.collection();
    const values = [
      new MaxKey(),
      true,
      'x',
      5,
      new Date(0),
      new ObjectId(),
      new Binary(Buffer.from([1])),
      { a: 1 },
      null,
      new MinKey(),
    ];
    await collection.insertMany(values.map((a, i) => ({ _id: i, a })));
    const sorted = await collection.find({}, { sort: { a: 1 } }).toArray();
    expect(sorted.map(({ _id }) => _id)).toEqual([9, 8, 3, 2, 7, 6, 5, 1, 4, 0]);
  });

  it('takes the least element of an array upwards and the greatest downwards', async () => {
    const collection = database.collection();
    await collection.insertMany([
      { _id: 1, a: [5, 1] },
      { _id: 2, a: 3 },
      { _id: 3, a: [] },
      { _id: 4 },
      { _id: 5, a: [2, 9] },
    ]);
    const up = await collection.find({}, { sort: { a: 1 } }).toArray();
    const down = await collection.find({}, { sort: { a: -1 } }).toArray();
    expect(up.map(({ _id }) => _id)).toEqual([3, 4, 1, 5, 2]);
    expect(down.map(({ _id }) => _id)).toEqual([5, 1, 2, 4, 3]);
  });

  it('orders strings by their UTF-8 bytes', async () => {
    const collection = database.collection();
    await collection.insertMany(['\u{1F600}', '\uFFFD', 'z', 'é', 'Z'].map((_id) => ({ _id })));
    const sorted = await collection.find({}, { sort: { _id: 1 } }).toArray();
    expect(sorted.map(({ _id }) => _id)).toEqual(['Z', 'z', 'é', '\uFFFD', '\u{1F600}']);
  });

  it('pages with skip and limit as the whole list would', async () => {
    const collection = database.collection();
    await collection.insertMany(Array.from({ length: 300 }, (_, i) => ({ _id: i, a: (i * 7919) % 301 })));
    const whole = await collection.find({}, { sort: { a: -1 } }).toArray();
    const page = await collection.find({}, { sort: { a: -1 }, skip: 40, limit: 25 }).toArray();
    expect(page).toEqual(whole.slice(40, 65));
  });
});

describe('projection', () => {
  const doc = { _id: 1, a: { b: 1, c: 2 }, list: [{ x: 1, y: 2 }, { x: 3 }], d: 4 };
  it.each([
    ['includes fields and the _id', { d: 1 }, { _id: 1, d: 4 }],
    ['leaves the _id out when told', { d: 1, _id: 0 }, { d: 4 }],
    ['excludes fields', { a: 0, list: 0 }, { _id: 1, d: 4 }],
    ['goes into documents and arrays', { 'a.b': 1, 'list.x': 1 }, { _id: 1, a: { b: 1 }, list: [{ x: 1 }, { x: 3 }] }],
    ['excludes below a path', { 'a.b': 0, 'list.x': 0, d: 0 }, { _id: 1, a: { c: 2 }, list: [{ y: 2 }, {}] }],
    ['excludes only the _id', { _id: 0, d: 0, list: 0 }, { a: { b: 1, c: 2 } }],
  ] as [string, Doc, Doc][])('%s', async (_, projection, expected) => {
    const collection = database.collection();
    await collection.insertOne({ ...doc });
    expect(await collection.findOne({}, { projection })).toEqual(expected);
  });

  it('refuses to include and exclude at once', async () => {
    const error = await errorOf(database.collection().findOne({}, { projection: { a: 1, b: 0 } }));
    expect(error.code).toBe(31254);
  });
});
