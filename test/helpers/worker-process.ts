// Workers of a test world as processes of their own, the real program: they can be stopped, killed, and have clocks that are off.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { TestWorld } from './start-test-world.ts';

export interface WorkerProcess {
  /** Stopped as a debugger or an overloaded host would; `SIGCONT` lets it go on. */
  signal(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void;
  /** Everything it logged. */
  output(): string;
  end(): Promise<void>;
}

interface WorkerOptions {
  world: TestWorld;
  /** Where it finds HubSpot. */
  hubspotUrl: string;
  clockOffsetMs?: number;
}

const program = fileURLToPath(new URL('../../server/start.ts', import.meta.url));
const shiftClock = new URL('shift-clock.ts', import.meta.url).href;

/** Resolves when it looks for work. */
export async function startWorkerProcess({
  world,
  hubspotUrl,
  clockOffsetMs = 0,
}: WorkerOptions): Promise<WorkerProcess> {
  const { context, store, encryptionKeys } = world.server;
  const { config } = context;
  const [key] = encryptionKeys;
  if (!key) throw new Error('The world has no key.');
  const env: Record<string, string> = {
    PATH: process.env.PATH ?? '',
    NODE_ENV: 'test',
    ROLE: 'worker',
    METRICS_PORT: '0',
    LOG_LEVEL: 'info',
    MONGODB_URI: store.uri,
    DATA_DIR: config.dataDir,
    PUBLIC_URL: config.publicUrl,
    ENCRYPTION_KEYS: `${key.id}:${Buffer.from(key.key).toString('base64')}`,
    HUBSPOT_API_URL: hubspotUrl,
    HUBSPOT_APP_URL: hubspotUrl,
    HUBSPOT_CLIENT_ID: config.hubspot.clientId ?? '',
    HUBSPOT_CLIENT_SECRET: config.hubspot.clientSecret ?? '',
    HUBSPOT_APP_ID: config.hubspot.appId ?? '',
    HUBSPOT_CALLS_PER_10S: String(config.hubspot.callsPer10s),
    HUBSPOT_CALL_RESERVE: String(config.hubspot.callReserve),
    HUBSPOT_SIDE_CALLS: String(config.hubspot.sideCalls),
    EVENT_GROUP_SIZE: String(config.eventGroupSize),
    CLICK_HOLD_MS: '0',
    CLOCK_OFFSET_MS: String(clockOffsetMs),
  };
  const args = ['--import', import.meta.resolve('tsx'), '--import', shiftClock, program];
  // Elsewhere than in the repository: a .env there must not change what is tested.
  const child = spawn(process.execPath, args, { env, cwd: tmpdir(), stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
  await started(child, () => output);
  return {
    signal: (signal) => void child.kill(signal),
    output: () => output,
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const closed = once(child, 'close');
      child.kill('SIGKILL');
      await closed;
    },
  };
}

async function started(child: ChildProcess, output: () => string): Promise<void> {
  const endAt = performance.now() + 60_000;
  while (!output().includes('"msg":"started"')) {
    if (child.exitCode !== null || performance.now() > endAt) throw new Error(`The worker did not start:\n${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
