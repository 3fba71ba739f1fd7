// A server to be fuzzed: real HTTP in this process; the store is a process of its own, so that the heap here is the server's alone.
import { createHmac, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startSandbox } from '../../sandbox/index.ts';
import { parseConfig } from '../../server/config.ts';
import { apiScopes } from '../../server/contract/api-scopes.ts';
import { makeKey, makeWorkspace } from '../../server/flows/make-workspace.ts';
import { makeLog } from '../../server/lib/log.ts';
import { run } from '../../server/run.ts';
import { repository } from '../processes/build.ts';
import { makeChild } from '../processes/child.ts';
import { makeApi } from '../world/api.ts';
import { connectPortal } from '../world/connect.ts';
import { freePorts } from '../world/free-port.ts';
import { accountSeed, appEnv, appSeed, benchApp, makePeople } from '../world/seed.ts';
import type { Input } from './make-inputs.ts';

export interface Arena {
  portalId: number;
  appId: number;
  /** The status of the answer. */
  send(input: Input): Promise<number>;
  close(): Promise<void>;
}

const portalId = 9_001;
const plenty = 1_000_000;
const patienceMs = 15_000;

export async function startArena(): Promise<Arena> {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'elido-fuzz-'));
    closers.push(() => rm(folder, { recursive: true, force: true }));
    const [port, storePort] = await freePorts(2);
    const url = `http://localhost:${port}`;
    const sandbox = await startSandbox();
    closers.push(() => sandbox.close());
    const people = makePeople(20, () => ({ open: 1, closed: 0 }));
    sandbox.control.seed({
      apps: [appSeed(`${url}/oauth/callback`)],
      portals: [accountSeed({ portalId, people, callsPerTenSeconds: plenty })],
    });
    const store = makeChild({
      name: 'store',
      args: [
        '--import',
        'tsx',
        'embedded-mongo/start.ts',
        '--data',
        path.join(folder, 'store'),
        '--port',
        `${storePort}`,
      ],
      env: { PATH: process.env['PATH'] ?? '' },
      cwd: repository,
      readyWhen: '"uri"',
      logFolder: folder,
    });
    closers.push(() => store.end('SIGKILL'));
    await store.start();
    const env = { ...appEnv(sandbox.url), HUBSPOT_CALLS_PER_10S: '10000', API_RATE_LIMIT: String(plenty) };
    const server = await run({
      config: parseConfig({ PORT: String(port), METRICS_PORT: '0', PUBLIC_URL: url, DATA_DIR: folder, ...env }),
      mongodbUri: `mongodb://127.0.0.1:${storePort}/elido`,
      encryptionKeys: [{ id: 'fuzz', key: randomBytes(32) }],
      log: makeLog({ level: 'error' }),
    });
    closers.push(() => server.close());

    const keyOf = async (name: string) => {
      const { _id: workspaceId } = await makeWorkspace(server.context, name);
      return (await makeKey(server.context, { workspaceId, scopes: apiScopes })).secret;
    };
    const connected = await keyOf('Fuzzed rules');
    const api = makeApi(url, connected);
    await connectPortal({ api, sandboxUrl: sandbox.url, portalId });
    const { connections } = await api.get<{ connections: { id: string }[] }>('/v1/connections');
    // Conversions go to a workspace without an account: what is fuzzed is the way in, not the delivery.
    const send = makeSend({
      url,
      rules: connected,
      conversions: await keyOf('Fuzzed conversions'),
      connectionId: connections[0]?.id ?? '',
    });
    return { portalId, appId: benchApp.appId, send, close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Doors {
  url: string;
  /** Keys of the two workspaces. */
  rules: string;
  conversions: string;
  connectionId: string;
}

function makeSend({ url, rules, conversions, connectionId }: Doors): Arena['send'] {
  const post = async (address: string, headers: Record<string, string>, body: Uint8Array<ArrayBuffer> | string) => {
    const reply = await fetch(`${url}${address}`, {
      method: 'POST',
      // A connection each: one that is kept may be closed by the server just when it is used again, which would look like a fault.
      headers: { 'content-type': 'application/json', connection: 'close', ...headers },
      body,
      signal: AbortSignal.timeout(patienceMs),
    });
    await reply.arrayBuffer();
    return reply.status;
  };
  return ({ kind, bytes }) => {
    if (kind === 'rule') {
      const body = JSON.stringify({ connection_id: connectionId, text: bytes.toString('utf8') });
      return post('/v1/rules', { authorization: `Bearer ${rules}` }, body);
    }
    const body = Uint8Array.from(bytes);
    if (kind === 'conversion') return post('/v1/conversions', { authorization: `Bearer ${conversions}` }, body);
    return post('/webhooks/hubspot', signatureOf(`${url}/webhooks/hubspot`, bytes), body);
  };
}

function signatureOf(uri: string, body: Buffer): Record<string, string> {
  const timestamp = String(Date.now());
  const signed = createHmac('sha256', benchApp.clientSecret).update(`POST${uri}`).update(body).update(timestamp);
  return { 'x-hubspot-request-timestamp': timestamp, 'x-hubspot-signature-v3': signed.digest('base64') };
}
