// The doctor against the sandbox: well, and with each thing broken that it is there to find.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEmbeddedMongo } from '../../embedded-mongo/index.ts';
import { checkIds, type CheckId, type CheckState } from '../../server/domain/checkup.ts';
import { examine } from '../../server/flows/doctor/examine.ts';
import { makeHubSpot } from '../../server/hubspot/client.ts';
import { makeVault } from '../../server/lib/vault.ts';
import { startTestWorld, testAppId, testPortalId, until, type TestWorld } from '../helpers/start-test-world.ts';

let world: TestWorld;

beforeEach(async () => {
  world = await startTestWorld();
});
afterEach(() => world.close());

async function checkup() {
  const { checks, ...rest } = await examine(world.server.context, testPortalId);
  const byId = new Map(checks.map((check) => [check.id, check]));
  return {
    ...rest,
    checks,
    of(id: CheckId) {
      const found = byId.get(id);
      if (!found) throw new Error(`The doctor did not check ${id}.`);
      return found;
    },
    in: (state: CheckState) => checks.filter((check) => check.state === state).map(({ id }) => id),
  };
}

async function deliverOne(): Promise<void> {
  await world.click([{ click_id: 'one', eid: '501' }]);
  await world.settled();
}

it('a portal that works passes every check, in fewer than ten calls that change nothing', async () => {
  await deliverOne();
  await world.stopWorker();
  world.sandbox.control.clearLog();
  const before = JSON.stringify(world.sandbox.control.dump(testPortalId).objects);
  const found = await checkup();
  expect(found.in('failed')).toEqual([]);
  expect(found.in('unknown')).toEqual(['webhooks']);
  expect(found.healthy).toBe(true);
  expect(found.checks.map(({ id }) => id).sort()).toEqual([...checkIds].sort());
  const calls = world.sandbox.control.log({});
  expect(calls.length).toBeGreaterThan(5);
  expect(calls.length).toBeLessThan(10);
  expect(JSON.stringify(world.sandbox.control.dump(testPortalId).objects)).toBe(before);
  expect(found.of('budget').words).toMatch(/\d+ of 110 calls/);
  expect(found.of('token').words).toContain('Last refreshed at');
});

it('without a single event it does not pretend to know the event types', async () => {
  const found = await checkup();
  expect(found.of('event_types')).toMatchObject({ state: 'unknown', remedy: expect.stringContaining('Click one') });
  expect(found.healthy).toBe(true);
});

it('a portal that was never connected', async () => {
  const { healthy, checks } = await examine(world.server.context, 4);
  expect(healthy).toBe(false);
  expect(checks).toMatchObject([{ id: 'installed', state: 'failed', remedy: expect.stringContaining('install link') }]);
});

describe('with something broken', () => {
  it('uninstalled in HubSpot: token revoked, and nothing else is blamed for it', async () => {
    world.sandbox.control.uninstall({ appId: testAppId, portalId: testPortalId });
    const found = await checkup();
    expect(found.of('token')).toMatchObject({ state: 'failed', words: expect.stringContaining('Token revoked') });
    expect(found.of('token').remedy).toContain('Reconnect');
    expect(found.of('contacts').state).toBe('unknown');
    expect(found.of('reachable').state).toBe('ok');
    expect((await checkup()).of('installed').state).toBe('failed');
  });

  it('a scope is missing: which one, what fails without it, and to reconnect as a super admin', async () => {
    const portal = await world.server.context.store.portals.find(testPortalId);
    const scopes = (portal?.scopes ?? []).filter((scope) => scope !== 'crm.objects.deals.read');
    const grant = world.sandbox.control.install({ appId: testAppId, portalId: testPortalId, scopes });
    await useToken(grant.accessToken, grant.refreshToken);
    const found = await checkup();
    expect(found.of('scopes').state).toBe('failed');
    expect(found.of('scopes').words).toContain('crm.objects.deals.read is missing: Deal timelines stay empty.');
    expect(found.of('scopes').remedy).toContain('super admin');
    expect(found.of('deals')).toMatchObject({
      state: 'failed',
      words: expect.stringContaining('Insufficient permissions'),
    });
    expect(found.of('contacts').state).toBe('ok');
  });

  it('a property was deleted', async () => {
    const token = 'doctor-schema-token';
    world.sandbox.control.addPrivateToken({ portalId: testPortalId, token, scopes: ['crm.schemas.contacts.write'] });
    const url = `${world.sandbox.url}/crm/properties/2026-03/contacts/elido_last_utm_source`;
    await fetch(url, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } });
    const found = await checkup();
    expect(found.in('failed')).toEqual(['properties', 'field_mapping']);
    expect(found.of('properties').words).toBe('elido_last_utm_source of contacts is missing.');
  });

  it('our clock is wrong', async () => {
    world.advance(11 * 60_000);
    const found = await checkup();
    expect(found.in('failed')).toEqual(['clock']);
    expect(found.of('clock').words).toMatch(/^Our clock is 66\d s ahead of HubSpot's\.$/);
  });

  it('HubSpot cannot be reached: one cross, and dashes for what could not be asked', async () => {
    const { context } = world.server;
    const away = { ...context, hubspot: makeHubSpot({ ...context.hubspot.options, apiUrl: 'http://127.0.0.1:9' }) };
    const { checks } = await examine(away, testPortalId);
    away.hubspot.close();
    const states = Object.fromEntries(checks.map(({ id, state }) => [id, state]));
    expect(states).toMatchObject({ reachable: 'failed', clock: 'unknown', token: 'unknown', contacts: 'unknown' });
    expect(checks.filter(({ state }) => state === 'failed')).toHaveLength(1);
  });

  it('HubSpot is failing for the moment: what was not answered is not known', async () => {
    world.sandbox.control.addFault({
      path: '/crm/objects/2026-03/contacts/batch/read',
      action: { kind: 'status', status: 500 },
    });
    const found = await checkup();
    expect(found.of('contacts').state).toBe('unknown');
    expect(found.of('deals').state).toBe('ok');
  });

  it('HubSpot refuses our events', async () => {
    world.sandbox.control.addFault({
      path: '/integrators/timeline/2026-03/events/batch',
      action: {
        kind: 'status',
        status: 403,
        body: { status: 'error', category: 'MISSING_SCOPES', message: 'This app is not approved.', correlationId: 'c' },
      },
    });
    await world.click([{ click_id: 'refused', eid: '501' }]);
    await until('it is blocked', async () => (await world.delivery('refused')).state === 'blocked_auth');
    const found = await checkup();
    expect(found.of('event_types')).toMatchObject({ state: 'failed', words: expect.stringContaining('refused') });
    expect(found.of('queue')).toMatchObject({ state: 'failed', words: expect.stringContaining('1 blocked_auth') });
  });

  it('nobody works the queue, and something died', async () => {
    await deliverOne();
    await world.stopWorker();
    await world.click([
      { click_id: 'left', eid: '501' },
      { click_id: 'dies', eid: '502' },
    ]);
    const dies = await world.delivery('dies');
    const facts = { id: dies._id, reason: 'hubspot_validation', detail: null, attempts: 1, dueAt: null } as const;
    const { store, now } = world.server.context;
    await store.deliveries.settle({ settlements: [{ ...facts, state: 'dead' }], now: now() });
    world.advance(6 * 60_000);
    const found = await checkup();
    expect(found.of('queue')).toMatchObject({ state: 'failed', remedy: expect.stringContaining('worker') });
    expect(found.of('dead')).toMatchObject({ state: 'failed', words: '1 died in the last 7 days.' });
  });

  /** As if the portal had been installed with these tokens. */
  async function useToken(accessToken: string, refreshToken: string): Promise<void> {
    const { context } = world.server;
    const portal = await context.store.portals.find(testPortalId);
    await context.store.portals.saveTokens({
      portalId: testPortalId,
      tokenVersion: portal?.tokenVersion ?? 0,
      accessToken: context.vault.seal(accessToken, `portal:${testPortalId}:access`),
      refreshToken: context.vault.seal(refreshToken, `portal:${testPortalId}:refresh`),
      expiresAt: context.now() + 1_800_000,
      now: context.now(),
    });
    // The token in memory is another one: it is asked for anew once it was rejected.
    await context.tokens.fresh(testPortalId, await context.tokens.fresh(testPortalId));
  }
});

describe('from the command line', () => {
  const key = randomBytes(32).toString('base64');
  interface Ended {
    code: number;
    out: string;
    err: string;
  }
  function run(script: string, args: string[], env: Record<string, string> = {}): Promise<Ended> {
    const { MONGODB_URI: _, ...rest } = process.env;
    const own = { MONGODB_URI: world.server.store.uri, ...world.sandbox.env, ENCRYPTION_KEYS: `cli:${key}` };
    return new Promise((resolve) => {
      execFile(
        process.execPath,
        ['--import', 'tsx', `scripts/${script}.ts`, ...args],
        { env: { ...rest, ...own, ...env } },
        (error, out, err) => resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, out, err }),
      );
    });
  }

  it('prints a mark and a remedy each, or JSON of a shape that stays, and ends with 1 when something is wrong', async () => {
    const people = await run('doctor', ['--portal', '4']);
    expect(people).toMatchObject({ code: 1, err: '' });
    expect(people.out).toMatch(/✗ Installed .*\n.*→ Make an install link/);
    const { out, code } = await run('doctor', ['--portal', '4', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual({
      portal_id: 4,
      hub_domain: null,
      healthy: false,
      examined_at: expect.any(String),
      checks: [{ id: 'installed', state: 'failed', words: expect.any(String), remedy: expect.any(String) }],
    });
    expect((await run('doctor', ['--portal', 'x'])).err).toContain('--portal');
  });

  it('examines a portal beside a running server, and ends with 0 when nothing is wrong', async () => {
    await deliverOne();
    const vault = makeVault([{ id: 'cli', key: Buffer.from(key, 'base64') }]);
    const grant = world.sandbox.control.install({ appId: testAppId, portalId: testPortalId });
    const { store, now } = world.server.context;
    const portal = await store.portals.find(testPortalId);
    await store.portals.saveTokens({
      portalId: testPortalId,
      tokenVersion: portal?.tokenVersion ?? 0,
      accessToken: vault.seal(grant.accessToken, `portal:${testPortalId}:access`),
      refreshToken: vault.seal(grant.refreshToken, `portal:${testPortalId}:refresh`),
      expiresAt: now() + 1_800_000,
      now: now(),
    });
    const app = { HUBSPOT_CLIENT_ID: 'test-client-id', HUBSPOT_CLIENT_SECRET: 'test-client-secret' };
    const { code, out, err } = await run('doctor', ['--portal', String(testPortalId)], app);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('Nothing is wrong.');
    expect(out).toMatch(/✓ Scopes +All \d+ scopes/);
    expect(out).toMatch(/– Webhooks/);
    expect(out).not.toContain('✗');
    const wrongKey = await run('doctor', ['--portal', String(testPortalId)], {
      ...app,
      ENCRYPTION_KEYS: `other:${key}`,
    });
    expect(wrongKey.code).toBe(1);
    expect(wrongKey.out).toMatch(/✗ Token .*\n.*ENCRYPTION_KEYS/);
  });

  it('says clearly that the embedded store belongs to one process', async () => {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'elido-doctor-'));
    const embedded = await startEmbeddedMongo({ dataDir: path.join(dataDir, 'store') });
    try {
      const { code, err } = await run('doctor', ['--portal', '4'], { MONGODB_URI: '', DATA_DIR: dataDir });
      expect(code).toBe(1);
      expect(err).toContain('one process at a time');
      expect(err).toContain('MONGODB_URI');
    } finally {
      await embedded.close();
      await rm(dataDir, { recursive: true, force: true });
    }
  });

  it('tells why an event is where it is, lists the log, and replays what died', async () => {
    await world.click([
      { click_id: 'fine', eid: '501' },
      { click_id: 'nobody', eid: '999' },
    ]);
    await world.settled();
    const why = await run('deliveries', ['why', 'nobody']);
    expect(why).toMatchObject({ code: 0, err: '', out: expect.stringContaining('No matching contact') });
    const unseen = await run('deliveries', ['--json', 'why', 'never']);
    expect(unseen.code).toBe(1);
    expect(JSON.parse(unseen.out)).toMatchObject({ found: false, check: expect.any(Array) });
    const list = await run('deliveries', ['list', '--state', 'skipped']);
    expect(list.out.trim().split('\n')).toHaveLength(1);
    expect((await run('deliveries', ['list', '--reason', 'nonsense'])).err).toContain('reason');
    const preview = await run('replay', ['--state', 'skipped', '--preview']);
    expect(preview.out).toContain('1 would be sent again.');
    expect((await run('replay', ['--state', 'skipped'])).err).toContain('--yes');
    const done = await run('replay', ['--state', 'skipped', '--yes', '--json']);
    expect(JSON.parse(done.out)).toMatchObject({ preview: { wouldReplay: 1 }, replay: { state: 'done', replayed: 1 } });
  });
});
