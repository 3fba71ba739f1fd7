/** Runs a sandbox as its own process: `npm run sandbox`. Prints where it listens; with --state it remembers between runs. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { startSandbox } from './index.ts';

const USAGE = `A strict HubSpot account in a box.

  npm run sandbox -- [options]

  --port <number>        port to listen on (default 4010; 0: any free port)
  --host <address>       address to listen on (default 127.0.0.1)
  --state <file>         load the state from this file if it exists, and save it there on exit
  --app-events <folder>  app event declarations (default ./src/app/app-events)
  --empty                start without the default account and app
  --json                 print the addresses as one line of JSON
  --help                 print this
`;

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

function reason(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error);
  return error instanceof Error ? error.message : String(error);
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        port: { type: 'string', default: '4010' },
        host: { type: 'string', default: '127.0.0.1' },
        state: { type: 'string' },
        'app-events': { type: 'string' },
        empty: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return fail(`${reason(error)}\n\n${USAGE}`);
  }
}

const values = readOptions();

if (values.help) {
  console.log(USAGE);
  process.exit(0);
}

const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65_535)
  fail(`--port must be a number from 0 to 65535, not ${values.port}.`);

const appEvents = values['app-events'];
const sandbox = await startSandbox({
  port,
  host: values.host,
  seed: values.empty ? 'empty' : 'default',
  ...(appEvents === undefined ? {} : { appEventsFolder: appEvents }),
}).catch((error: unknown) => fail(`The sandbox could not start: ${reason(error)}`));

const stateFile = values.state;
if (stateFile !== undefined && existsSync(stateFile)) {
  try {
    sandbox.control.load(readFileSync(stateFile, 'utf8'));
  } catch (error) {
    fail(`--state ${stateFile} cannot be read: ${reason(error)}`);
  }
}

/** Written beside the file and moved over it, so that an interrupted save leaves the old state whole. */
function save(file: string): void {
  writeFileSync(`${file}.tmp`, sandbox.control.save());
  renameSync(`${file}.tmp`, file);
}

async function stop(): Promise<void> {
  await sandbox.close();
  if (stateFile !== undefined) save(stateFile);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());

const control = `${sandbox.url}/sandbox/control`;
if (values.json) console.log(JSON.stringify({ url: sandbox.url, control }));
else console.log(`Sandbox  ${sandbox.url}\nControl  ${control}\nPages    ${sandbox.url}/`);
