/** Runs the embedded store as a process of its own: `node --import tsx embedded-mongo/start.ts --data ./data`. */
import { parseArgs } from 'node:util';
import { startEmbeddedMongo, type EmbeddedMongoOptions } from './index.ts';

const help = `Runs the embedded MongoDB-compatible store and prints its address as one JSON line.

  --data <folder>       keep the data in this folder (default: in memory only)
  --port <number>       port on 127.0.0.1 (default 0: any free one)
  --socket <path>       listen on a Unix socket instead
  --sync                wait for the disk at every write: survives a power loss too
  --ttl-sweep-ms <ms>   how often expired documents are removed (default 60000)
  --compact-at <bytes>  size at which the log is first folded into a snapshot
  --help                show this

For trying out, tests and small runs. Not a replacement for a MongoDB server.`;

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0) return value;
  throw new Error(`--${name} needs a whole number, not '${text}'.`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      port: { type: 'string' },
      socket: { type: 'string' },
      sync: { type: 'boolean' },
      'ttl-sweep-ms': { type: 'string' },
      'compact-at': { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(help);
    return;
  }
  const options: EmbeddedMongoOptions = { sync: values.sync === true };
  if (values.data !== undefined) options.dataDir = values.data;
  if (values.port !== undefined) options.port = wholeNumber('port', values.port);
  if (values.socket !== undefined) options.socketPath = values.socket;
  if (values['ttl-sweep-ms'] !== undefined) options.ttlSweepMs = wholeNumber('ttl-sweep-ms', values['ttl-sweep-ms']);
  if (values['compact-at'] !== undefined) options.compactAtBytes = wholeNumber('compact-at', values['compact-at']);
  const { uri, close } = await startEmbeddedMongo(options);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close());
  console.log(JSON.stringify({ uri, pid: process.pid }));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
