// A refresh token dies. Whatever the reason, sending stops at once, the queue is kept, the cause is named as far as the evidence goes, and a
// reinstall flushes the queue. What HubSpot lets survive is survived.
import mongoose from 'mongoose';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requiredScopeNames } from '../../server/domain/scopes.ts';
import { tokenAad } from '../../server/flows/tokens/credentials.ts';
import type { Portal } from '../../server/store/portals.ts';
import { installPortal } from '../helpers/install.ts';
import { startTestWorld, testAppId, testPortalId, until, type TestWorld } from '../helpers/start-test-world.ts';

const halfHour = 31 * 60_000;
const tokenPath = '/oauth/2026-03/token';

describe('a token chain', () => {
  let world: TestWorld;
  const portal = async (): Promise<Portal> => {
    const found = await world.server.context.store.portals.find(testPortalId);
    if (!found) throw new Error('the portal is gone');
    return found;
  };
  const health = async () => {
    const { body } = await world.tenant.api.get(`/v1/connections/${world.connection._id}`).expect(200);
    return body.health as { state: string; reason: { code: string } | null; words: string; next_step: string | null };
  };
  const refreshes = () =>
    world.sandbox.control
      .counts()
      .counts.filter(({ route }) => route === 'POST /oauth/token')
      .reduce((sum, { calls }) => sum + calls, 0);
  const expectDelivered = (id: string) =>
    until(`${id} is delivered`, async () => (await world.delivery(id)).state === 'delivered');
  const rotate = () => world.sandbox.control.setSwitches({ refreshTokens: 'rotate' });

  /** One refresh, so that both sides know how this chain behaves. */
  async function live(click: string): Promise<void> {
    world.advance(halfHour);
    await world.click([{ click_id: click, eid: '501' }]);
    await expectDelivered(click);
  }

  async function edit(set: Record<string, unknown>): Promise<void> {
    const connection = await mongoose.createConnection(world.server.store.uri).asPromise();
    await connection.collection<{ _id: number }>('portals').updateOne({ _id: testPortalId }, { $set: set });
    await connection.close();
  }

  /** The store as a backup of that moment has it. */
  const tokensOf = ({ accessToken, refreshToken, expiresAt, tokenVersion, lastRefreshAt, rotates }: Portal) => ({
    accessToken,
    refreshToken,
    expiresAt,
    tokenVersion,
    lastRefreshAt,
    rotates,
  });

  /** Somebody with the same app and the same refresh token refreshes. */
  async function refreshElsewhere(): Promise<void> {
    const { vault } = world.server.context;
    const refreshToken = vault.open((await portal()).refreshToken, tokenAad(testPortalId, 'refresh'));
    const reply = await post({ grant_type: 'refresh_token', refresh_token: refreshToken });
    expect(reply.status).toBe(200);
  }

  function post(form: Record<string, string>, where = tokenPath): Promise<Response> {
    const app = { client_id: 'test-client-id', client_secret: 'test-client-secret' };
    return fetch(`${world.sandbox.url}${where}`, { method: 'POST', body: new URLSearchParams({ ...app, ...form }) });
  }

  /** Sends a click into the dead chain, sees the cause, reinstalls as a person would, and sees everything arrive once. */
  async function expectDeathOf(cause: string, { state = 'needs_sign_in', waiting = 0 } = {}): Promise<void> {
    const before = world.eventsOf('contacts', '501').length;
    await world.click([{ click_id: 'waits', eid: '501' }]);
    await until('it is known', async () => (await health()).state === state);
    const told = await health();
    expect(told.reason?.code).toBe(cause);
    expect(told.next_step).toMatch(/\w+/);
    await until('the click is kept', async () => (await world.delivery('waits')).state === 'blocked_auth');
    expect(await world.delivery('waits')).toMatchObject({ reason: 'hubspot_token_revoked', attempts: 0 });
    const asked = refreshes();
    await world.click([{ click_id: 'later', eid: '501' }]);
    await expect(world.server.context.tokens.fresh(testPortalId)).rejects.toMatchObject({
      code: 'hubspot_token_revoked',
    });
    expect(refreshes(), 'a dead chain is not asked again').toBe(asked);
    await installPortal({ ...world, tenant: world.tenant });
    await Promise.all([expectDelivered('waits'), expectDelivered('later')]);
    expect(world.eventsOf('contacts', '501')).toHaveLength(before + waiting + 2);
    expect(await health()).toMatchObject({ state: 'connected', reason: null });
  }

  beforeEach(async () => {
    world = await startTestWorld();
  });
  afterEach(() => world.close());

  it('lives on with kept and with rotated refresh tokens', async () => {
    await live('kept');
    rotate();
    await live('first-rotation');
    await live('second-rotation');
    expect(refreshes()).toBe(3);
    expect((await portal()).rotates).toBe(true);
  });

  it('that was uninstalled in HubSpot is told by its access token, which died before its time', async () => {
    world.sandbox.control.uninstall({ appId: testAppId, portalId: testPortalId });
    await expectDeathOf('uninstalled_in_hubspot', { state: 'uninstalled' });
  });

  it('that was revoked shows "token revoked"', async () => {
    const { vault } = world.server.context;
    const token = vault.open((await portal()).refreshToken, tokenAad(testPortalId, 'refresh'));
    expect((await post({ token, token_type_hint: 'refresh_token' }, `${tokenPath}/revoke`)).status).toBe(200);
    world.advance(halfHour);
    await expectDeathOf('hubspot_token_revoked');
  });

  it('that slept for half a year is told to be dormant', async () => {
    world.sandbox.control.setSwitches({ refreshTokenIdleDays: 180 });
    world.advance(200 * 24 * 3600_000);
    await expectDeathOf('token_dormant');
  });

  it('of a restored backup is healed by the tokens on the disk of the host', async () => {
    rotate();
    await live('before');
    const backup = tokensOf(await portal());
    await live('after');
    await edit(backup);
    await live('healed');
    expect(await health()).toMatchObject({ state: 'connected' });
    expect((await portal()).tokenVersion).toBeGreaterThan(backup.tokenVersion + 1);
  });

  it('of a restored backup without those tokens is told by the process that saw newer ones', async () => {
    rotate();
    await live('before');
    const backup = tokensOf(await portal());
    await live('after');
    await edit(backup);
    await forgetDisk();
    world.advance(halfHour);
    await expectDeathOf('restored_backup');
  });

  it('of a copied environment is told on the side of the copy, by the address the tokens were stored under', async () => {
    rotate();
    await live('original');
    await refreshElsewhere();
    await edit({ storedBy: 'https://original.example.com' });
    world.advance(halfHour);
    await expectDeathOf('copied_environment');
  });

  it('that a copy refreshed is told on the side of the original', async () => {
    rotate();
    await live('original');
    await refreshElsewhere();
    world.advance(halfHour);
    await expectDeathOf('refreshed_elsewhere');
  });

  it('whose tokens answer for another account is not used, and nothing is written there', async () => {
    const foreign = 70_001;
    world.sandbox.control.seed({ portals: [{ portalId: foreign, name: 'Another account' }] });
    const grant = world.sandbox.control.install({ appId: testAppId, portalId: foreign });
    const { vault } = world.server.context;
    await edit({ refreshToken: vault.seal(grant.refreshToken, tokenAad(testPortalId, 'refresh')) });
    world.advance(halfHour);
    await expectDeathOf('wrong_portal');
    const calls = world.sandbox.control.log({ portalId: foreign });
    expect(calls).toEqual([]);
  });

  it('whose answer got lost is refreshed again where HubSpot keeps the refresh token', async () => {
    world.sandbox.control.addFault({ path: tokenPath, count: 1, action: { kind: 'close', when: 'after' } });
    world.advance(halfHour);
    await world.click([{ click_id: 'again', eid: '501' }]);
    await until('the failure is seen', async () => (await world.delivery('again')).state === 'retrying');
    world.advance(30_000);
    await expectDelivered('again');
  });

  it('whose answer got lost is told to be cut off where HubSpot rotates it', async () => {
    rotate();
    await live('rotates');
    world.sandbox.control.addFault({ path: tokenPath, count: 1, action: { kind: 'close', when: 'after' } });
    world.advance(halfHour);
    await world.click([{ click_id: 'cut', eid: '501' }]);
    await until('the failure is seen', async () => (await world.delivery('cut')).state === 'retrying');
    world.advance(70_000);
    await expectDeathOf('refresh_interrupted', { waiting: 1 });
  });

  it('survives a store that is away while HubSpot answers: the disk of the host has the new tokens', async () => {
    rotate();
    await live('rotates');
    const { context } = world.server;
    const before = await portal();
    world.advance(halfHour);
    await context.tokens.fresh(testPortalId);
    // As if the write had never reached the store.
    await edit(tokensOf(before));
    world.advance(halfHour);
    await world.click([{ click_id: 'kept', eid: '501' }]);
    await expectDelivered('kept');
  });

  it('whose refresh fails for the moment is used to its end, and the token endpoint is left in peace meanwhile', async () => {
    await world.stopWorker();
    const fault = world.sandbox.control.addFault({ path: tokenPath, action: { kind: 'status', status: 503 } });
    world.advance(1_800_000 - 60_000);
    const { tokens } = world.server.context;
    await tokens.fresh(testPortalId);
    for (let call = 0; call < 20; call += 1) await tokens.fresh(testPortalId);
    expect(refreshes()).toBe(1);
    world.advance(70_000);
    const failures = await Promise.allSettled([1, 2, 3].map(() => tokens.fresh(testPortalId)));
    expect(failures.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await expect(tokens.fresh(testPortalId)).rejects.toMatchObject({ code: 'hubspot_unavailable' });
    expect(refreshes()).toBe(2);
    world.sandbox.control.clearFaults(fault.id);
    world.advance(120_000);
    await tokens.fresh(testPortalId);
    expect(refreshes()).toBe(3);
  });

  it('with fewer scopes than the app needs says so at the refresh, and heals when they are back', async () => {
    const scopes = requiredScopeNames.filter((scope) => scope !== 'timeline');
    world.sandbox.control.setScopes({ appId: testAppId, portalId: testPortalId, scopes });
    world.advance(halfHour);
    await world.server.context.tokens.fresh(testPortalId);
    expect(await health()).toMatchObject({
      state: 'insufficient_permissions',
      next_step: expect.stringContaining('Reconnect as a super admin'),
    });
    world.sandbox.control.setScopes({ appId: testAppId, portalId: testPortalId, scopes: [...requiredScopeNames] });
    world.advance(halfHour);
    await world.server.context.tokens.fresh(testPortalId);
    expect(await health()).toMatchObject({ state: 'connected' });
  });

  async function forgetDisk(): Promise<void> {
    await rm(path.join(world.server.context.config.dataDir, 'tokens'), { recursive: true, force: true });
  }
});
