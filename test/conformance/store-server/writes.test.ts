import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, openDatabase, type Doc, type OpenDatabase } from './open-database.ts';

const { MongoBulkWriteError, ObjectId } = mongoose.mongo;
let database: OpenDatabase;
beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.close());

async function bulkErrorOf(call: Promise<unknown>): Promise<mongoose.mongo.MongoBulkWriteError> {
  const error = await errorOf(call);
  expect(error).toBeInstanceOf(MongoBulkWriteError);
  return error as mongoose.mongo.MongoBulkWriteError;
}
const indexesOf = (error: mongoose.mongo.MongoBulkWriteError): number[] =>
  [error.writeErrors].flat().map(({ index }) => index);

describe('insert', () => {
  it('stores the _id first and gives one when there is none', async () => {
    const collection = database.collection();
    await database.db.command({ insert: collection.collectionName, documents: [{ a: 1 }, { b: 2, _id: 7 }] });
    const docs = await collection.find({}, { sort: { a: -1 } }).toArray();
    expect(docs[0]?._id).toBeInstanceOf(ObjectId);
    expect(docs.map((doc) => Object.keys(doc)[0])).toEqual(['_id', '_id']);
  });

  it('refuses an array as _id', async () => {
    const error = await errorOf(database.collection().insertOne({ _id: [1] }));
    expect(error.code).toBe(53);
  });

  it('keeps every kind of value', async () => {
    const { Binary, Decimal128, Long, Timestamp, UUID } = mongoose.mongo;
    const doc = {
      _id: new ObjectId(),
      text: 'é\u{1F600}\u0000x',
      long: Long.fromString('9007199254740993'),
      decimal: Decimal128.fromString('10.250'),
      bytes: new Binary(Buffer.from([0, 255])),
      uuid: new UUID(),
      at: new Date(5),
      stamp: new Timestamp({ t: 5, i: 1 }),
      ref: { $ref: 'people', $id: 5 },
      nothing: null,
      list: [[], {}, [1, [2]]],
      negativeZero: -0,
    };
    const collection = database.collection();
    await collection.insertOne(doc);
    const found: Doc = (await collection.findOne({})) ?? {};
    expect(found.text).toBe(doc.text);
    expect(String(found.long)).toBe('9007199254740993');
    expect(String(found.decimal)).toBe('10.250');
    expect(found.at).toEqual(doc.at);
    expect(String(found.uuid)).toBe(String(doc.uuid));
    expect(found.list).toEqual(doc.list);
    expect(found.nothing).toBeNull();
    expect(Object.is(found.negativeZero, -0)).toBe(true);
    expect(Object.keys(found)).toEqual(Object.keys(doc));
    expect(await collection.countDocuments({ 'ref.$id': 5 })).toBe(1);
  });
});

describe('bulkWrite', () => {
  it('unordered goes on after a failure and reports each by its position', async () => {
    const collection = database.collection();
    await collection.createIndex({ u: 1 }, { unique: true });
    const error = await bulkErrorOf(
      collection.bulkWrite(
        [
          { insertOne: { document: { u: 1 } } },
          { insertOne: { document: { u: 1 } } },
          { insertOne: { document: { u: 2 } } },
          { updateOne: { filter: { u: 2 }, update: { $set: { u: 1 } } } },
          { updateOne: { filter: { u: 5 }, update: { $set: { x: 1 } }, upsert: true } },
          { updateMany: { filter: {}, update: { $inc: { y: 1 } } as Doc } },
          { deleteOne: { filter: { u: 2 } } },
          { replaceOne: { filter: { u: 5 }, replacement: { u: 5, r: 1 } } },
        ],
        { ordered: false },
      ),
    );
    const { result } = error;
    expect(error.code).toBe(11000);
    expect(indexesOf(error)).toEqual([1, 3]);
    expect([
      result.insertedCount,
      result.upsertedCount,
      result.matchedCount,
      result.modifiedCount,
      result.deletedCount,
    ]).toEqual([2, 1, 4, 4, 1]);
    expect(await collection.countDocuments()).toBe(2);
  });

  it('ordered stops at the first failure', async () => {
    const collection = database.collection();
    const insert = (id: number) => ({ insertOne: { document: { _id: id } } });
    const error = await bulkErrorOf(collection.bulkWrite([insert(1), insert(1), insert(2)]));
    expect(indexesOf(error)).toEqual([1]);
    expect(await collection.countDocuments()).toBe(1);
  });

  it('upserts answer the new ids by position', async () => {
    const collection = database.collection();
    const upsert = (_id: string) => ({
      updateOne: { filter: { _id }, update: { $setOnInsert: { n: 1 } }, upsert: true },
    });
    const first = await collection.bulkWrite([upsert('a'), upsert('b')], { ordered: false });
    const second = await collection.bulkWrite([upsert('a'), upsert('c')], { ordered: false });
    expect(first.upsertedIds).toEqual({ 0: 'a', 1: 'b' });
    expect(second.upsertedIds).toEqual({ 1: 'c' });
    expect(second.matchedCount).toBe(1);
  });

  it('insertMany unordered keeps the good ones', async () => {
    const collection = database.collection();
    const docs = [1, 2, 1, 3, 2].map((_id) => ({ _id }));
    const error = await bulkErrorOf(collection.insertMany(docs, { ordered: false }));
    expect(indexesOf(error)).toEqual([2, 4]);
    expect(await collection.countDocuments()).toBe(3);
  });
});

describe('delete', () => {
  it('one removes one and many removes all that match', async () => {
    const collection = database.collection();
    await collection.insertMany([{ a: 1 }, { a: 1 }, { a: 1 }, { a: 2 }]);
    expect((await collection.deleteOne({ a: 1 })).deletedCount).toBe(1);
    expect((await collection.deleteMany({ a: 1 })).deletedCount).toBe(2);
    expect((await collection.deleteMany({ a: 9 })).deletedCount).toBe(0);
  });
});

describe('limits', () => {
  it('a document over 16 MB is refused, also when an update makes it', async () => {
    const collection = database.collection();
    await collection.insertOne({ _id: 1, a: ['x'.repeat(9_000_000)] });
    const error = await errorOf(collection.updateOne({ _id: 1 }, { $push: { a: 'x'.repeat(9_000_000) } } as never));
    expect([10334, 17419]).toContain(error.code);
    expect((await collection.findOne({ _id: 1 }))?.a).toHaveLength(1);
  });

  it('writes in parallel lose nothing', async () => {
    const collection = database.collection();
    await collection.insertOne({ _id: 1, n: 0 });
    await Promise.all(Array.from({ length: 500 }, () => collection.updateOne({ _id: 1 }, { $inc: { n: 1 } } as Doc)));
    expect(await collection.findOne({})).toEqual({ _id: 1, n: 500 });
  });
});

describe('cursors', () => {
  it('hand out 2,500 documents in order, batch by batch', async () => {
    const collection = database.collection();
    await collection.insertMany(Array.from({ length: 2500 }, (_, i) => ({ _id: i })));
    const seen: unknown[] = [];
    for await (const { _id } of collection.find({}, { sort: { _id: -1 }, batchSize: 100 })) seen.push(_id);
    expect(seen).toHaveLength(2500);
    expect([seen[0], seen[2499]]).toEqual([2499, 0]);
  });

  it('keep a batch below 16 MB', async () => {
    const collection = database.collection();
    for (let i = 0; i < 6; i += 1) await collection.insertOne({ _id: i, big: 'x'.repeat(4_000_000) });
    const sizes: number[] = [];
    for await (const { big } of collection.find({})) sizes.push(String(big).length);
    expect(sizes).toEqual(Array(6).fill(4_000_000));
  });

  it('closed early are gone', async () => {
    const collection = database.collection();
    await collection.insertMany(Array.from({ length: 300 }, (_, i) => ({ _id: i })));
    const reply = await database.db.command({ find: collection.collectionName, batchSize: 10 });
    const { Long } = mongoose.mongo;
    const id = Long.fromNumber(Number((reply.cursor as { id: unknown }).id));
    await database.db.command({ killCursors: collection.collectionName, cursors: [id] });
    const error = await errorOf(database.db.command({ getMore: id, collection: collection.collectionName }));
    expect(error.code).toBe(43);
  });

  it('count, estimate and distinct agree', async () => {
    const collection = database.collection();
    await collection.insertMany([{ a: 1, t: ['x', 'y'] }, { a: 2, t: ['y'] }, { a: 1 }]);
    expect(await collection.countDocuments({ a: 1 })).toBe(2);
    expect(await collection.countDocuments({}, { skip: 1, limit: 5 })).toBe(2);
    expect(await collection.estimatedDocumentCount()).toBe(3);
    expect(await collection.distinct('t')).toEqual(['x', 'y']);
    expect(await collection.distinct('a', { t: 'y' })).toEqual([1, 2]);
  });
});

describe('commands', () => {
  it.each([
    ['an unknown command', { notACommand: 1 }, 59],
    ['an index list of a collection that is not there', { listIndexes: 'nowhere' }, 26],
    ['dropping an index of a collection that is not there', { dropIndexes: 'nowhere', index: '*' }, 26],
    ['an update without a list', { update: 'x', updates: 5 }, 14],
    ['an aggregate without a cursor', { aggregate: 'x', pipeline: [] }, 9],
  ] as [string, Record<string, unknown>, number][])('%s is refused', async (_, command, code) => {
    const error = await errorOf(database.db.command(command));
    expect(error.code).toBe(code);
    expect(error.ok).toBe(0);
  });

  it('creating a collection twice is refused, listing shows it once', async () => {
    await database.db.createCollection('made');
    const error = await database.db.command({ create: 'made' }).catch((reason: unknown) => reason);
    const listed = await database.db.listCollections({ name: 'made' }).toArray();
    // The same options again are accepted by newer servers.
    expect([48, undefined]).toContain((error as { code?: number }).code);
    expect(listed.map(({ name }) => name)).toEqual(['made']);
  });

  it('a dropped collection is empty and can be used again', async () => {
    const collection = database.collection();
    await collection.insertOne({ a: 1 });
    await collection.drop();
    expect(await collection.countDocuments()).toBe(0);
    await collection.insertOne({ a: 2 });
    expect(await collection.countDocuments()).toBe(1);
  });
});
