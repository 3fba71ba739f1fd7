// The journal keeps what an update changed, not the whole document: whatever is updated comes back after a restart as it was,
// field for field and in the same order, and the indexes find it.
import fc from 'fast-check';
import mongoose from 'mongoose';
import { afterEach, expect, it } from 'vitest';
import { startEmbeddedMongo } from '../../embedded-mongo/index.ts';
import { temporaryFolder } from './start-process.ts';

const { MongoClient } = mongoose.mongo;
let folder = temporaryFolder();
afterEach(() => {
  folder.remove();
  folder = temporaryFolder();
});

const name = fc.constantFrom('a', 'b', 'c', 'n');
const value = fc.oneof(
  fc.integer({ min: -5, max: 5 }),
  fc.constantFrom(null, 'x', 'y'),
  fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }),
  fc.record({ x: fc.integer({ min: 0, max: 3 }), y: fc.constantFrom('p', 'q') }, { requiredKeys: [] }),
);
type Update = Record<string, unknown> | Record<string, unknown>[];
const update: fc.Arbitrary<Update> = fc.oneof(
  fc.tuple(name, value).map(([field, to]) => ({ $set: { [field]: to } })),
  fc.tuple(name, value).map(([field, to]) => ({ $set: { [`${field}.x`]: to } })),
  name.map((field) => ({ $unset: { [field]: '' } })),
  name.map((field) => ({ $inc: { [field]: 1 } })),
  fc.tuple(name, name).map(([from, to]) => ({ $rename: { [from]: to } })),
  name.map((field) => ({ $push: { [field]: 1 } })),
  fc.tuple(name, value).map(([field, to]) => [{ $set: { [field]: { $literal: to } } }]),
  fc.tuple(name, value).map(([field, to]) => ({ [field]: to })),
);

async function open() {
  const store = await startEmbeddedMongo({ dataDir: folder.data });
  const client = await new MongoClient(store.uri).connect();
  const close = async () => {
    await client.close();
    await store.close();
  };
  return { rows: client.db('kept').collection<{ _id: number }>('rows'), close };
}

type Rows = Awaited<ReturnType<typeof open>>['rows'];

/** As text, so that the order of fields counts. */
async function contents(rows: Rows): Promise<string[]> {
  const all = JSON.stringify(await rows.find({}).sort({ _id: 1 }).toArray());
  const byIndex = await Promise.all(
    [null, 'x', 0, 1, 3].map(async (at) => {
      const [scanned, found] = await Promise.all([
        rows.find({ a: at } as object, { hint: { $natural: 1 } }).toArray(),
        rows.find({ a: at } as object, { hint: 'a_1_b_1' }).toArray(),
      ]);
      const ids = (list: { _id: number }[]) => list.map(({ _id }) => _id).sort((one, other) => one - other);
      expect(ids(found)).toEqual(ids(scanned));
      return JSON.stringify(ids(found));
    }),
  );
  const positive = await rows.find({ n: { $gt: 0 } } as object, { hint: 'c_1' }).toArray();
  return [all, ...byIndex, JSON.stringify(positive.map(({ _id }) => _id).sort((one, other) => one - other))];
}

it('random updates come back after a restart as they were', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), update), { minLength: 1, maxLength: 30 }),
      async (updates) => {
        folder.remove();
        folder = temporaryFolder();
        const first = await open();
        await first.rows.createIndex({ a: 1, b: 1 });
        await first.rows.createIndex({ c: 1 }, { partialFilterExpression: { n: { $gt: 0 } } });
        await first.rows.insertMany([0, 1, 2, 3].map((_id) => ({ _id, a: _id, n: _id - 1, c: [1, 2] })));
        for (const [_id, change] of updates) {
          const isReplacement = !Array.isArray(change) && !Object.keys(change)[0]?.startsWith('$');
          const work = isReplacement ? first.rows.replaceOne({ _id }, change) : first.rows.updateOne({ _id }, change);
          // Refused where the field is of the wrong kind: then nothing may change.
          await work.catch((error: unknown) => {
            if (!(error instanceof mongoose.mongo.MongoServerError)) throw error;
          });
        }
        const before = await contents(first.rows);
        await first.close();
        const second = await open();
        expect(await contents(second.rows)).toEqual(before);
        await second.close();
      },
    ),
    { numRuns: 25 },
  );
});
