/** What MongoDB can do and this store cannot: refused loudly, so that a passing test never rests on a guess. */
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddedMongo, type EmbeddedMongo } from '../../embedded-mongo/index.ts';

let server: EmbeddedMongo;
let client: mongoose.mongo.MongoClient;
let db: mongoose.mongo.Db;
beforeAll(async () => {
  server = await startEmbeddedMongo();
  client = await new mongoose.mongo.MongoClient(server.uri, { retryWrites: false }).connect();
  db = client.db('refused');
  await db.collection('rows').insertOne({ a: 1 });
});
afterAll(async () => {
  await client.close();
  await server.close();
});

type Case = [what: string, command: mongoose.mongo.Document, code: number, name: string];
const pipeline = (...stages: mongoose.mongo.Document[]) => ({ aggregate: 'rows', pipeline: stages, cursor: {} });
const index = (key: mongoose.mongo.Document, options: mongoose.mongo.Document = {}) => ({
  createIndexes: 'rows',
  indexes: [{ key, name: 'n', ...options }],
});

const cases: Case[] = [
  ['an unknown command', { mapReduce: 'rows' }, 59, 'CommandNotFound'],
  ['a change stream', pipeline({ $changeStream: {} }), 40573, 'Location40573'],
  [
    '$lookup',
    pipeline({ $lookup: { from: 'x', localField: 'a', foreignField: 'b', as: 'c' } }),
    40324,
    'Location40324',
  ],
  ['$facet', pipeline({ $facet: { a: [] } }), 40324, 'Location40324'],
  ['$out', pipeline({ $out: 'x' }), 40324, 'Location40324'],
  ['an expression outside the subset', pipeline({ $project: { a: { $reduce: {} } } }), 168, 'InvalidPipelineOperator'],
  [
    'an accumulator outside the subset',
    pipeline({ $group: { _id: 1, a: { $stdDevPop: '$a' } } }),
    15952,
    'Location15952',
  ],
  [
    'a time zone that is not UTC',
    pipeline({ $project: { a: { $dateToString: { date: new Date(), timezone: 'Europe/Paris' } } } }),
    238,
    'NotImplemented',
  ],
  ['collation', { find: 'rows', collation: { locale: 'en' } }, 238, 'NotImplemented'],
  [
    'collation of an update',
    { update: 'rows', updates: [{ q: {}, u: { $set: { a: 1 } }, collation: { locale: 'en' } }] },
    238,
    'NotImplemented',
  ],
  ['a tailable cursor', { find: 'rows', tailable: true }, 238, 'NotImplemented'],
  ['let', { find: 'rows', let: { a: 1 } }, 238, 'NotImplemented'],
  ['a capped collection', { create: 'c', capped: true, size: 1 }, 238, 'NotImplemented'],
  ['a time series', { create: 'c', timeseries: { timeField: 't' } }, 238, 'NotImplemented'],
  ['a view', { create: 'c', viewOn: 'rows', pipeline: [] }, 238, 'NotImplemented'],
  ['a validator', { create: 'c', validator: { a: 1 } }, 238, 'NotImplemented'],
  ['$elemMatch in a projection', { find: 'rows', projection: { a: { $elemMatch: { b: 1 } } } }, 238, 'NotImplemented'],
  ['a positional projection', { find: 'rows', projection: { 'a.$': 1 } }, 238, 'NotImplemented'],
  ['$text', { find: 'rows', filter: { $text: { $search: 'x' } } }, 2, 'BadValue'],
  ['$where', { find: 'rows', filter: { $where: 'true' } }, 2, 'BadValue'],
  ['$near', { find: 'rows', filter: { a: { $near: [1, 2] } } }, 2, 'BadValue'],
  ['$bit', { findAndModify: 'rows', query: {}, update: { $bit: { a: { and: 1 } } } }, 9, 'FailedToParse'],
  ['a text index', index({ a: 'text' }), 67, 'CannotCreateIndex'],
  ['a 2dsphere index', index({ a: '2dsphere' }), 67, 'CannotCreateIndex'],
  ['a hashed index', index({ a: 'hashed' }), 67, 'CannotCreateIndex'],
  ['a wildcard index', index({ '$**': 1 }), 67, 'CannotCreateIndex'],
  ['an index on an array position', index({ 'a.0': 1 }), 67, 'CannotCreateIndex'],
  ['an index with a collation', index({ a: 1 }, { collation: { locale: 'en' } }), 67, 'CannotCreateIndex'],
  ['a field nobody knows', { find: 'rows', surprise: 1 }, 40415, 'Location40415'],
  [
    'a retryable write',
    {
      insert: 'rows',
      documents: [{ a: 1 }],
      lsid: { id: new mongoose.mongo.UUID() },
      txnNumber: mongoose.mongo.Long.ONE,
    },
    20,
    'IllegalOperation',
  ],
];

describe('refused with the code and name of the server', () => {
  it.each(cases)('%s', async (_, command, code, codeName) => {
    await expect(db.command(command)).rejects.toMatchObject({ code, codeName });
  });

  it('a transaction, in words the driver understands', async () => {
    const session = client.startSession();
    const work = session.withTransaction(async () => db.collection('rows').insertOne({ a: 2 }, { session }));
    await expect(work).rejects.toMatchObject({ originalError: { code: 20, codeName: 'IllegalOperation' } });
    await session.endSession();
    expect(await db.collection('rows').countDocuments({ a: 2 })).toBe(0);
  });
});

describe('the store itself', () => {
  it('listens on the loopback address', () => {
    expect(server.uri).toMatch(/^mongodb:\/\/127\.0\.0\.1:\d+$/);
  });

  it('hangs up on bytes that are not the protocol, and serves the others', async () => {
    const { connect } = await import('node:net');
    const socket = connect({ port: Number(new URL(server.uri).port), host: '127.0.0.1' });
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    socket.on('error', () => {});
    socket.write('GET / HTTP/1.1\r\nHost: here\r\n\r\n');
    await closed;
    expect(await db.command({ ping: 1 })).toMatchObject({ ok: 1 });
  });

  it('keeps field names that mean something to JavaScript as plain names', async () => {
    const doc = JSON.parse(
      '{"_id": 1, "constructor": {"x": 1}, "__proto__": {"y": 1}, "hasOwnProperty": 5}',
    ) as mongoose.mongo.Document;
    const rows = db.collection('odd');
    await rows.insertOne(doc);
    const found = await rows.findOne({ 'constructor.x': 1, hasOwnProperty: 5 });
    expect(Object.keys(found ?? {})).toEqual(['_id', 'constructor', '__proto__', 'hasOwnProperty']);
    expect(await rows.countDocuments({ toString: { $exists: true } })).toBe(0);
    expect(({} as { y?: number }).y).toBeUndefined();
  });
});
