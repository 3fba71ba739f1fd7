import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startProcess, temporaryFolder, type StoreProcess } from './start-process.ts';

const { MongoClient } = mongoose.mongo;
type Row = { _id: number; u: number; v: number; pad?: string };

let folder: ReturnType<typeof temporaryFolder>;
let running: StoreProcess | undefined;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  await running?.kill();
  folder.remove();
});

const newestLog = (): string => {
  const numbers = readdirSync(folder.data).flatMap((name) => (name.startsWith('log-') ? [Number(name.slice(4))] : []));
  return join(folder.data, `log-${Math.max(...numbers)}`);
};

/** Writes until the store dies; `acknowledged` holds the highest value each document was confirmed to have. */
async function writeUntilDead(
  rows: mongoose.mongo.Collection<Row>,
  state: { acknowledged: Map<number, number>; next: number },
): Promise<void> {
  const { acknowledged } = state;
  const note = (id: number, v: number) => acknowledged.set(id, Math.max(v, acknowledged.get(id) ?? 0));
  const writer = async (): Promise<void> => {
    for (;;) {
      const id = (state.next += 1);
      const older = Math.floor(Math.random() * id);
      try {
        await rows.insertOne({ _id: id, u: id, v: 1, pad: 'p'.repeat(150) });
        note(id, 1);
        const changed = await rows.findOneAndUpdate({ _id: older }, { $inc: { v: 1 } }, { returnDocument: 'after' });
        if (changed) note(older, changed.v);
      } catch {
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: 6 }, writer));
}

describe.each([
  ['without waiting for the disk', []],
  ['waiting for the disk', ['--sync']],
])('kill -9 %s', (_, extra) => {
  it('loses no acknowledged write, torn tails and compactions included', async () => {
    const state = { acknowledged: new Map<number, number>(), next: 0 };
    const options = ['--data', folder.data, '--compact-at', '60000', ...extra];
    for (let round = 0; round < 6; round += 1) {
      running = await startProcess(...options);
      const client = await new MongoClient(running.uri, { serverSelectionTimeoutMS: 2000 }).connect();
      const rows = client.db('crash').collection<Row>('rows');
      if (round === 0) await rows.createIndex({ u: 1 }, { unique: true });
      const kept = new Map((await rows.find().toArray()).map(({ _id, v }) => [_id, v]));
      const lost = [...state.acknowledged].filter(([id, v]) => (kept.get(id) ?? 0) < v);
      expect(lost).toEqual([]);
      expect(await rows.countDocuments({ u: { $gte: 0 } })).toBe(kept.size);
      const store = running;
      const death = new Promise<void>((resolve) => {
        setTimeout(() => void store.kill().then(resolve), 150 + Math.random() * 250);
      });
      await writeUntilDead(rows, state);
      await death;
      await client.close();
      if (round % 2 === 1) appendFileSync(newestLog(), Buffer.from([200, 0, 0, 0, 1, 2, 3]));
    }
    expect(state.acknowledged.size).toBeGreaterThan(100);
  });
});
