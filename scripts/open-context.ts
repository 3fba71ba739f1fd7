// What command-line tools share: the parts of the server over the same store, and one way to print answers and failures.
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedMongo } from '../embedded-mongo/index.ts';
import { parseConfig } from '../server/config.ts';
import { developmentKey } from '../server/development-key.ts';
import type { Context } from '../server/flows/context.ts';
import { makeLog } from '../server/lib/log.ts';
import { makeContext } from '../server/make-context.ts';
import { openStore } from '../server/store/store.ts';

/** Runs beside a server on the same MONGODB_URI. The embedded store belongs to one process, and says so. */
export async function withContext<T>(work: (context: Context) => Promise<T>): Promise<T> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  // A spool of our own: clicks that wait on disk are the server's to bring in.
  const spoolDir = await mkdtemp(path.join(tmpdir(), 'elido-tool-'));
  const closers: (() => Promise<unknown>)[] = [() => rm(spoolDir, { recursive: true, force: true })];
  try {
    const config = { ...parseConfig(process.env), spoolDir };
    const uri = config.mongodbUri ?? (await openEmbedded(config.dataDir, closers));
    const store = await openStore({ uri }).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(`The database cannot be reached. ${why}. Is it running, and is MONGODB_URI right?`, {
        cause: error,
      });
    });
    closers.push(() => store.close());
    const { context, close } = await makeContext({
      config,
      store,
      log: makeLog({ level: 'silent' }),
      encryptionKeys: config.encryptionKeys ?? [await developmentKey(config.dataDir)],
    });
    closers.push(close);
    return await work(context);
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

async function openEmbedded(dataDir: string, closers: (() => Promise<unknown>)[]): Promise<string> {
  const embedded = await startEmbeddedMongo({ dataDir: path.join(dataDir, 'store') }).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(
      `MONGODB_URI is not set, and the embedded store is open in one process at a time. ${why} Stop the server first, or give both the same MONGODB_URI.`,
      { cause: error },
    );
  });
  closers.push(() => embedded.close());
  return embedded.uri;
}

/** Prints what went wrong and sets the exit code. */
export async function orFail(json: boolean | undefined, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    console.error(json ? JSON.stringify({ error: message }) : message);
    process.exitCode = 1;
  }
}

/** The workspace that is named, or the only one there is. */
export async function workspaceOf({ store }: Context, named: string | undefined): Promise<string> {
  if (named !== undefined) {
    if (await store.workspaces.find(named)) return named;
    throw new Error(`There is no workspace ${named}. npm run workspace -- list shows them.`);
  }
  const [only, ...others] = await store.workspaces.list();
  if (only && others.length === 0) return only._id;
  throw new Error(
    only
      ? 'There are several workspaces. Name one: --workspace ws_...'
      : 'There is no workspace yet. npm run workspace -- create "Name"',
  );
}
