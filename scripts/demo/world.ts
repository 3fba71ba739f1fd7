// The world the demo plays in: a sandbox, an embedded store and the real server, all in this process, on one movable clock.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { startEmbeddedMongo } from '../../embedded-mongo/index.ts';
import { startSandbox, type Sandbox } from '../../sandbox/index.ts';
import { parseConfig } from '../../server/config.ts';
import { apiScopesSchema } from '../../server/contract/api-scopes.ts';
import { makeOperatorLink } from '../../server/flows/console/sign-in-links.ts';
import { makeKey, makeWorkspace } from '../../server/flows/make-workspace.ts';
import { makeMovableClock } from '../../server/lib/clock.ts';
import { makeLog } from '../../server/lib/log.ts';
import { run, type Running } from '../../server/run.ts';
import { ourPreview } from '../preview/our-preview.ts';
import { demoApp, demoPortalId, demoSeed } from './seed.ts';

const readyWithinMs = 60_000;

export interface World {
  serverUrl: string;
  sandboxUrl: string;
  apiKey: string;
  /** Opens the console once, within a day. */
  signInLink(): Promise<string>;
  install(): Promise<void>;
  /** Waits until the portal is provisioned; returns the number of steps. */
  provisioned(): Promise<number>;
  /** Returns the short link. */
  createLink(link: Record<string, unknown>): Promise<string>;
  makeRule(text: string): Promise<void>;
  /** Waits until a rule has moved a deal. */
  ruleFired(): Promise<void>;
  click(shortLink: string): Promise<void>;
  /** Waits until this many clicks are on the timelines. */
  delivered(count: number): Promise<void>;
  /** Moves the clocks of the server and of the sandbox. */
  advance(ms: number): void;
  contact(id: string): Record<string, string | null>;
  deal(id: string): Record<string, string | null>;
  events(object: 'contacts' | 'deals', id: string): DemoEvent[];
  /** The id the server gave to the newest click. */
  lastClickId(): string;
  /** Reports a conversion and waits until it is on the timeline. */
  convert(conversion: Record<string, unknown>): Promise<void>;
  clicks(): number;
  /** Calls that HubSpot would have counted. */
  calls(): number;
  close(): Promise<void>;
}

export async function makeWorld({ port, sandboxPort, beganMsAgo, logLevel }: WorldOptions): Promise<World> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'elido-demo-'));
  const serverUrl = `http://localhost:${port}`;
  const clock = makeMovableClock(Date.now() - beganMsAgo);
  const sandbox = await startSandbox({ port: sandboxPort, preview: ourPreview({ serverUrl, appId: demoApp.appId }) });
  sandbox.control.setClock({ now: clock.now() });
  sandbox.control.seed(demoSeed(`${serverUrl}/oauth/callback`, clock.now()));
  const store = await startEmbeddedMongo({ dataDir: path.join(folder, 'store') });
  const config = parseConfig({
    PORT: String(port),
    METRICS_PORT: '0',
    // Ten seconds in earnest; a demo should not keep its reader waiting.
    CLICK_HOLD_MS: '500',
    PUBLIC_URL: serverUrl,
    DATA_DIR: folder,
    HUBSPOT_API_URL: sandbox.url,
    HUBSPOT_APP_URL: sandbox.url,
    HUBSPOT_CLIENT_ID: demoApp.clientId,
    HUBSPOT_CLIENT_SECRET: demoApp.clientSecret,
    HUBSPOT_APP_ID: String(demoApp.appId),
  });
  const server = await run({
    config,
    mongodbUri: store.uri,
    encryptionKeys: [{ id: 'demo', key: randomBytes(32) }],
    log: makeLog({ level: logLevel }),
    now: clock.now,
  });
  const workspace = await makeWorkspace(server.context, 'Demo workspace');
  const { secret } = await makeKey(server.context, {
    workspaceId: workspace._id,
    scopes: apiScopesSchema.element.options,
    name: 'demo',
  });
  const api = makeApi(serverUrl, secret);
  let clicks = 0;

  return {
    serverUrl,
    sandboxUrl: sandbox.url,
    apiKey: secret,
    signInLink: async () => {
      const asked = { workspaceId: workspace._id, role: null, email: null, lifeMs: 24 * 3600_000 };
      return (await makeOperatorLink(server.context, asked)).url;
    },
    install: () => installThroughBrowser(api, sandbox),
    provisioned: () => waitForProvisioning(api),
    createLink: async (link) => {
      const { slug } = await api.post<{ slug: string }>('/v1/links', link);
      return `${serverUrl}/r/${slug}`;
    },
    makeRule: async (text) => {
      const { connections } = await api.get<{ connections: { id: string }[] }>('/v1/connections');
      await api.post('/v1/rules', { connection_id: connections[0]?.id, text });
    },
    ruleFired: async () => {
      await waitFor('the rule', async () => {
        const { moves } = await api.get<{ moves: { state: string }[] }>('/v1/rule-moves');
        return moves[0]?.state === 'done' ? true : null;
      });
    },
    click: async (shortLink) => {
      // Not fetch: it says `Sec-Fetch-Mode: cors`, as scripts do, and the click would be a machine's.
      const { statusCode } = await request(shortLink, { headers: browser });
      if (statusCode !== 302) throw new Error(`The short link answered ${statusCode}.`);
      clicks += 1;
    },
    delivered: (count) => waitForDeliveries(server, sandbox, count),
    advance: (ms) => {
      clock.advance(ms);
      sandbox.control.setClock({ advanceMs: ms });
    },
    contact: (id) => propertiesOf(sandbox, 'contacts', id),
    deal: (id) => propertiesOf(sandbox, 'deals', id),
    events: (objectType, objectId) => sandbox.control.events(demoPortalId, { objectType, objectId }).events,
    lastClickId: () => {
      const { events } = sandbox.control.events(demoPortalId, { objectType: 'contacts' });
      return clickIdOf(events.at(-1)?.extraData);
    },
    convert: async (conversion) => {
      await api.post('/v1/conversions', conversion);
      const { events } = sandbox.control.events(demoPortalId, { objectType: 'contacts' });
      await waitForDeliveries(server, sandbox, events.length + 1);
    },
    clicks: () => clicks,
    calls: () => sandbox.control.counts().total,
    close: async () => {
      await server.close();
      await store.close();
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A timeline event as the sandbox took it. */
export interface DemoEvent {
  typeKey: string;
  properties: Record<string, string>;
}

function clickIdOf(extraData: unknown): string {
  return (extraData as { clickId: string }).clickId;
}

export interface WorldOptions {
  port: number;
  sandboxPort: number;
  /** The story begins in the past: what it moves the clock by ends in the present, and no page speaks of tomorrow. */
  beganMsAgo: number;
  logLevel: string;
}

const browser = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8',
  'accept-language': 'en-GB,en;q=0.9',
};

interface Api {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown): Promise<T>;
}

function makeApi(serverUrl: string, key: string): Api {
  async function call<T>(method: string, where: string, body?: unknown): Promise<T> {
    const reply = await fetch(`${serverUrl}${where}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!reply.ok) throw new Error(`${method} ${where} answered ${reply.status}: ${await reply.text()}`);
    return (await reply.json()) as T;
  }
  return { get: (where) => call('GET', where), post: (where, body) => call('POST', where, body) };
}

/** What a person does in the browser: open the link, choose the account, press Connect. */
async function installThroughBrowser(api: Api, sandbox: Sandbox): Promise<void> {
  const { url } = await api.post<{ url: string }>('/v1/connections/install-links', {});
  const start = await fetch(url, { redirect: 'manual' });
  const cookie = start.headers
    .getSetCookie()
    .map((header) => header.split(';')[0])
    .join('; ');
  const consentPage = new URL(start.headers.get('location') ?? '', sandbox.url);
  const form = new URLSearchParams(consentPage.search);
  form.set('account', String(demoPortalId));
  form.set('decision', 'grant');
  const decided = await fetch(`${sandbox.url}/oauth/authorize/decision`, {
    method: 'POST',
    body: form,
    redirect: 'manual',
  });
  const callback = decided.headers.get('location');
  if (!callback) throw new Error(`The consent was not accepted: ${decided.status}.`);
  const done = await fetch(callback, { headers: { cookie }, redirect: 'manual' });
  if (done.status >= 400) throw new Error(`The installation ended with ${done.status}: ${await done.text()}`);
}

interface ConnectionReply {
  provisioning: { state: string; steps: { name: string; state: string; detail: string }[] };
}

async function waitForProvisioning(api: Api): Promise<number> {
  return waitFor('the provisioning', async () => {
    const { connections } = await api.get<{ connections: ConnectionReply[] }>('/v1/connections');
    const provisioning = connections[0]?.provisioning;
    if (provisioning?.state === 'failed') throw new Error(JSON.stringify(provisioning.steps));
    return provisioning?.state === 'ready' ? provisioning.steps.length : null;
  });
}

/** Timelines first, then the last mark in the store: nothing is under way any more. */
async function waitForDeliveries({ context }: Running, sandbox: Sandbox, count: number): Promise<void> {
  await waitFor('the timelines', async () => {
    const { events } = sandbox.control.events(demoPortalId, { objectType: 'contacts' });
    const next = await context.store.deliveries.nextDueAt(demoPortalId);
    return events.length >= count && next === null ? true : null;
  });
}

async function waitFor<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  const endAt = Date.now() + readyWithinMs;
  while (Date.now() < endAt) {
    const seen = await look();
    if (seen !== null) return seen;
    await sleep(50);
  }
  throw new Error(`Waited ${readyWithinMs / 1_000} s for ${what}.`);
}

function propertiesOf(sandbox: Sandbox, object: 'contacts' | 'deals', id: string): Record<string, string | null> {
  const record = sandbox.control.dump(demoPortalId).objects[object]?.records.find((one) => one.id === id);
  if (!record) throw new Error(`The sandbox has no ${object} ${id}.`);
  return record.values;
}
