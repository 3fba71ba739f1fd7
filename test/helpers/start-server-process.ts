// The server as a process of its own, as `npm start` runs it, over a store that others share.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { until } from './start-test-world.ts';

const entry = fileURLToPath(new URL('../../server/start.ts', import.meta.url));

export interface ServerProcess {
  url: string;
  /** Ends it in order, or with a kill at once. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

interface StartServer {
  port: number;
  storeUri: string;
  dataDir: string;
  /** As in ENCRYPTION_KEYS. */
  keys: string;
}

export async function startServerProcess({ port, storeUri, dataDir, keys }: StartServer): Promise<ServerProcess> {
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, ['--import', 'tsx', entry], {
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'test',
      LOG_LEVEL: 'error',
      PORT: String(port),
      METRICS_PORT: '0',
      PUBLIC_URL: url,
      MONGODB_URI: storeUri,
      DATA_DIR: dataDir,
      ENCRYPTION_KEYS: keys,
      CLICK_HOLD_MS: '0',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const ended = once(child, 'close');
  const answers = () =>
    fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  await until(`the server on port ${port} is ready`, answers);
  return {
    url,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      await ended;
    },
  };
}
