import { readFileSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startEmbeddedMongo, type EmbeddedMongo, type EmbeddedMongoOptions } from '../../embedded-mongo/index.ts';
import { runToEnd, startProcess, temporaryFolder } from './start-process.ts';

import { startProcessorClock } from '../helpers/processor-clock.ts';
const { Double, Long, MongoClient } = mongoose.mongo;
let folder: ReturnType<typeof temporaryFolder>;
const opened: (() => Promise<void>)[] = [];

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
  folder.remove();
});

async function open(
  options: EmbeddedMongoOptions = {},
): Promise<{ store: EmbeddedMongo; db: mongoose.mongo.Db; close: () => Promise<void> }> {
  const store = await startEmbeddedMongo({ dataDir: folder.data, ...options });
  const client = await new MongoClient(store.uri).connect();
  const close = async (): Promise<void> => {
    await client.close();
    await store.close();
  };
  opened.push(close);
  return { store, db: client.db('kept'), close };
}

const files = (kind: string): string[] => readdirSync(folder.data).filter((name) => name.startsWith(kind));
const logPath = (): string => join(folder.data, files('log-')[0] ?? '');

describe('a restart', () => {
  it('brings back documents, number types and indexes, and the indexes hold', async () => {
    const first = await open();
    const rows = first.db.collection('rows');
    await rows.createIndex({ k: 1 }, { unique: true, partialFilterExpression: { k: { $exists: true } } });
    await rows.createIndex({ at: 1 }, { expireAfterSeconds: 5000 });
    await rows.createIndex({ gone: 1 });
    await rows.dropIndex('gone_1');
    await rows.insertMany([{ k: 1 }, { k: 2, n: new Double(1), big: Long.fromString('9007199254740993') }, { k: 3 }]);
    await rows.deleteOne({ k: 3 });
    await rows.updateOne({ k: 1 }, { $set: { state: 'changed' } });
    await first.db.collection('dropped').insertOne({ a: 1 });
    await first.db.collection('dropped').drop();
    const exactly = { promoteValues: false, sort: { _id: 1 } } as const;
    const before = [await rows.find({}, exactly).toArray(), await rows.indexes()];
    await first.close();

    const second = await open();
    const again = second.db.collection('rows');
    expect([await again.find({}, exactly).toArray(), await again.indexes()]).toEqual(before);
    expect(await again.countDocuments({ n: { $type: 'double' } })).toBe(1);
    await expect(again.insertOne({ k: 2 })).rejects.toMatchObject({ code: 11000 });
    expect((await second.db.listCollections().toArray()).map(({ name }) => name)).toEqual(['rows']);
  });

  it('after a stop by signal finds everything', async () => {
    const running = await startProcess('--data', folder.data);
    const client = await new MongoClient(running.uri).connect();
    await client.db('kept').collection('rows').insertOne({ a: 1 });
    await client.close();
    const ended = new Promise<number | null>((resolve) => running.child.once('exit', resolve));
    running.child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(await (await open()).db.collection('rows').countDocuments()).toBe(1);
    expect(files('lock')).toEqual(['lock']);
  });

  it('with an empty log or an unfinished snapshot starts', async () => {
    await (await open()).close();
    writeFileSync(join(folder.data, 'snapshot.unfinished'), 'half');
    expect(await (await open()).db.collection('rows').countDocuments()).toBe(0);
    expect(files('snapshot')).toEqual([]);
  });
});

describe('compaction', () => {
  it('under load keeps the folder near the size of the data and loses nothing', async () => {
    const { db, close } = await open({ compactAtBytes: 100_000 });
    const rows = db.collection<{ _id: number; n: number; pad: string }>('rows');
    await rows.createIndex({ n: 1 });
    await rows.insertMany(Array.from({ length: 100 }, (_, i) => ({ _id: i, n: 0, pad: 'x'.repeat(300) })));
    const writer = async (from: number): Promise<void> => {
      for (let i = 0; i < 500; i += 1) await rows.updateOne({ _id: (from + i * 7) % 100 }, { $inc: { n: 1 } });
    };
    await Promise.all(Array.from({ length: 8 }, (_, i) => writer(i)));
    await close();
    const bytes = readdirSync(folder.data).reduce((total, name) => total + statSync(join(folder.data, name)).size, 0);
    expect(files('snapshot-')).toHaveLength(1);
    // 4,000 updates of 400 bytes are 1.6 MB of log; the data is 40 kB.
    expect(bytes).toBeLessThan(500_000);
    const again = await (
      await open()
    ).db
      .collection('rows')
      .aggregate([{ $group: { _id: null, total: { $sum: '$n' } } }])
      .toArray();
    expect(again[0]?.total).toBe(4000);
  });

  it('a reader in the middle of a cursor sees the documents as they were', async () => {
    const { db } = await open({ compactAtBytes: 20_000 });
    const rows = db.collection<{ _id: number; n: number }>('rows');
    await rows.insertMany(Array.from({ length: 500 }, (_, i) => ({ _id: i, n: 0 })));
    const cursor = rows.find({}, { sort: { _id: 1 }, batchSize: 50 });
    await cursor.next();
    await rows.updateMany({}, { $inc: { n: 1 } });
    await rows.deleteMany({ _id: { $gte: 250 } });
    const rest = await cursor.toArray();
    expect(rest).toHaveLength(499);
    expect(new Set(rest.map(({ n }) => n))).toEqual(new Set([0]));
  });
});

describe('damage', () => {
  const fill = async (): Promise<void> => {
    const { db, close } = await open();
    await db.collection('rows').insertMany(Array.from({ length: 50 }, (_, i) => ({ i, pad: 'y'.repeat(50) })));
    await close();
  };

  it.each([1, 5, 9, 40])('a tail torn %i bytes before its end is cut off, and the rest is there', async (missing) => {
    await fill();
    truncateSync(logPath(), statSync(logPath()).size - missing);
    const { db, close } = await open();
    expect(await db.collection('rows').countDocuments()).toBe(49);
    await db.collection('rows').insertOne({ i: 'new' });
    await close();
    expect(await (await open()).db.collection('rows').countDocuments()).toBe(50);
  });

  it('in the middle is refused, names the file and the byte, and changes nothing', async () => {
    await fill();
    const bytes = readFileSync(logPath());
    bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 0xff;
    writeFileSync(logPath(), bytes);
    await expect(startEmbeddedMongo({ dataDir: folder.data })).rejects.toThrow(/log-1 is damaged at byte \d+/);
    expect(readFileSync(logPath()).equals(bytes)).toBe(true);
    expect(files('lock')).toEqual([]);
  });

  it('in a snapshot is refused', async () => {
    const { db, close } = await open({ compactAtBytes: 2000 });
    for (let i = 0; i < 100; i += 1) await db.collection('rows').insertOne({ i, pad: 'z'.repeat(50) });
    await close();
    const snapshot = join(folder.data, files('snapshot-')[0] ?? '');
    truncateSync(snapshot, statSync(snapshot).size - 3);
    await expect(startEmbeddedMongo({ dataDir: folder.data })).rejects.toThrow(/snapshot-\d+ is damaged/);
  });
});

describe('one process per folder', () => {
  it('a second instance in the same process is refused', async () => {
    await open();
    await expect(startEmbeddedMongo({ dataDir: folder.data })).rejects.toThrow(`is in use by process ${process.pid}`);
  });

  it('a second process is refused, and told who holds the folder', async () => {
    const { db } = await open();
    const second = await runToEnd('--data', folder.data);
    expect(second.code).toBe(1);
    expect(second.stderr).toContain(`The data folder ${folder.data} is in use by process ${process.pid}.`);
    await db.collection('rows').insertOne({ a: 1 });
    expect(await db.collection('rows').countDocuments()).toBe(1);
  });

  it.each([
    ['of a process that is gone', JSON.stringify({ pid: 2 ** 22 + 5, startedAt: '1' })],
    ['whose process id now belongs to another process', JSON.stringify({ pid: process.pid, startedAt: '1' })],
    ['that is not readable', 'nonsense'],
  ])('a lock %s does not keep the folder closed', async (_, text) => {
    await (await open()).close();
    writeFileSync(join(folder.data, 'lock'), text);
    expect(await (await open()).db.collection('rows').countDocuments()).toBe(0);
  });
});

describe('a Unix socket', () => {
  it('left behind by a killed process is taken over, and is for its owner only', async () => {
    const socket = join(folder.path, 'store.sock');
    const killed = await startProcess('--socket', socket);
    await killed.kill();
    const store = await startEmbeddedMongo({ socketPath: socket });
    opened.push(store.close);
    const client = await new MongoClient(store.uri).connect();
    expect(await client.db('x').command({ ping: 1 })).toMatchObject({ ok: 1 });
    expect(statSync(socket).mode & 0o777).toBe(0o600);
    await expect(startEmbeddedMongo({ socketPath: socket })).rejects.toThrow(/EADDRINUSE/);
    await client.close();
  });
});

describe('write concerns', () => {
  it('of none are carried out without an answer, and of the journal with one', async () => {
    const { db } = await open();
    const rows = db.collection('rows');
    await rows.insertOne({ a: 1 }, { writeConcern: { w: 0 } });
    await rows.insertOne({ a: 2 }, { writeConcern: { journal: true } });
    await vi.waitFor(async () => expect(await rows.countDocuments()).toBe(2));
  });
});

describe('in memory', () => {
  it('starts within milliseconds and leaves nothing behind', async () => {
    const before = readdirSync(folder.path);
    const processorMs = startProcessorClock();
    const store = await startEmbeddedMongo();
    const spent = processorMs();
    const client = await new MongoClient(store.uri).connect();
    await client.db('gone').collection('rows').insertOne({ a: 1 });
    await client.close();
    await store.close();
    expect(readdirSync(folder.path)).toEqual(before);
    expect(spent).toBeLessThan(200);
    await expect(new MongoClient(store.uri, { serverSelectionTimeoutMS: 200 }).connect()).rejects.toThrow(
      /ECONNREFUSED/,
    );
  });
});
