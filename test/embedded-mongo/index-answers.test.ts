/** Whatever the planner chooses, an index must never change an answer, only how fast it comes. */
import * as fc from 'fast-check';
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddedMongo, type EmbeddedMongo } from '../../embedded-mongo/index.ts';

const { MongoClient, ObjectId, Long, Decimal128, Double, MinKey, MaxKey } = mongoose.mongo;
type Value = unknown;
type Fields = Record<string, Value>;

let server: EmbeddedMongo;
let client: mongoose.mongo.MongoClient;

beforeAll(async () => {
  server = await startEmbeddedMongo();
  client = await new MongoClient(server.uri, { promoteValues: false }).connect();
});
afterAll(async () => {
  await client.close();
  await server.close();
});

const scalar: fc.Arbitrary<Value> = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -3, max: 3 }) },
  fc.constantFrom(0.5, -1.5, 2 ** 40, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0),
  fc.constantFrom(new Double(1), Long.fromNumber(2), Long.fromString('9007199254740993'), Decimal128.fromString('0.1')),
  fc.constantFrom(
    Decimal128.fromString('1.0'),
    Decimal128.fromString('9007199254740993.5'),
    Decimal128.fromString('-3E+400'),
  ),
  fc.constantFrom('', 'a', 'aa', 'b', 'a\u0000b', 'é', '\u{1F600}', '\uFFFD'),
  fc.constantFrom(null, true, false, new Date(0), new Date(5), new Date(-5)),
  fc.constantFrom(new ObjectId('00000000000000000000000a'), new ObjectId('00000000000000000000000b')),
  fc.constantFrom(new MinKey(), new MaxKey()),
);
const plainDoc = fc.record({ x: scalar, y: scalar }, { requiredKeys: [] });
const value: fc.Arbitrary<Value> = fc.oneof(
  { weight: 8, arbitrary: scalar },
  plainDoc,
  fc.array(fc.oneof({ weight: 4, arbitrary: scalar }, plainDoc, fc.array(scalar, { maxLength: 2 })), { maxLength: 3 }),
);
const flat = fc.record({ a: scalar, b: scalar, c: scalar }, { requiredKeys: [] });
const nested = fc.record({ a: value, b: scalar, c: scalar }, { requiredKeys: [] });

const comparison = fc.constantFrom('$eq', '$gt', '$gte', '$lt', '$lte', '$ne');
const condition: fc.Arbitrary<Value> = fc.oneof(
  scalar,
  fc.tuple(comparison, scalar).map(([operator, operand]) => ({ [operator]: operand })),
  fc
    .tuple(fc.constantFrom('$gt', '$gte'), scalar, fc.constantFrom('$lt', '$lte'), scalar)
    .map(([low, x, high, y]) => ({ [low]: x, [high]: y })),
  fc
    .tuple(fc.constantFrom('$in', '$nin'), fc.array(scalar, { maxLength: 3 }))
    .map(([operator, list]) => ({ [operator]: list })),
  fc.boolean().map((exists) => ({ $exists: exists })),
  fc.constantFrom('number', 'string', 'int', 'date', 'null', 'array').map((type) => ({ $type: type })),
  scalar.map((operand) => ({ $not: { $gt: operand } })),
  fc.tuple(scalar, scalar).map(([low, high]) => ({ $elemMatch: { $gte: low, $lt: high } })),
  fc.tuple(scalar, scalar).map(([x, y]) => ({ $elemMatch: { x, y } })),
);
const path = fc.constantFrom('a', 'a', 'b', 'c', 'a.x', 'a.y');
const simpleFilter = fc
  .array(fc.tuple(path, condition), { maxLength: 3 })
  .map((parts): Fields => Object.fromEntries(parts));
const filter: fc.Arbitrary<Fields> = fc.oneof(
  { weight: 5, arbitrary: simpleFilter },
  fc.array(simpleFilter, { minLength: 1, maxLength: 3 }).map((list) => ({ $or: list })),
  fc.tuple(simpleFilter, simpleFilter).map((list) => ({ $and: list })),
);
const direction = fc.constantFrom<1 | -1>(1, -1);
/** With the _id at the end an index can serve a sort whose order is total, so that pages can be compared. */
const keyPattern = fc
  .tuple(
    fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'a.x', 'a.y'), direction), {
      selector: ([name]) => name,
      minLength: 1,
      maxLength: 3,
    }),
    fc.constantFrom<Record<string, 1 | -1>>({}, { _id: 1 }, { _id: -1 }),
  )
  .map(([fields, last]): Record<string, 1 | -1> => ({ ...Object.fromEntries(fields), ...last }));
const partial = fc.oneof(
  fc.constantFrom<Fields>(
    { a: { $exists: true } },
    { a: { $type: 'number' } },
    { a: { $type: 'int' } },
    { b: null },
    { b: { $in: [1, 'a'] } },
  ),
  fc
    .tuple(fc.constantFrom('a', 'b'), fc.constantFrom('$gt', '$gte', '$lt', '$lte', '$eq'), scalar)
    .map(([name, operator, operand]) => ({ [name]: { [operator]: operand } })),
);
const indexOptions = fc.oneof(
  fc.constant({}),
  fc.constant({ sparse: true }),
  partial.map((partialFilterExpression) => ({ partialFilterExpression })),
);
const indexes = fc.uniqueArray(fc.record({ key: keyPattern, options: indexOptions }), {
  minLength: 1,
  maxLength: 3,
  selector: ({ key }) => JSON.stringify(key),
});
const sort = fc
  .tuple(
    fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c'), direction), { maxLength: 2, selector: ([name]) => name }),
    direction,
  )
  .map(([fields, last]): Record<string, 1 | -1> => ({ ...Object.fromEntries(fields), _id: last }));

type Setup = { docs: Fields[]; kinds: { key: Record<string, 1 | -1>; options: Fields }[] };

async function fill({ docs, kinds }: Setup): Promise<mongoose.mongo.Collection> {
  const collection = client.db('answers').collection(new ObjectId().toHexString());
  if (docs.length) await collection.insertMany(docs.map((doc, i) => ({ _id: i as never, ...doc })));
  for (const [i, { key, options }] of kinds.entries())
    await collection.createIndex(key, { ...options, name: `index${i}` });
  return collection;
}

const byText = (a: string, b: string): number => (a < b ? -1 : 1);
const ids = (docs: Fields[]): string[] => docs.map(({ _id }) => String(_id));

it('one value out of a list, in the order of what follows it in the index: only the page is read, in both directions', async () => {
  const collection = client.db('answers').collection(new ObjectId().toHexString());
  await collection.createIndex({ deals: 1, at: 1 });
  const docs = Array.from({ length: 50 }, (_, at) => ({ _id: at as never, deals: ['busy', `deal-${at % 7}`], at }));
  await collection.insertMany(docs);
  for (const direction of [1, -1] as const) {
    const page = collection.find({ deals: 'busy' }).sort({ at: direction }).limit(3);
    const { executionStats } = await page.clone().explain('executionStats');
    expect(Number(executionStats.totalDocsExamined)).toBe(3);
    expect(ids(await page.toArray())).toEqual(direction === 1 ? ['0', '1', '2'] : ['49', '48', '47']);
  }
});

it('a list in the sort itself is sorted by its least or greatest value, whichever was asked for', async () => {
  const collection = client.db('answers').collection(new ObjectId().toHexString());
  await collection.createIndex({ a: 1, b: 1 });
  await collection.insertMany([
    { _id: 1 as never, a: [1, 9], b: 1 },
    { _id: 2 as never, a: [9, 3], b: 0 },
    { _id: 3 as never, a: [9], b: 2 },
  ]);
  const found = await collection.find({ a: 9 }).sort({ a: 1, b: 1 }).toArray();
  expect(ids(found)).toEqual(['1', '2', '3']);
});

describe.each([
  ['documents of scalars', flat],
  ['documents with arrays and sub-documents', nested],
])('over %s', (_, doc) => {
  it('an index gives the same documents as a scan', async () => {
    const setup = fc.record({
      docs: fc.array(doc, { maxLength: 14 }),
      kinds: indexes,
      filters: fc.array(filter, { minLength: 4, maxLength: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(setup, async ({ docs, kinds, filters }) => {
        const collection = await fill({ docs, kinds });
        for (const query of filters) {
          const indexed = await collection.find(query).toArray();
          const scanned = await collection.find(query).hint({ $natural: 1 }).toArray();
          expect([query, ids(indexed).sort(byText)]).toEqual([query, ids(scanned).sort(byText)]);
        }
        await collection.drop();
      }),
      { numRuns: 300 },
    );
  });

  it('an index gives the same order and the same page as a sort', async () => {
    const query = fc.record({ filter, sort, skip: fc.nat({ max: 3 }), limit: fc.nat({ max: 4 }) });
    const setup = fc.record({
      docs: fc.array(doc, { maxLength: 14 }),
      kinds: indexes,
      queries: fc.array(query, { minLength: 4, maxLength: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(setup, async ({ docs, kinds, queries }) => {
        const collection = await fill({ docs, kinds });
        for (const { filter: where, sort: by, skip, limit } of queries) {
          const page = () => collection.find(where).sort(by).skip(skip).limit(limit);
          const [indexed, scanned] = [await page().toArray(), await page().hint({ $natural: 1 }).toArray()];
          expect([where, by, ids(indexed)]).toEqual([where, by, ids(scanned)]);
        }
        await collection.drop();
      }),
      { numRuns: 250 },
    );
  });
});
