// `npm start`: the environment becomes a configuration, the configuration a running program, a signal its orderly end.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { startEmbeddedMongo } from '../embedded-mongo/index.ts';
import { ConfigError, parseConfig, type Config } from './config.ts';
import { developmentKey } from './development-key.ts';
import { makeLog, type Log } from './lib/log.ts';
import { keepHeapThrifty } from './lib/thrifty-heap.ts';
import { run } from './run.ts';

const shutdownPatienceMs = 25_000;

await main();

async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = readConfig();
  const log = makeLog({ level: config.logLevel, pretty: process.stdout.isTTY });
  if (config.role === 'worker') keepHeapThrifty();
  try {
    const store = await chooseStore(config, log);
    const running = await run({
      config,
      log,
      mongodbUri: store.uri,
      encryptionKeys: config.encryptionKeys ?? [await developmentKey(config.dataDir)],
    });
    log.info(
      {
        port: running.port,
        metricsPort: running.metricsPort,
        role: config.role,
        url: config.publicUrl,
        ...(running.port === null ? {} : { console: `${config.publicUrl}/console/` }),
      },
      'started',
    );
    onceSignalled(log, async () => {
      await running.close();
      await store.close();
    });
  } catch (error) {
    log.fatal({ err: error }, 'could not start');
    process.exitCode = 1;
    setTimeout(() => process.exit(1), 100);
  }
}

function readConfig(): Config {
  try {
    return parseConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return process.exit(1);
  }
}

async function chooseStore(
  { mongodbUri, dataDir }: Config,
  log: Log,
): Promise<{ uri: string; close(): Promise<void> }> {
  if (mongodbUri) return { uri: mongodbUri, close: () => Promise.resolve() };
  const embedded = await startEmbeddedMongo({ dataDir: path.join(dataDir, 'store') });
  log.warn(
    { dataDir },
    'MONGODB_URI is not set: using the embedded store. It is for trying out, on one machine and one process. Set MONGODB_URI for anything that matters.',
  );
  return embedded;
}

/** The first signal ends the program in order; a second one, or too long a wait, ends it at once. Nothing accepted is lost either way. */
function onceSignalled(log: Log, close: () => Promise<void>): void {
  let ending = false;
  const end = (signal: NodeJS.Signals) => {
    if (ending) process.exit(1);
    ending = true;
    log.info({ signal }, 'ending');
    const timer = setTimeout(() => process.exit(1), shutdownPatienceMs);
    close().then(
      () => {
        clearTimeout(timer);
        process.exit(0);
      },
      (error: unknown) => {
        log.error({ err: error }, 'the end was not orderly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
}
