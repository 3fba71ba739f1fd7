// Portals: of many processes one holds a lease, one refreshes, and a hint that came meanwhile is never lost.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Portal, Portals } from '../../server/store/portals.ts';
import { startTestStore, type TestStore } from '../helpers/start-test-store.ts';
import { install, later, now, portalId } from './samples.ts';

let db: TestStore;
let portals: Portals;

beforeAll(async () => {
  db = await startTestStore();
  ({ portals } = db.store);
});
beforeEach(async () => {
  await db.client.db().collection('portals').deleteMany({});
  await portals.saveInstall(install());
});
afterAll(() => db.close());

async function found(id = portalId): Promise<Portal> {
  const portal = await portals.find(id);
  if (!portal) throw new Error(`There is no portal ${id}.`);
  return portal;
}

const claim = (owner: string, ttlMs = 10_000) => portals.claim({ owner, ttlMs, now });
const budget = { agesMs: [1, 2], pausedForMs: 0, at: new Date(now) };
const many = Array.from({ length: 8 }, (_, at) => `process-${at}`);

/** Waits until a lease or lock of a few milliseconds is over on the database's clock. */
const shortly = () => sleep(60);

describe('a lease', () => {
  it('of many who ask at once, one gets it', async () => {
    const claims = await Promise.all(many.map((owner) => claim(owner)));
    const winners = claims.filter((portal) => portal !== null);
    expect(winners).toHaveLength(1);
    expect((await found()).lease?.owner).toBe(winners[0]?.lease?.owner);
  });

  it('goes to a portal that answers where no other is asked for, however long suspects have waited', async () => {
    const suspects = [2_001, 2_002];
    for (const id of suspects) {
      await portals.saveInstall(install({ portalId: id, now: now - 60_000 }));
      await portals.saveBreaker({ portalId: id, breaker: { failures: id - 2_001, openUntil: null } });
    }
    const answering = () => portals.claim({ owner: 'a', ttlMs: 10_000, now, answering: true });
    expect([(await answering())?._id, await answering()]).toEqual([portalId, null]);
    await portals.saveBreaker({ portalId: 2_002, breaker: null });
    expect((await answering())?._id).toBe(2_002);
    expect((await claim('b'))?._id).toBe(2_001);
  });

  it('many portals and many processes: each portal is worked by one', async () => {
    const ids = Array.from({ length: 12 }, (_, at) => 1_000 + at);
    for (const id of ids) await portals.saveInstall(install({ portalId: id }));
    const claims = await Promise.all([...many, ...many].map((owner) => claim(owner)));
    const claimed = claims.flatMap((portal) => (portal ? [portal._id] : []));
    expect(claimed.sort((a, b) => a - b)).toEqual([...ids, portalId]);
  });

  it('that ran out is taken over under a higher number, and the old holder notices', async () => {
    const old = await claim('old', 1);
    await shortly();
    const next = await claim('next');
    expect([old?.lease?.fence, next?.lease?.fence]).toEqual([1, 2]);
    expect(await portals.renew({ portalId, fence: 1, ttlMs: 10_000 })).toBe(false);
    await portals.release({ portalId, fence: 1, budget });
    expect(await claim('third')).toBeNull();
    expect((await found()).lease?.owner).toBe('next');
  });

  it('that is renewed does not run out', async () => {
    await claim('a', 1);
    expect(await portals.renew({ portalId, fence: 1, ttlMs: 10_000 })).toBe(true);
    await shortly();
    expect(await claim('b')).toBeNull();
  });

  it('runs out on the clock of the database, whatever the clock of a process says', async () => {
    await claim('a');
    expect(await portals.claim({ owner: 'fast clock', ttlMs: 10_000, now: now + 3_600_000 * 24 * 365 })).toBeNull();
    const { lease } = await found();
    expect(Math.abs((lease?.until.getTime() ?? 0) - Date.now() - 10_000)).toBeLessThan(5_000);
  });

  it('that is given back can be taken at once, with the calls of its last seconds', async () => {
    const first = await claim('a');
    await portals.release({ portalId, fence: first?.lease?.fence ?? 0, budget });
    const second = await claim('b');
    expect(second).toMatchObject({ lease: { owner: 'b', fence: 2 }, budget: { agesMs: [1, 2] } });
  });

  it('survives a reinstall under way', async () => {
    await claim('a');
    await portals.saveInstall(install({ now: later }));
    expect(await claim('b')).toBeNull();
    expect(await portals.renew({ portalId, fence: 1, ttlMs: 10_000 })).toBe(true);
  });

  it('goes to the portal that waits longest, connected or not, and to none that is not due', async () => {
    await portals.saveInstall(install({ portalId: 2, now: now - 5 }));
    await portals.saveInstall(install({ portalId: 3, now: now + 5 }));
    await portals.saveInstall(install({ portalId: 4, now: now - 9 }));
    await portals.setState({ portalId: 4, state: 'needs_sign_in', reason: 'revoked', now });
    const claimed = [await claim('a'), await claim('b'), await claim('c')];
    expect(claimed.map((portal) => portal?._id ?? null)).toEqual([4, 2, portalId]);
  });
});

describe('the next work', () => {
  it('is set unless a hint came meanwhile', async () => {
    const { workSeq } = await found();
    await portals.wake({ portalIds: [portalId], at: now });
    expect(await portals.setNextWork({ portalId, workSeq, workAt: null })).toBe(false);
    expect((await found()).workAt).toEqual(new Date(now));
    expect(await portals.setNextWork({ portalId, workSeq: workSeq + 1, workAt: later })).toBe(true);
    expect((await found()).workAt).toEqual(new Date(later));
  });

  it('none: the portal is not looked at until somebody wakes it', async () => {
    const { workSeq } = await found();
    expect(await portals.setNextWork({ portalId, workSeq, workAt: null })).toBe(true);
    expect((await found()).workAt).toBeUndefined();
    expect(await claim('a')).toBeNull();
    await portals.wake({ portalIds: [portalId], at: now });
    expect(await claim('a')).toMatchObject({ _id: portalId });
  });

  it('a hint moves it forward in time and never back, and counts every time', async () => {
    const { workSeq } = await found();
    for (const at of [later, now - 1, later]) await portals.wake({ portalIds: [portalId], at });
    expect(await found()).toMatchObject({ workAt: new Date(now - 1), workSeq: workSeq + 3 });
  });

  it('a hint to a portal that is not there makes none', async () => {
    await portals.wake({ portalIds: [404], at: now });
    expect(await portals.find(404)).toBeNull();
    await expect(portals.wake({ portalIds: [], at: now })).resolves.toBeUndefined();
  });
});

describe('giving the lease back with what comes next', () => {
  const agenda = { lookedAt: new Date(now), recounts: new Date(later) };
  const rest = async (changes: Partial<Parameters<Portals['rest']>[0]> = {}) => {
    const { workSeq, lease } = await found();
    return portals.rest({ portalId, fence: lease?.fence ?? 0, workSeq, workAt: later, agenda, budget, ...changes });
  };

  it('is one write: moment, what is known, calls, and a lease that is free', async () => {
    await claim('a');
    expect(await rest()).toBe(true);
    expect(await found()).toMatchObject({ workAt: new Date(later), agenda, budget: { agesMs: [1, 2] } });
    expect((await portals.claim({ owner: 'b', ttlMs: 10_000, now: later }))?.lease?.owner).toBe('b');
  });

  it('is refused after a hint and after the lease was lost, and changes nothing then', async () => {
    const { workSeq } = (await claim('a')) ?? {};
    await portals.wake({ portalIds: [portalId], at: now + 5 });
    expect(await rest({ workSeq: workSeq ?? 0 })).toBe(false);
    expect(await rest({ fence: 99 })).toBe(false);
    expect(await claim('b'), 'still leased').toBeNull();
    expect((await found()).workAt).toEqual(new Date(now));
  });

  it('leaves nothing of an older agenda, and no moment where nothing comes', async () => {
    await claim('a');
    await rest();
    await portals.wake({ portalIds: [portalId], at: now });
    await claim('b');
    await rest({ workAt: null, agenda: { lookedAt: new Date(now) } });
    const { workAt, agenda: left } = await found();
    expect([workAt, left]).toEqual([undefined, { lookedAt: new Date(now) }]);
  });

  it('is believed by the next holder and by no other: who dies with the lease leaves nothing to believe', async () => {
    await claim('a');
    await rest();
    await portals.wake({ portalIds: [portalId], at: now });
    expect((await claim('b', 1))?.lease?.agenda).toEqual(agenda);
    await shortly();
    expect((await claim('c'))?.lease?.agenda).toEqual({ recounts: new Date(later) });
  });

  it('hints of other work stand in the agenda, the earliest of each kind', async () => {
    await portals.wake({ portalIds: [portalId], at: later, kind: 'waits' });
    await portals.wake({ portalIds: [portalId], at: later + 5, kind: 'waits' });
    await portals.wake({ portalIds: [portalId], at: now, until: later + 9 });
    expect(await found()).toMatchObject({ agenda: { waits: new Date(later) }, hintedUntil: new Date(later + 9) });
  });
});

describe('the refresh lock', () => {
  const lock = (owner: string, ttlMs = 10_000) => portals.lockRefresh({ portalId, owner, ttlMs });

  it('of many who ask at once, one gets it, with the portal as it is now', async () => {
    const locks = await Promise.all(many.map((owner) => lock(owner)));
    const winners = locks.filter((portal) => portal !== null);
    expect(winners).toHaveLength(1);
    expect(winners[0]).toMatchObject({ accessToken: 'sealed-access', tokenVersion: 1 });
  });

  it('that ran out is free again', async () => {
    await lock('died', 1);
    await shortly();
    expect(await lock('next')).not.toBeNull();
  });

  it('is freed by its owner and by nobody else', async () => {
    await lock('a');
    await portals.unlockRefresh({ portalId, owner: 'b' });
    expect(await lock('b')).toBeNull();
    await portals.unlockRefresh({ portalId, owner: 'a' });
    expect(await lock('b')).not.toBeNull();
  });

  it('does not stand in the way of the lease', async () => {
    await lock('a');
    expect(await claim('b')).not.toBeNull();
  });
});

describe('tokens', () => {
  const pair = (name: string, tokenVersion: number) => ({
    portalId,
    tokenVersion,
    accessToken: `access-${name}`,
    refreshToken: `refresh-${name}`,
    expiresAt: later,
    now,
  });

  it('of two refreshes from the same version, one is stored', async () => {
    const saved = await Promise.all(many.map((name) => portals.saveTokens(pair(name, 1))));
    expect(saved.filter(Boolean)).toHaveLength(1);
    const portal = await found();
    expect(portal.tokenVersion).toBe(2);
    expect(portal.accessToken).toBe(`access-${many[saved.indexOf(true)]}`);
    expect(portal.refreshToken.slice('refresh-'.length)).toBe(portal.accessToken.slice('access-'.length));
  });

  it('a reinstall wins over a refresh that began before it', async () => {
    await portals.saveInstall(install({ accessToken: 'reinstalled' }));
    expect(await portals.saveTokens(pair('late', 1))).toBe(false);
    expect((await found()).accessToken).toBe('reinstalled');
  });

  it('saving frees the lock, so that nobody waits for its end', async () => {
    await portals.lockRefresh({ portalId, owner: 'a', ttlMs: 10_000 });
    await portals.saveTokens(pair('new', 1));
    expect(await portals.lockRefresh({ portalId, owner: 'b', ttlMs: 10_000 })).not.toBeNull();
  });
});

describe('an installation', () => {
  it('again: connected, with new tokens, provisioned anew and due at once', async () => {
    await portals.setState({ portalId, state: 'uninstalled', reason: 'gone', now });
    const { workSeq } = await found();
    await portals.saveInstall(install({ accessToken: 'new', now: later }));
    expect(await found()).toMatchObject({
      state: 'connected',
      stateReason: null,
      stateSince: new Date(later),
      accessToken: 'new',
      tokenVersion: 2,
      workAt: new Date(later),
      workSeq: workSeq + 1,
      provisioning: { state: 'pending', steps: [] },
    });
  });

  it('its provisioning is kept step by step', async () => {
    const step = { name: 'contact properties', state: 'done' as const, detail: '', at: new Date(now) };
    await portals.saveProvisioning({
      portalId,
      provisioning: { state: 'running', steps: [step], at: new Date(now) },
    });
    expect((await found()).provisioning).toMatchObject({ state: 'running', steps: [step] });
  });

  it('sweeps see connected portals, page by page', async () => {
    for (const id of [1, 2, 3]) await portals.saveInstall(install({ portalId: id }));
    await portals.setState({ portalId: 2, state: 'uninstalled', reason: null, now });
    const page = async (afterId: number) =>
      (await portals.listConnected({ afterId, limit: 2 })).map((portal) => portal._id);
    expect([await page(0), await page(3), await page(portalId)]).toEqual([[1, 3], [portalId], []]);
    expect((await portals.findMany([1, 2, 404])).map((portal) => portal._id)).toEqual([1, 2]);
  });
});
