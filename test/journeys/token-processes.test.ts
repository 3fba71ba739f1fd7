// Real processes ask for the token of one portal: together they cost one refresh, and one that is killed in the middle of it takes
// nothing with it that HubSpot would let us keep.
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeVault } from '../../server/lib/vault.ts';
import { tokenAad } from '../../server/flows/tokens/credentials.ts';
import { startTestSandbox, testAppId, testPortalId, type TestSandbox } from '../helpers/start-test-sandbox.ts';
import { startTestStore, type TestStore } from '../helpers/start-test-store.ts';

const script = fileURLToPath(new URL('../helpers/token-caller.ts', import.meta.url));
const key = randomBytes(32);
const vault = makeVault([{ id: 'test', key }]);

interface Caller {
  process: ChildProcess;
  /** Begins to ask; what it got, each token once. */
  ask(): Promise<string[]>;
}

describe('processes that share a portal', () => {
  let sandbox: TestSandbox;
  let db: TestStore;
  let dataDir: string;
  const callers: Caller[] = [];

  const refreshes = () => sandbox.control.log({ route: 'POST /oauth/token' }).length;

  async function startCaller(count: number, aheadMs = 0): Promise<Caller> {
    const args = [
      '--import',
      'tsx',
      script,
      db.uri,
      String(testPortalId),
      String(count),
      key.toString('base64'),
      String(aheadMs),
    ];
    const env = {
      ...process.env,
      ...sandbox.env,
      NODE_ENV: 'test',
      DATA_DIR: dataDir,
      PUBLIC_URL: 'http://localhost:3000',
      HUBSPOT_CLIENT_ID: 'test-client-id',
      HUBSPOT_CLIENT_SECRET: 'test-client-secret',
      HUBSPOT_TIMEOUT_MS: '2000',
    };
    const child = spawn(process.execPath, args, { env, stdio: ['pipe', 'pipe', 'inherit'] });
    const lines: string[] = [];
    child.stdout.on('data', (data: Buffer) => lines.push(...data.toString().split('\n').filter(Boolean)));
    while (lines.length === 0) await once(child.stdout, 'data');
    const caller: Caller = {
      process: child,
      async ask() {
        const ended = once(child, 'close');
        child.stdin.write('go\n');
        await ended;
        return JSON.parse(lines[1] ?? '[]') as string[];
      },
    };
    callers.push(caller);
    return caller;
  }

  /** Installed, and the token has ended. */
  async function installExpired(rotates = false): Promise<void> {
    sandbox.registerApp({ publicUrl: 'http://localhost:3000' });
    const grant = sandbox.control.install({ appId: testAppId, portalId: testPortalId });
    const now = Date.now();
    await db.store.portals.saveInstall({
      portalId: testPortalId,
      hubDomain: 'processes.example.com',
      accessToken: vault.seal(grant.accessToken, tokenAad(testPortalId, 'access')),
      refreshToken: vault.seal(grant.refreshToken, tokenAad(testPortalId, 'refresh')),
      expiresAt: now - 1_000,
      scopes: [],
      userId: null,
      storedBy: 'http://localhost:3000',
      now,
    });
    if (rotates) sandbox.control.setSwitches({ refreshTokens: 'rotate' });
  }

  beforeEach(async () => {
    sandbox = await startTestSandbox();
    db = await startTestStore();
    dataDir = await mkdtemp(path.join(tmpdir(), 'elido-tokens-'));
  });
  afterEach(async () => {
    for (const { process: child } of callers.splice(0)) child.kill('SIGKILL');
    await sandbox.close();
    await db.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  it.each([false, true])('a hundred callers in four of them cost one refresh (rotating: %s)', async (rotates) => {
    await installExpired(rotates);
    const four = await Promise.all([1, 2, 3, 4].map(() => startCaller(25)));
    const answers = await Promise.all(four.map((caller) => caller.ask()));
    expect(new Set(answers.flat()).size).toBe(1);
    expect(answers.flat()[0]).toMatch(/^CJ/);
    expect(refreshes()).toBe(1);
  });

  it('one that is killed before the answer arrives costs nothing where HubSpot keeps the refresh token', async () => {
    await installExpired();
    await killDuringRefresh();
    const next = await startCaller(5, 20_000);
    const [token] = await next.ask();
    expect(token).toMatch(/^CJ/);
  });

  it('where HubSpot rotates it, the next one says that the refresh was cut off', async () => {
    await installExpired(true);
    const first = await startCaller(1);
    await first.ask();
    await expire();
    await killDuringRefresh();
    const next = await startCaller(1, 20_000);
    expect((await next.ask())[0]).toMatch(/revoked/);
    const portal = await db.store.portals.find(testPortalId);
    expect(portal).toMatchObject({ state: 'needs_sign_in', stateReason: 'refresh_interrupted' });
  });

  /** HubSpot has issued new tokens, and its answer is still on the way when the process dies. */
  async function killDuringRefresh(): Promise<void> {
    sandbox.control.addFault({
      path: '/oauth/2026-03/token',
      count: 1,
      action: { kind: 'delay', ms: 5_000, when: 'after' },
    });
    const before = refreshes();
    const doomed = await startCaller(1);
    const ended = doomed.ask();
    while (refreshes() === before) await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, 100));
    doomed.process.kill('SIGKILL');
    await ended;
    await freeLock();
  }

  async function expire(): Promise<void> {
    const past = new Date(Date.now() - 1_000);
    await db.client
      .db()
      .collection<{ _id: number }>('portals')
      .updateOne({ _id: testPortalId }, { $set: { expiresAt: past } });
  }

  /** The lock of a dead process ends by itself after timeout and 15 s; the test does not wait for that. */
  async function freeLock(): Promise<void> {
    await db.client
      .db()
      .collection<{ _id: number }>('portals')
      .updateOne({ _id: testPortalId }, { $set: { 'refreshLock.until': new Date(0) } });
  }
});
