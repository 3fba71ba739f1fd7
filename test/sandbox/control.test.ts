import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PORTAL, send, startPortal, type TestPortal } from './harness.ts';

const control = (portal: TestPortal, method: string, path: string, body?: unknown) =>
  send(`${portal.sandbox.url}/sandbox/control${path}`, method, { body });

describe('the control API', () => {
  it('names the field of a request that does not fit', async () => {
    const portal = await startPortal();
    const answer = await control(portal, 'POST', '/seed', { portals: [{ portalId: 'x' }] });
    expect(answer.status).toBe(400);
    expect(String(answer.body['message'])).toContain('portals.0.portalId');
    expect((await control(portal, 'POST', '/faults', { path: '/x', action: { kind: 'boom' } })).status).toBe(400);
    expect((await control(portal, 'PATCH', '/switches', { nonsense: true })).status).toBe(400);
    expect((await control(portal, 'GET', '/nowhere')).status).toBe(404);
    expect((await control(portal, 'GET', '/portals/1')).status).toBe(404);
  });

  it('seeds portals, answers with the ids, and says which record is wrong', async () => {
    const portal = await startPortal();
    const seeded = await control(portal, 'POST', '/seed', {
      portals: [{ portalId: 5, contacts: [{ properties: { email: 'a@example.com' } }] }],
    });
    expect(seeded.body['portals']?.[0]?.['contacts']).toHaveLength(1);
    const again = [{ properties: { email: 'b@example.com' } }, { properties: { email: 'a@example.com' } }];
    const wrong = await control(portal, 'POST', '/seed', { portals: [{ portalId: 5, contacts: again }] });
    expect([wrong.status, String(wrong.body['message'])]).toEqual([400, expect.stringContaining('a@example.com')]);
    expect(portal.sandbox.control.dump(5).objects['contacts']?.records).toHaveLength(1);
  });

  it('sets, advances and stops the clock', async () => {
    const portal = await startPortal();
    const stopped = await control(portal, 'POST', '/clock', { now: '2027-01-01T00:00:00Z', running: false });
    expect(stopped.body).toMatchObject({ iso: '2027-01-01T00:00:00.000Z', running: false });
    const moved = await control(portal, 'POST', '/clock', { advanceMs: 1500 });
    expect(moved.body['iso']).toBe('2027-01-01T00:00:01.500Z');
    expect((await control(portal, 'GET', '/clock')).body['now']).toBe(moved.body['now']);
  });

  it('counts calls by route and portal, filters the log and clears it', async () => {
    const portal = await startPortal();
    await portal.call('GET', '/crm/v3/objects/contacts/101');
    await portal.call('GET', '/crm/objects/2026-03/0-1/999');
    const counts = await control(portal, 'GET', '/counts');
    expect(counts.body).toMatchObject({
      total: 2,
      counts: [{ route: 'GET /crm/objects/contacts/:id', portalId: PORTAL, calls: 2 }],
    });
    const log = await control(portal, 'GET', '/log?status=404&route=contacts');
    expect(log.body['entries']).toHaveLength(1);
    expect(log.text).not.toContain(portal.accessToken);
    await control(portal, 'DELETE', '/log');
    expect((await control(portal, 'GET', '/counts')).body['total']).toBe(0);
  });

  it('never logs a token, not even one in a legacy path', async () => {
    const portal = await startPortal();
    for (const version of ['v1', 'v3'])
      await portal.call('GET', `/oauth/${version}/access-tokens/${portal.accessToken}`, { token: null });
    const log = await control(portal, 'GET', '/log');
    const counts = await control(portal, 'GET', '/counts');
    expect(log.body['entries']).toHaveLength(2);
    expect(log.text + counts.text).not.toContain(portal.accessToken);
  });

  it('uninstalls as a person would in HubSpot', async () => {
    const portal = await startPortal();
    const target = { appId: 7001, portalId: PORTAL };
    expect((await control(portal, 'POST', '/uninstall', target)).body['uninstalled']).toBe(true);
    expect((await portal.call('GET', '/crm/v3/objects/contacts/101')).status).toBe(401);
    expect((await control(portal, 'POST', '/uninstall', target)).body['uninstalled']).toBe(false);
  });

  it('saves the whole state and loads it into another sandbox', async () => {
    const portal = await startPortal();
    const event = { eventTypeName: 'elido_contact_click', id: 'e1', objectId: '101', properties: {} };
    await portal.call('POST', '/integrators/timeline/2026-03/events', { body: event });
    const saved = await control(portal, 'GET', '/state');
    const other = await startPortal();
    expect((await control(other, 'PUT', '/state', saved.text)).status).toBe(200);
    const held = { token: portal.accessToken };
    expect((await other.call('GET', '/crm/v3/objects/contacts/101', held)).status).toBe(200);
    const again = await other.call('POST', '/integrators/timeline/2026-03/events', { ...held, body: event });
    expect(again.status).toBe(409);
    expect((await control(other, 'PUT', '/state', '{"format":"other"}')).status).toBe(400);
  });

  it('resets to nothing or to the default account', async () => {
    const portal = await startPortal();
    await control(portal, 'POST', '/reset', {});
    expect(portal.sandbox.state.portals.size).toBe(0);
    await control(portal, 'POST', '/reset', { seed: 'default' });
    expect(portal.sandbox.state.portals.size).toBe(1);
    expect(portal.sandbox.state.eventTypes.size).toBe(4);
  });

  it('shows a portal whole: records, links, events', async () => {
    const portal = await startPortal();
    const dump = await control(portal, 'GET', `/portals/${PORTAL}`);
    expect(dump.body['objects']?.['contacts']?.['records']).toHaveLength(2);
    expect(dump.body['associations']).toContainEqual({ from: '0-1/101', to: '0-3/301', typeIds: [4] });
  });
});

describe('the sandbox as a process', () => {
  async function run(args: string[]) {
    const child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/start.ts', '--port', '0', '--json', ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = new Promise<number | null>((done) => child.once('exit', done));
    onTestFinished(async () => {
      child.kill('SIGKILL');
      await exited;
    });
    for await (const line of createInterface(child.stdout)) {
      const { url } = JSON.parse(line) as { url: string };
      return { url, stop: () => (child.kill('SIGTERM'), exited) };
    }
    throw new Error('the sandbox printed no address');
  }

  it('prints its address, and remembers its state between runs', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const state = join(folder, 'state.json');
    const first = await run(['--state', state]);
    await send(`${first.url}/sandbox/control/seed`, 'POST', { body: { portals: [{ portalId: 77 }] } });
    expect(await first.stop()).toBe(0);
    const second = await run(['--state', state]);
    expect((await send(`${second.url}/sandbox/control/portals/77`, 'GET')).status).toBe(200);
    expect(await second.stop()).toBe(0);
  });
});
