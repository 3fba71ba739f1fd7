// Runs the program: store, app, worker and sweeps in order, and everything backwards at the end.
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp, createMetricsApp } from './app.ts';
import type { Config } from './config.ts';
import type { Context } from './flows/context.ts';
import { startSweeps } from './jobs/sweeps.ts';
import { startWebhookWork } from './jobs/webhook-work.ts';
import { startTopicReader } from './jobs/topic/read-topic.ts';
import { startWorker } from './jobs/worker.ts';
import type { Now } from './lib/clock.ts';
import type { Log } from './lib/log.ts';
import type { VaultKey } from './lib/vault.ts';
import { makeContext } from './make-context.ts';
import { openStore } from './store/store.ts';

export interface RunOptions {
  config: Config;
  mongodbUri: string;
  encryptionKeys: readonly VaultKey[];
  log: Log;
  now?: Now;
}

export interface Running {
  context: Context;
  /** Null when this process has no API. */
  port: number | null;
  metricsPort: number | null;
  /** Answers what came in, finishes the batches under way, gives leases back, closes the store. */
  close(): Promise<void>;
}

export async function run({ config, mongodbUri, encryptionKeys, log, now }: RunOptions): Promise<Running> {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const store = await openStore({ uri: mongodbUri });
    closers.push(() => store.close());
    const { context, close: closeContext } = await makeContext({
      config,
      store,
      log,
      encryptionKeys,
      withProcessMetrics: true,
      ...(now ? { now } : {}),
    });
    closers.push(closeContext);

    const sweeps = startSweeps(context);
    closers.push(() => sweeps.stop());
    if (config.role === 'all' || config.role === 'worker') {
      const worker = startWorker(context);
      context.nudge = worker.nudge;
      closers.push(() => worker.stop());
      const webhooks = startWebhookWork(context);
      closers.push(() => webhooks.stop());
    }
    if (config.kafka && config.role !== 'worker') {
      const topic = startTopicReader(context, config.kafka);
      closers.push(() => topic.stop());
    }
    const hasApi = config.role === 'all' || config.role === 'server';
    const app = hasApi ? await listen(createApp(context), config.port) : null;
    if (app) closers.push(() => stopListening(app));
    closers.push(() => Promise.resolve(context.live.close()));
    const metrics = config.metricsPort === 0 ? null : await listen(createMetricsApp(context), config.metricsPort);
    if (metrics) closers.push(() => stopListening(metrics));
    return { context, port: portOf(app), metricsPort: portOf(metrics), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function listen(app: RequestListener, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(app);
    server.once('error', reject);
    server.listen(port, () => resolve(server));
  });
}

/** Requests under way are answered; idle keep-alive connections are closed at once. */
function stopListening(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeIdleConnections();
  });
}

function portOf(server: Server | null): number | null {
  return server ? (server.address() as AddressInfo).port : null;
}
