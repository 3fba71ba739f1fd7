// A server and a worker with a driver each, as in production, but in this process, so that what they ask the store can be listed: per click
// that comes alone, and per second in which nothing happens.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbeddedMongo } from '../../embedded-mongo/index.ts';
import { startSandbox } from '../../sandbox/index.ts';
import { parseConfig } from '../../server/config.ts';
import { apiScopes } from '../../server/contract/api-scopes.ts';
import { makeKey, makeWorkspace } from '../../server/flows/make-workspace.ts';
import { systemClock } from '../../server/lib/clock.ts';
import { makeNewId } from '../../server/lib/ids.ts';
import { makeLog } from '../../server/lib/log.ts';
import { run } from '../../server/run.ts';
import { openStore } from '../../server/store/store.ts';
import { makeApi } from './api.ts';
import { connectPortal } from './connect.ts';
import { freePorts } from './free-port.ts';
import { appEnv, appSeed, type PortalSeed } from './seed.ts';
import { benchLink } from './start-world.ts';
import { waitFor } from './wait-for.ts';
import { watchedUri, watchStore, type StoreWatch } from './watch-store.ts';

export interface OperationsOptions {
  account: PortalSeed;
  /** Who clicks, one after the other. */
  contactIds: readonly string[];
  clicks: number;
  idleSeconds: number;
}

export interface Operations {
  /** Per click, without what an idle process would have asked; by process and question. */
  perClick: Map<string, number>;
  /** Per second without a click. */
  perIdleSecond: Map<string, number>;
}

const slug = 'q2-pricing';
const warmUps = 20;

export async function countOperations(options: OperationsOptions): Promise<Operations> {
  const { account, contactIds, clicks, idleSeconds } = options;
  const closers: (() => Promise<unknown>)[] = [];
  try {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'elido-count-'));
    closers.push(() => rm(folder, { recursive: true, force: true }));
    const [port = 0] = await freePorts(1);
    const url = `http://localhost:${port}`;
    const sandbox = await startSandbox();
    closers.push(() => sandbox.close());
    sandbox.control.seed({ apps: [appSeed(`${url}/oauth/callback`)], portals: [account] });
    const database = await startEmbeddedMongo({});
    closers.push(() => database.close());
    const env = { ...appEnv(sandbox.url), CLICK_HOLD_MS: '0', HUBSPOT_CALLS_PER_10S: '10000' };
    const encryptionKeys = [{ id: 'bench', key: randomBytes(32) }];
    const watches = new Map<string, StoreWatch>();
    for (const role of ['server', 'worker']) {
      const files = { DATA_DIR: folder, SPOOL_DIR: path.join(folder, role) };
      const own = { ROLE: role, PORT: String(port), METRICS_PORT: '0', PUBLIC_URL: url };
      const start = () =>
        run({
          config: parseConfig({ ...env, ...files, ...own }),
          mongodbUri: watchedUri(database.uri),
          encryptionKeys,
          log: makeLog({ level: 'warn' }),
        });
      const { opened, watch } = await watchStore(start, (running) => running.context.store);
      closers.push(() => opened.close());
      watches.set(role, watch);
    }
    // What this benchmark itself asks is not counted.
    const store = await openStore({ uri: database.uri });
    closers.push(() => store.close());
    const outside = { store, now: systemClock, newId: makeNewId(systemClock) };
    const { _id: workspaceId } = await makeWorkspace(outside, 'Counted workspace');
    const { secret } = await makeKey(outside, { workspaceId, scopes: apiScopes });
    const api = makeApi(url, secret);
    const { portalId } = account;
    await connectPortal({ api, sandboxUrl: sandbox.url, portalId });
    await api.post('/v1/links', benchLink(slug));

    const isQuiet = async () => {
      if ((await store.deliveries.nextDueAt(portalId)) !== null) return false;
      const lease = (await store.portals.find(portalId))?.lease;
      return (lease?.until.getTime() ?? 0) === 0;
    };
    const send = async (name: string, count: number) => {
      const startedAt = performance.now();
      for (let n = 0; n < count; n += 1) {
        await api.post('/v1/clicks', { click_id: `${name}-${n}`, slug, eid: contactIds[n % contactIds.length] });
        await waitFor('a click to be delivered', isQuiet, { everyMs: 10 });
      }
      return (performance.now() - startedAt) / 1_000;
    };
    await send('warm', warmUps);
    take(watches);
    await sleep(idleSeconds * 1_000);
    const perIdleSecond = divided(take(watches), idleSeconds);
    await send('again', warmUps);
    take(watches);
    const seconds = await send('lone', clicks);
    const perClick = take(watches);
    // What would have been asked anyway belongs to no click.
    for (const [question, rate] of perIdleSecond) {
      perClick.set(question, Math.max(0, (perClick.get(question) ?? 0) - rate * seconds));
    }
    return { perClick: divided(perClick, clicks), perIdleSecond };
  } finally {
    for (const closer of closers.splice(0).reverse()) await closer();
  }
}

/** What each process has asked since the last call. */
function take(watches: ReadonlyMap<string, StoreWatch>): Map<string, number> {
  const taken = new Map<string, number>();
  for (const [process, watch] of watches) {
    for (const [question, count] of watch.take()) taken.set(`${process}, ${question}`, count);
  }
  return taken;
}

function divided(counts: ReadonlyMap<string, number>, by: number): Map<string, number> {
  return new Map([...counts].map(([question, count]) => [question, count / by]));
}
