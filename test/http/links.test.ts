// Short links through the front door: making, changing, listing, and who may see them.
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type Tenant, type TestServer } from '../helpers/start-test-server.ts';

let server: TestServer;
let ours: Tenant;
let theirs: Tenant;

beforeAll(async () => {
  server = await startTestServer({ env: { PUBLIC_URL: 'https://s.example.com' } });
  ours = await server.makeTenant({ name: 'Ours' });
  theirs = await server.makeTenant({ name: 'Theirs' });
});
afterAll(() => server.close());

const pricing = { title: 'Q2 pricing PDF', destination: 'https://www.example.com/pricing.pdf' };

describe('making a link', () => {
  it('answers with its short url and keeps what was asked for', async () => {
    const { status, body } = await ours.api.post('/v1/links').send({
      ...pricing,
      slug: 'q2-pricing',
      tags: ['Sales-Collateral', 'sales-collateral'],
      utm: { source: ' Facebook ', medium: 'EMAIL', campaign: 'q2-pricing' },
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      slug: 'q2-pricing',
      short_url: 'https://s.example.com/r/q2-pricing',
      title: 'Q2 pricing PDF',
      destination: 'https://www.example.com/pricing.pdf',
      tags: ['sales-collateral'],
      utm: { source: 'facebook', medium: 'email', campaign: 'q2-pricing' },
      archived_at: null,
    });
  });

  it('chooses seven characters when no slug is given', async () => {
    const { body } = await ours.api.post('/v1/links').send(pricing);
    expect(body.slug).toMatch(/^[0-9a-z]{7}$/);
  });

  it('keeps emoji in a title', async () => {
    const { body } = await ours.api.post('/v1/links').send({ ...pricing, title: 'Launch 🚀' });
    expect(body.title).toBe('Launch 🚀');
  });

  it('says the same about a taken slug, whoever has it', async () => {
    await theirs.api
      .post('/v1/links')
      .send({ ...pricing, slug: 'taken' })
      .expect(201);
    const foreign = await ours.api.post('/v1/links').send({ ...pricing, slug: 'taken' });
    const own = await theirs.api.post('/v1/links').send({ ...pricing, slug: 'taken' });
    expect([foreign.status, own.status]).toEqual([409, 409]);
    expect({ ...foreign.body.error, request_id: '' }).toEqual({ ...own.body.error, request_id: '' });
    expect(foreign.body.error).toMatchObject({ code: 'conflict', field: 'slug', docs: 'docs/failures.md#conflict' });
    expect(JSON.stringify(foreign.body)).not.toContain(theirs.workspaceId);
  });

  it.each([
    ['javascript:alert(1)', 'a script'],
    ['ftp://example.com/file', 'another protocol'],
    ['data:text/html,hi', 'data'],
    ['//example.com', 'no protocol'],
    ['example.com/pricing', 'no protocol at all'],
    ['https://user:secret@example.com', 'a password'],
    ['https://example.com/a b', 'white space'],
    ['https://example.com/\u0000', 'NUL'],
    ['java\nscript:alert(1)', 'a line break'],
    [`https://example.com/${'a'.repeat(2_100)}`, 'too long'],
    [`https://example.com/${'ü'.repeat(400)}`, 'too long once encoded'],
    ['https://s.example.com/r/loop', 'our own host'],
    ['https://S.EXAMPLE.COM/', 'our own host in capitals'],
    ['http://s.example.com:80/', 'our own host over http'],
    ['https://s.example.com:443/x', 'our own host with its port'],
    ['https://s.example.com./x', 'our own host with a final dot'],
    ['', 'nothing'],
  ])('refuses the destination %j (%s)', async (destination) => {
    const { status, body } = await ours.api.post('/v1/links').send({ ...pricing, destination });
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ code: 'invalid_request', field: 'destination' });
  });

  it.each([
    [{ slug: 'with space' }, 'slug'],
    [{ slug: 'a/b' }, 'slug'],
    [{ slug: 'a'.repeat(65) }, 'slug'],
    [{ slug: 'API' }, 'slug'],
    [{ slug: { $gt: '' } }, 'slug'],
    [{ title: '' }, 'title'],
    [{ title: 'bad\u0000title' }, 'title'],
    [{ tags: 'sales' }, 'tags'],
    [{ utm: { source: 'x'.repeat(256) } }, 'utm.source'],
    [{ utm: { channel: 'x' } }, 'utm.channel'],
    [{ workspace_id: 'ws_other' }, 'workspace_id'],
  ])('names the field at fault in %j', async (wrong, field) => {
    const { status, body } = await ours.api.post('/v1/links').send({ ...pricing, ...wrong });
    expect(status).toBe(400);
    expect(body.error.field).toBe(field);
  });
});

describe("another workspace's link", () => {
  it.each(['get', 'patch', 'delete'] as const)('is not there: %s', async (method) => {
    const { body: link } = await theirs.api.post('/v1/links').send(pricing);
    const foreign = await ours.api[method](`/v1/links/${link.id}`).send(
      method === 'patch' ? { title: 'Mine' } : undefined,
    );
    const unknown = await ours.api[method]('/v1/links/lnk_none').send(
      method === 'patch' ? { title: 'Mine' } : undefined,
    );
    expect([foreign.status, unknown.status]).toEqual([404, 404]);
    expect(foreign.body.error.code).toBe('not_found');
    expect((await theirs.api.get(`/v1/links/${link.id}`)).body).toEqual(link);
  });

  it('is in no list but its own', async () => {
    const { body: link } = await theirs.api.post('/v1/links').send(pricing);
    const { body } = await ours.api.get('/v1/links?limit=100');
    expect(body.links.map(({ id }: { id: string }) => id)).not.toContain(link.id);
  });
});

describe('changing a link', () => {
  it('changes what is sent and keeps the rest', async () => {
    const { body: link } = await ours.api.post('/v1/links').send({ ...pricing, tags: ['keep'] });
    const { body } = await ours.api.patch(`/v1/links/${link.id}`).send({ utm: { source: 'Webinar' } });
    expect(body).toMatchObject({ id: link.id, slug: link.slug, tags: ['keep'], utm: { source: 'webinar' } });
  });

  it('checks a new destination like the first one', async () => {
    const { body: link } = await ours.api.post('/v1/links').send(pricing);
    const { status, body } = await ours.api
      .patch(`/v1/links/${link.id}`)
      .send({ destination: 'https://s.example.com/r/x' });
    expect([status, body.error.field]).toEqual([400, 'destination']);
  });

  it('refuses a new slug and an empty change', async () => {
    const { body: link } = await ours.api.post('/v1/links').send(pricing);
    expect((await ours.api.patch(`/v1/links/${link.id}`).send({ slug: 'new' })).body.error.field).toBe('slug');
    expect((await ours.api.patch(`/v1/links/${link.id}`).send({})).status).toBe(400);
  });

  it('archives and brings back', async () => {
    const { body: link } = await ours.api.post('/v1/links').send(pricing);
    const archived = await ours.api.delete(`/v1/links/${link.id}`);
    expect(archived.body.archived_at).toEqual(expect.any(String));
    expect((await supertest(server.url).get(`/r/${link.slug}`)).status).toBe(410);
    await ours.api.patch(`/v1/links/${link.id}`).send({ archived: false }).expect(200);
    expect((await supertest(server.url).get(`/r/${link.slug}`)).status).toBe(302);
  });
});

describe('listing links', () => {
  it('pages newest first, without gaps or repeats, while links are added', async () => {
    const tenant = await server.makeTenant();
    const made: string[] = [];
    for (let i = 0; i < 5; i++) made.push((await tenant.api.post('/v1/links').send(pricing)).body.id);
    const first = await tenant.api.get('/v1/links?limit=2');
    await tenant.api.post('/v1/links').send(pricing);
    const second = await tenant.api.get(`/v1/links?limit=2&cursor=${first.body.next_cursor}`);
    const third = await tenant.api.get(`/v1/links?limit=2&cursor=${second.body.next_cursor}`);
    const seen = [first, second, third].flatMap(({ body }) => body.links.map(({ id }: { id: string }) => id));
    expect(seen).toEqual(made.toReversed());
    expect(third.body.next_cursor).toBeNull();
  });

  it('shows archived links only when asked', async () => {
    const tenant = await server.makeTenant();
    const { body: link } = await tenant.api.post('/v1/links').send(pricing);
    await tenant.api.delete(`/v1/links/${link.id}`);
    expect((await tenant.api.get('/v1/links')).body.links).toEqual([]);
    expect((await tenant.api.get('/v1/links?archived=true')).body.links).toHaveLength(1);
  });

  it.each(['limit=0', 'limit=101', 'limit=many', 'cursor=%24gt', 'colour=red'])('refuses ?%s', async (query) => {
    expect((await ours.api.get(`/v1/links?${query}`)).status).toBe(400);
  });
});
