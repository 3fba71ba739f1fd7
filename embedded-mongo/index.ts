/**
 * A MongoDB-compatible store inside this process, for tests, trying out and small runs: the subset this project uses,
 * over the real wire protocol. There is no authentication: it listens on the loopback address or a Unix socket only.
 */
import { createServer, type Socket } from 'node:net';
import { ObjectId } from 'bson';
import type { Context } from './commands/context.ts';
import { makeCursors } from './commands/cursors.ts';
import { dispatch, errorReply } from './commands/dispatch.ts';
import { ServerError } from './errors.ts';
import { openStore } from './storage/open-store.ts';
import { sweepExpired } from './ttl-sweep.ts';
import { isDoc } from './values/document.ts';
import { serveConnection } from './wire/connection.ts';
import { listen } from './wire/listen.ts';

export type EmbeddedMongoOptions = {
  /** Folder to keep the data in. Without it everything is in memory and gone on close. */
  dataDir?: string;
  /** 0, the default, takes a free port. */
  port?: number;
  host?: string;
  /** Listen on a Unix socket instead of a port. */
  socketPath?: string;
  /** Wait for the disk at every acknowledged write, so that a power loss takes nothing. */
  sync?: boolean;
  /** How often expired documents are removed; MongoDB's own pace is 60 seconds. */
  ttlSweepMs?: number;
  /** Size of the log at which it is first folded into a snapshot. */
  compactAtBytes?: number;
};
export type EmbeddedMongo = { uri: string; close: () => Promise<void> };

const sweepAtMost = 20_000;

export async function startEmbeddedMongo(options: EmbeddedMongoOptions = {}): Promise<EmbeddedMongo> {
  const { dataDir, port = 0, host = '127.0.0.1', socketPath, ttlSweepMs = 60_000 } = options;
  const { store, journal } = openStore({ dataDir, sync: options.sync, compactAtBytes: options.compactAtBytes });
  const now = () => new Date();
  const context: Context = { store, cursors: makeCursors(now), now, newId: () => new ObjectId(), startedAt: now() };
  const sockets = new Set<Socket>();
  let lastConnectionId = 0;

  const server = createServer({ noDelay: true }, (socket) => {
    const connectionId = (lastConnectionId += 1);
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serveConnection(socket, {
      answer: ({ command, database, bytesOf }) => {
        const failure = journal.failure();
        if (failure) return errorReply(new ServerError(14031, `the log cannot be written: ${failure.message}`));
        return dispatch(context, { command, database, connectionId, bytesOf });
      },
      settled: ({ command }) => journal.settled(isDoc(command.writeConcern) && command.writeConcern.j === true),
      refuse: errorReply,
    });
  });

  const sweep = setInterval(() => {
    context.cursors.dropIdle();
    sweepExpired(store, { now: now(), most: sweepAtMost });
  }, ttlSweepMs);
  sweep.unref();

  const stop = async (): Promise<void> => {
    clearInterval(sweep);
    for (const socket of sockets) socket.destroy();
    if (server.listening) await new Promise<void>((resolve) => server.close(() => resolve()));
    await journal.close();
  };

  try {
    const uri = await listen(server, socketPath === undefined ? { host, port } : { path: socketPath });
    let closing: Promise<void> | undefined;
    return { uri, close: () => (closing ??= stop()) };
  } catch (error) {
    await stop();
    throw error;
  }
}
