/** Starts a sandbox inside this process: an HTTP server on its own port with its state in memory. For tests and for start.ts. */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { createSandboxApp } from './app.ts';
import type { SandboxContext } from './context.ts';
import { createControl, type Control } from './control/control.ts';
import type { PreviewOptions } from './extensions/options.ts';
import { createRateLimiter } from './middleware/rate-limiter.ts';
import { createRequestLog } from './middleware/request-log.ts';
import { readClock } from './state/clock.ts';
import { emptyState, type SandboxState } from './state/sandbox-state.ts';
import { createWebhookSender } from './webhooks/sender.ts';

export type SandboxOptions = {
  /** Left out or 0: any free port. */
  port?: number;
  host?: string;
  /** Folder with the app event declarations. Default: src/app/app-events under the working directory. */
  appEventsFolder?: string;
  /** The HubSpot project whose cards and pages are shown. Default: none. */
  preview?: PreviewOptions;
  /** What to start with. Default: empty. */
  seed?: 'empty' | 'default';
  /** Real time under the settable clock, milliseconds. */
  now?: () => number;
  monotonicNow?: () => number;
  randomBytes?: (size: number) => Buffer;
};

export type Sandbox = {
  url: string;
  port: number;
  state: SandboxState;
  control: Control;
  /** The settable clock. */
  now: () => number;
  close: () => Promise<void>;
};

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const realNow = options.now ?? Date.now;
  const state = emptyState();
  const parts = {
    state,
    now: () => readClock(state.clock, realNow()),
    monotonicNow: options.monotonicNow ?? (() => performance.now()),
    randomBytes: options.randomBytes ?? randomBytes,
    limiter: createRateLimiter(),
    log: createRequestLog(),
    appEventsFolder: resolve(options.appEventsFolder ?? 'src/app/app-events'),
    preview: options.preview ?? null,
  };
  const context: SandboxContext = { ...parts, webhooks: createWebhookSender(parts) };
  const control = createControl(context, realNow);
  if (options.seed === 'default') control.reset({ seed: 'default' });
  const server = createServer(createSandboxApp(context, control));
  // Longer than clients keep idle connections, so that none is reset while it is picked up again.
  server.keepAliveTimeout = 65_000;
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen(options.port ?? 0, host, done);
  });
  context.webhooks.start();
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    await context.webhooks.stop();
    const closed = new Promise<void>((done) => server.close(() => done()));
    server.closeAllConnections();
    await closed;
  };
  return { url: `http://${host}:${port}`, port, state, control, now: context.now, close };
}
