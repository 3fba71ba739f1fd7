import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type OpenDatabase } from './open-database.ts';

let database: OpenDatabase;
let connection: mongoose.Connection;
beforeAll(async () => {
  database = await openDatabase();
  connection = await mongoose.createConnection(database.uri, { dbName: database.name }).asPromise();
});
afterAll(async () => {
  await connection.close();
  await database.close();
});

const { Schema } = mongoose;
const userSchema = new Schema(
  {
    email: { type: String, unique: true, required: true },
    name: String,
    tags: [String],
    address: { city: String },
    big: BigInt,
    price: Schema.Types.Decimal128,
    bytes: Buffer,
    counts: { type: Map, of: Number },
    kids: [{ name: String, age: Number }],
    expireAt: { type: Date, expires: 3600 },
  },
  { timestamps: true, optimisticConcurrency: true },
);
userSchema.index({ name: 1, createdAt: -1 }, { partialFilterExpression: { name: { $exists: true } } });

let models = 0;
/** A model of its own collection for each test. */
function userModel() {
  models += 1;
  return connection.model(`User${models}`, userSchema);
}

describe('mongoose works unmodified', () => {
  it('init builds every index of the schema, and syncIndexes removes a foreign one', async () => {
    const User = userModel();
    await User.init();
    await User.collection.createIndex({ foreign: 1 });
    expect(await User.syncIndexes()).toEqual(['foreign_1']);
    const names = (await User.collection.indexes()).map(({ name }) => name);
    expect(new Set(names)).toEqual(new Set(['_id_', 'email_1', 'expireAt_1', 'name_1_createdAt_-1']));
  });

  it('a document comes back as it was saved', async () => {
    const User = userModel();
    const saved = await User.create({
      email: 'a@example.com',
      tags: ['x', 'y'],
      address: { city: 'L' },
      big: 9007199254740993n,
      price: '10.25',
      bytes: Buffer.from([0, 255]),
      counts: new Map([['k', 1]]),
      kids: [{ name: 'k', age: 3 }],
    });
    const found = await User.findById(saved._id).orFail();
    expect(found.big).toBe(9007199254740993n);
    expect(String(found.price)).toBe('10.25');
    expect([...(found.bytes ?? [])]).toEqual([0, 255]);
    expect(found.counts?.get('k')).toBe(1);
    expect(found.createdAt).toBeInstanceOf(Date);
    found.tags.push('z');
    found.set('kids.0.age', 4);
    await found.save();
    const again = await User.findOne({ 'kids.age': 4 }).lean().orFail();
    expect([again.tags, again.__v]).toEqual([['x', 'y', 'z'], 1]);
  });

  it('a stale save is a VersionError', async () => {
    const User = userModel();
    await User.create({ email: 'v@example.com' });
    const [a, b] = [
      await User.findOne({ email: 'v@example.com' }).orFail(),
      await User.findOne({ email: 'v@example.com' }).orFail(),
    ];
    a.name = 'first';
    await a.save();
    b.name = 'second';
    await expect(b.save()).rejects.toThrow(mongoose.Error.VersionError);
  });

  it('findOneAndUpdate takes operators and pipelines, with timestamps', async () => {
    const User = userModel();
    const made = await User.findOneAndUpdate(
      { email: 'u@example.com' },
      { $set: { name: 'n' } },
      { upsert: true, returnDocument: 'after' },
    );
    const changed = await User.findOneAndUpdate(
      { email: 'u@example.com' },
      [{ $set: { name: { $concat: ['$name', '!'] } } }],
      { updatePipeline: true, returnDocument: 'after' },
    );
    expect([made.name, changed?.name]).toEqual(['n', 'n!']);
    expect(made.createdAt).toBeInstanceOf(Date);
  });

  it('insertMany unordered keeps the good ones and names the bad', async () => {
    const User = userModel();
    await User.init();
    const call = User.insertMany(
      ['a@example.com', 'a@example.com', 'b@example.com'].map((email) => ({ email })),
      { ordered: false },
    );
    await expect(call).rejects.toMatchObject({ code: 11000 });
    expect(await User.countDocuments()).toBe(2);
  });

  it('bulkWrite and bulkSave', async () => {
    const User = userModel();
    await User.create([{ email: 'a@example.com' }, { email: 'b@example.com' }]);
    const written = await User.bulkWrite([
      { updateOne: { filter: { email: 'a@example.com' }, update: { $set: { name: 'A' } } } },
      { updateOne: { filter: { email: 'c@example.com' }, update: { $setOnInsert: { name: 'C' } }, upsert: true } },
      { deleteOne: { filter: { email: 'b@example.com' } } },
    ]);
    expect([written.modifiedCount, written.upsertedCount, written.deletedCount]).toEqual([1, 1, 1]);
    const users = await User.find().sort({ email: 1 });
    for (const user of users) user.name = 'same';
    await User.bulkSave(users);
    expect(await User.distinct('name')).toEqual(['same']);
  });

  it('explain, cursors, exists, distinct and aggregate', async () => {
    const User = userModel();
    await User.init();
    await User.create(Array.from({ length: 5 }, (_, i) => ({ email: `${i}@example.com`, tags: [`t${i % 2}`] })));
    const seen: string[] = [];
    for await (const user of User.find().sort({ email: 1 }).cursor({ batchSize: 2 })) seen.push(user.email);
    expect(seen).toHaveLength(5);
    expect(await User.exists({ email: '3@example.com' })).not.toBeNull();
    expect(await User.distinct('tags')).toEqual(['t0', 't1']);
    expect(
      await User.aggregate([{ $unwind: '$tags' }, { $group: { _id: '$tags', n: { $sum: 1 } } }, { $sort: { _id: 1 } }]),
    ).toEqual([
      { _id: 't0', n: 3 },
      { _id: 't1', n: 2 },
    ]);
    expect(JSON.stringify(await User.find({ email: '3@example.com' }).explain('executionStats'))).toContain('email_1');
  });
});
