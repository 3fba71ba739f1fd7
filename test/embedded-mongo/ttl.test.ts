import mongoose from 'mongoose';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startEmbeddedMongo, type EmbeddedMongo } from '../../embedded-mongo/index.ts';

let server: EmbeddedMongo;
let client: mongoose.mongo.MongoClient;
beforeAll(async () => {
  server = await startEmbeddedMongo({ ttlSweepMs: 30 });
  client = await new mongoose.mongo.MongoClient(server.uri).connect();
});
afterAll(async () => {
  await client.close();
  await server.close();
});

it.each([
  ['upwards', 1 as const],
  ['downwards', -1 as const],
])('an index running %s removes what is past its time, and only that', async (_, direction) => {
  const rows = client.db('ttl').collection<{ _id: string; at?: Date | Date[] | string }>(`rows${direction}`);
  const past = new Date(Date.now() - 120_000);
  const future = new Date(Date.now() + 600_000);
  await rows.insertMany([
    { _id: 'past', at: past },
    { _id: 'the earliest of several dates', at: [future, past] },
    { _id: 'future', at: future },
    { _id: 'within its seconds', at: new Date(Date.now() - 1000) },
    { _id: 'none' },
    { _id: 'no date', at: 'yesterday' },
  ]);
  await rows.createIndex({ at: direction }, { expireAfterSeconds: 60 });
  await vi.waitFor(async () => expect(await rows.countDocuments()).toBe(4), { timeout: 60_000 });
  const left = (await rows.find().toArray()).map(({ _id }) => _id);
  expect(left.sort()).toEqual(['future', 'no date', 'none', 'within its seconds']);
});

it('a partial index removes only what it holds', async () => {
  const rows = client.db('ttl').collection<{ _id: number; at: Date; state: string }>('partial');
  await rows.createIndex({ at: 1 }, { expireAfterSeconds: 0, partialFilterExpression: { state: 'done' } });
  await rows.insertMany([
    { _id: 1, at: new Date(0), state: 'done' },
    { _id: 2, at: new Date(0), state: 'open' },
  ]);
  await vi.waitFor(async () => expect(await rows.countDocuments()).toBe(1), { timeout: 60_000 });
  expect(await rows.findOne()).toMatchObject({ _id: 2 });
});
