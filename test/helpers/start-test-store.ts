// A store for one test file: the server named by MONGODB_URI with a fresh database, or the embedded store in memory.
import { randomBytes } from 'node:crypto';
import mongoose from 'mongoose';
import { startEmbeddedMongo } from '../../embedded-mongo/index.ts';
import { openStore, type Store } from '../../server/store/store.ts';

export interface TestStore {
  uri: string;
  store: Store;
  /** Takes the database away under a running store, as a crash would. Only where the test owns the server. */
  kill: (() => Promise<void>) | null;
  /** The driver under the store, for watching what it sends and asking the server about it. */
  client: mongoose.mongo.MongoClient;
  close(): Promise<void>;
}

export async function startTestStore(): Promise<TestStore> {
  const { uri, stop } = await startDatabase();
  const known = new Set(mongoose.connections);
  const store = await openStore({ uri: watched(uri), timeoutMs: 2_000 });
  const connection = mongoose.connections.find((one) => !known.has(one));
  if (!connection) throw new Error('mongoose does not list the connection of the store');
  return {
    uri,
    store,
    kill: stop,
    client: connection.getClient(),
    close: async () => {
      await store.close();
      await stop?.();
    },
  };
}

/** An empty database of its own; `stop` is null when the server is not ours. */
async function startDatabase(): Promise<{ uri: string; stop: (() => Promise<void>) | null }> {
  const name = `elido_test_${randomBytes(6).toString('hex')}`;
  const given = process.env.MONGODB_URI;
  if (given) return { uri: withDatabase(given, name), stop: null };
  const embedded = await startEmbeddedMongo({});
  let stopped = false;
  const stop = async () => {
    if (stopped) return;
    stopped = true;
    await embedded.close();
  };
  return { uri: withDatabase(embedded.uri, name), stop };
}

function withDatabase(uri: string, name: string): string {
  const url = new URL(uri);
  url.pathname = `/${name}`;
  return url.href;
}

/** The driver tells what it sends only when asked to from the start. */
function watched(uri: string): string {
  const url = new URL(uri);
  url.searchParams.set('monitorCommands', 'true');
  return url.href;
}
