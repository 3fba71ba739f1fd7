// One account without OAuth: connected by its private app's token, refused, replaced, and never mistaken for another account.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requiredScopeNames } from '../../server/domain/scopes.ts';
import { makeTokens } from '../../server/flows/fresh-token.ts';
import { startSweeps, type Sweeps } from '../../server/jobs/sweeps.ts';
import { startWorker, type Worker } from '../../server/jobs/worker.ts';
import { startTestSandbox, testPortalId, type TestSandbox } from '../helpers/start-test-sandbox.ts';
import { startTestServer, type Tenant, type TestServer } from '../helpers/start-test-server.ts';
import { until } from '../helpers/start-test-world.ts';

const oldToken = 'pat-na1-0000-old-token';
const newToken = 'pat-na1-1111-new-token';
const scopes = requiredScopeNames.filter((scope) => scope !== 'timeline');

describe('a private app', () => {
  let sandbox: TestSandbox;
  let server: TestServer;
  let tenant: Tenant;
  let worker: Worker;
  let sweeps: Sweeps;

  const connect = () => tenant.api.post('/v1/connections/private-app');
  const health = async () => {
    const { body } = await tenant.api.get('/v1/connections').expect(200);
    return body.connections[0].health as { state: string; reason: { code: string } | null };
  };
  const stateOf = async (eventId: string) => {
    const [found] = await server.context.store.deliveries.listOfEvent({ workspaceId: tenant.workspaceId, eventId });
    return found?.state;
  };
  const click = (click_id: string) =>
    tenant.api
      .post('/v1/clicks')
      .send({ clicks: [{ click_id, slug: 'offer', eid: '501' }] })
      .expect(202);
  const notes = () => sandbox.control.dump(testPortalId).objects['notes']?.records ?? [];

  function start(): void {
    worker = startWorker(server.context, { idleMs: 20 });
    server.context.nudge = worker.nudge;
    sweeps = startSweeps(server.context);
  }
  async function stop(): Promise<void> {
    await worker.stop();
    await sweeps.stop();
  }
  /** The token is set in the environment of a process, so another one means a restart: nothing that memory held is left. */
  async function restartWith(token: string | undefined): Promise<void> {
    await stop();
    Object.assign(server.context.config.hubspot, { privateAppToken: token });
    server.context.tokens = makeTokens(server.context);
    start();
  }

  beforeEach(async () => {
    sandbox = await startTestSandbox();
    const contacts = [{ id: '501', properties: { email: 'c501@example.com' } }];
    sandbox.control.seed({ portals: [{ portalId: testPortalId, name: 'Private account', contacts }] });
    sandbox.control.addPrivateToken({ portalId: testPortalId, token: oldToken, scopes: [...scopes] });
    server = await startTestServer({
      env: { ...sandbox.env, HUBSPOT_PRIVATE_APP_TOKEN: oldToken, HUBSPOT_CLIENT_ID: '', HUBSPOT_CLIENT_SECRET: '' },
    });
    tenant = await server.makeTenant();
    start();
    await tenant.api
      .post('/v1/links')
      .send({ slug: 'offer', title: 'Offer', destination: 'https://www.example.com/' })
      .expect(201);
  });
  afterEach(async () => {
    await stop();
    await server.close();
    await sandbox.close();
  });

  it('is connected by its token alone, and clicks become notes without a single refresh', async () => {
    const { body } = await connect().expect(201);
    expect(body).toMatchObject({
      portal_id: testPortalId,
      dialect: 'notes',
      scopes: { missing: [] },
      health: { state: 'connected', last_refresh_at: null, token_expires_at: null },
    });
    await click('one');
    await until('it is delivered', async () => (await stateOf('one')) === 'delivered');
    expect(notes()).toHaveLength(1);
    expect(sandbox.control.log({ route: 'oauth' })).toEqual([]);
  });

  it('refused says so in its own words, keeps the queue, and goes on with the new token', async () => {
    await connect().expect(201);
    sandbox.control.removePrivateToken(oldToken);
    await click('waits');
    await until('it is told', async () => (await health()).reason?.code === 'private_token_refused');
    await until('it is kept', async () => (await stateOf('waits')) === 'blocked_auth');
    await connect().expect(409);
    sandbox.control.addPrivateToken({ portalId: testPortalId, token: newToken, scopes: [...scopes] });
    await restartWith(newToken);
    await until('it is delivered', async () => (await stateOf('waits')) === 'delivered');
    expect(await health()).toMatchObject({ state: 'connected', reason: null });
    expect(notes()).toHaveLength(1);
  });

  it('newly configured is tried at once, and again while HubSpot does not answer', async () => {
    await connect().expect(201);
    await stop();
    const asked = () => sandbox.control.log({ route: 'GET /account-info/details' }).length;
    const before = asked();
    const fault = sandbox.control.addFault({ path: '/account-info/**', action: { kind: 'status', status: 503 } });
    const once = startSweeps(server.context);
    await once.stop();
    expect(asked() - before, 'a process that ends right away has asked').toBe(1);
    start();
    await until('the next process asks too', () => asked() - before === 2);
    sandbox.control.clearFaults(fault.id);
    await until('it asks again', () => asked() - before === 3);
  });

  it('whose token is no longer configured says so, keeps the queue, and goes on once it is there again', async () => {
    await connect().expect(201);
    await restartWith(undefined);
    await click('orphan');
    await until('it is told', async () => (await health()).reason?.code === 'private_token_missing');
    await until('it is kept', async () => (await stateOf('orphan')) === 'blocked_auth');
    expect(notes()).toHaveLength(0);
    await restartWith(oldToken);
    await until('it is delivered', async () => (await stateOf('orphan')) === 'delivered');
  });

  it('whose new token belongs to another account writes nothing there', async () => {
    await connect().expect(201);
    const other = 70_002;
    sandbox.control.seed({ portals: [{ portalId: other, name: 'Other account' }] });
    sandbox.control.addPrivateToken({ portalId: other, token: newToken, scopes: [...scopes] });
    await restartWith(newToken);
    const { tokens } = server.context;
    await expect(tokens.fresh(testPortalId, oldToken)).rejects.toMatchObject({ code: 'hubspot_token_revoked' });
    expect(await health()).toMatchObject({ state: 'needs_sign_in', reason: { code: 'wrong_portal' } });
    expect(new Set(sandbox.control.log({ portalId: other }).map(({ route }) => route))).toEqual(
      new Set(['GET /account-info/details']),
    );
  });

  it('disconnected is left in HubSpot, and stops', async () => {
    const { body } = await connect().expect(201);
    const ended = await tenant.api.delete(`/v1/connections/${body.id}`).expect(200);
    expect(ended.body).toMatchObject({ hubspot: 'kept', connection: { state: 'disconnected' } });
    expect(await health()).toMatchObject({ state: 'uninstalled', reason: { code: 'disconnected' } });
    await connect().expect(201);
    expect(await health()).toMatchObject({ state: 'connected' });
  });

  it('is not there when no token is configured, and takes the place of installation links when OAuth is not', async () => {
    const { body } = await tenant.api.post('/v1/connections/install-links').expect(409);
    expect(body.error.message).toContain('/v1/connections/private-app');
    await restartWith(undefined);
    expect((await connect().expect(409)).body.error.message).toContain('HUBSPOT_PRIVATE_APP_TOKEN');
  });
});
