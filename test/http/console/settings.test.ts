// API keys and settings over HTTP: what is shown once, what a rotation leaves running, and that nobody makes more than they are.
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeMovableClock } from '../../../server/lib/clock.ts';
import { expectStatus, signIn, type Visitor } from '../../helpers/console.ts';
import { startTestServer, type Tenant, type TestServer } from '../../helpers/start-test-server.ts';

const clock = makeMovableClock();
let server: TestServer;
let tenant: Tenant;
let owner: Visitor;

beforeAll(async () => {
  server = await startTestServer({ now: clock.now });
  tenant = await server.makeTenant({ name: 'Before' });
  owner = await signIn(server, { workspaceId: tenant.workspaceId });
});
afterAll(() => server.close());

const ask = (key: string) => supertest(server.url).get('/v1/links').set('Authorization', `Bearer ${key}`);

describe('an API key', () => {
  it('is shown once, then only how it begins', async () => {
    const made = await owner.page
      .post('/v1/api-keys')
      .send({ name: 'shop', scopes: ['links:read'] })
      .expect(201);
    await expectStatus(ask(made.body.key), 200);
    const { text, body } = await owner.page.get('/v1/api-keys').expect(200);
    expect(text).not.toContain(made.body.key);
    const [newest] = body.api_keys;
    expect(newest).toMatchObject({ id: made.body.api_key.id, name: 'shop', scopes: ['links:read'] });
    expect(made.body.key.startsWith(newest.prefix)).toBe(true);
    expect(newest.last_used_at).not.toBeNull();
  });

  it('is replaced with a time in which both work, and ends after it', async () => {
    const made = await owner.page
      .post('/v1/api-keys')
      .send({ name: 'job', scopes: ['links:read'] })
      .expect(201);
    const { body } = await owner.page
      .post(`/v1/api-keys/${made.body.api_key.id}/rotate`)
      .send({ grace_hours: 2 })
      .expect(201);
    expect(body.api_key).toMatchObject({ name: 'job', scopes: ['links:read'], ends_at: null });
    expect(body.previous.ends_at).not.toBeNull();
    await expectStatus(ask(made.body.key), 200);
    await expectStatus(ask(body.key), 200);
    clock.advance(2 * 3600_000);
    const ended = await ask(made.body.key);
    expect(ended.status).toBe(401);
    expect(ended.body.error.message).toContain('was replaced');
    await expectStatus(ask(body.key), 200);
  });

  it('ends at once when it is revoked, or replaced without grace', async () => {
    const made = await owner.page
      .post('/v1/api-keys')
      .send({ name: 'leaked', scopes: ['links:read'] })
      .expect(201);
    await expectStatus(ask(made.body.key), 200);
    const { body } = await owner.page.post(`/v1/api-keys/${made.body.api_key.id}/rotate`).send({ grace_hours: 0 });
    await expectStatus(ask(made.body.key), 401);
    await owner.page.delete(`/v1/api-keys/${body.api_key.id}`).expect(200);
    await expectStatus(ask(body.key), 401);
    await expectStatus(owner.page.delete(`/v1/api-keys/${body.api_key.id}`), 404);
  });

  it('never may do more than who makes it', async () => {
    const admin = await signIn(server, { workspaceId: tenant.workspaceId, role: 'admin' });
    await expectStatus(admin.page.post('/v1/api-keys').send({ name: 'x', scopes: ['owners:write'] }), 403);
    const narrow = await server.makeTenant({ scopes: ['keys:write'] });
    await expectStatus(narrow.api.post('/v1/api-keys').send({ name: 'x', scopes: ['links:write'] }), 403);
    await expectStatus(narrow.api.post('/v1/members/invitations').send({ role: 'owner', name: 'x' }), 403);
  });
});

describe('the settings', () => {
  it('change what is sent and keep the rest', async () => {
    const change = {
      name: 'After',
      count_policy: { count_machines: true },
      default_mode: 'conversions_only',
      snippet: { origins: ['https://www.example.com'] },
    };
    const { body } = await owner.page.patch('/v1/workspace').send(change).expect(200);
    expect(body).toMatchObject({
      id: tenant.workspaceId,
      name: 'After',
      count_policy: { count_machines: true, count_unsure: true },
      default_mode: 'conversions_only',
      snippet: { origins: ['https://www.example.com'], accept_email: false },
    });
    expect(body.snippet.public_key).toMatch(/^elp_/);
    expect((await tenant.api.get('/v1/workspace').expect(200)).body).toEqual(body);
  });

  it('change nothing when a part is refused', async () => {
    const before = await owner.page.get('/v1/workspace');
    const { status, body } = await owner.page
      .patch('/v1/workspace')
      .send({ name: 'X', snippet: { origins: ['nonsense'] } });
    expect(status).toBe(400);
    expect(body.error.field).toBe('origins');
    expect((await owner.page.get('/v1/workspace')).body).toEqual(before.body);
  });
});

describe('links', () => {
  it('are found by how their words begin and by tag, page by page', async () => {
    const shop = await server.makeTenant();
    for (let one = 0; one < 5; one++) {
      await shop.api
        .post('/v1/links')
        .send({
          slug: `find-${one}`,
          title: `Frühling ${one}`,
          destination: 'https://www.example.com',
          tags: ['spring'],
        })
        .expect(201);
    }
    await shop.api.post('/v1/links').send({ title: 'Autumn', destination: 'https://www.example.com' }).expect(201);
    const found = async (query: string) => (await shop.api.get(`/v1/links?${query}`).expect(200)).body;
    expect((await found('q=fruh')).links).toHaveLength(5);
    expect((await found('q=find%203')).links).toMatchObject([{ slug: 'find-3' }]);
    expect((await found('tag=spring&q=autumn')).links).toEqual([]);
    expect((await found('q=.*')).links).toEqual([]);
    const first = await found('q=fr%C3%BChling&limit=3');
    const second = await found(`q=fr%C3%BChling&limit=3&cursor=${first.next_cursor}`);
    expect([...first.links, ...second.links].map(({ slug }: { slug: string }) => slug)).toEqual(
      [4, 3, 2, 1, 0].map((one) => `find-${one}`),
    );
    expect(second.next_cursor).toBeNull();
  });

  it('are found by what they are called now', async () => {
    const shop = await server.makeTenant();
    const { body } = await shop.api.post('/v1/links').send({ title: 'Winter', destination: 'https://www.example.com' });
    await shop.api.patch(`/v1/links/${body.id}`).send({ title: 'Summer' }).expect(200);
    expect((await shop.api.get('/v1/links?q=winter')).body.links).toEqual([]);
    expect((await shop.api.get('/v1/links?q=summ')).body.links).toHaveLength(1);
  });

  it('know their clicks of the last thirty days', async () => {
    const shop = await server.makeTenant();
    const { body } = await shop.api
      .post('/v1/links')
      .send({ slug: 'counted', title: 'Counted', destination: 'https://www.example.com' });
    const clicks = Array.from({ length: 7 }, (_, at) => ({
      click_id: `st-${at}`,
      slug: 'counted',
      occurred_at: clock.now(),
    }));
    await shop.api.post('/v1/clicks').send({ clicks }).expect(202);
    await shop.api.post('/v1/clicks').send({ clicks }).expect(202);
    const stats = await shop.api.get(`/v1/link-stats?link_ids=${body.id}`).expect(200);
    expect(stats.body).toEqual({ days: 30, links: [{ link_id: body.id, clicks: 7, at_least: false }] });
  });
});
