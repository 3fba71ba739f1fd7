// POST /v1/clicks through the front door: what is taken, what is refused, and how it is said.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer, type Tenant, type TestServer } from '../helpers/start-test-server.ts';

let server: TestServer;
let tenant: Tenant;
let slug: string;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  tenant = await server.makeTenant();
  slug = (await tenant.api.post('/v1/links').send({ title: 'Pricing', destination: 'https://www.example.com/' })).body
    .slug;
});

const day = 24 * 3600_000;

describe('one click', () => {
  it('is accepted with a receipt', async () => {
    const { status, body } = await tenant.api.post('/v1/clicks').send({
      slug,
      click_id: 'shop-1',
      eid: '501',
      utm: { source: 'webinar' },
      country: 'de',
      ip: '2001:db8::1',
      occurred_at: new Date(Date.now() - day).toISOString(),
    });
    expect(status).toBe(202);
    expect(body).toEqual({
      accepted: 1,
      duplicates: 0,
      rejected: 0,
      results: [{ index: 0, click_id: 'shop-1', status: 'accepted' }],
    });
  });

  it('sent again is a duplicate, not a second click', async () => {
    const click = { slug, click_id: 'shop-2', eid: '501', occurred_at: Date.now() };
    await tenant.api.post('/v1/clicks').send(click).expect(202);
    const { status, body } = await tenant.api.post('/v1/clicks').send(click);
    expect(status).toBe(202);
    expect(body).toMatchObject({ accepted: 0, duplicates: 1 });
    const { body: log } = await tenant.api.get('/v1/deliveries?event_id=shop-2');
    expect(log.deliveries).toHaveLength(1);
  });

  it('with a used id and other content is refused, and the first one stays', async () => {
    const click = { slug, click_id: 'shop-3', eid: '501', occurred_at: Date.now() };
    await tenant.api.post('/v1/clicks').send(click).expect(202);
    const { status, body } = await tenant.api.post('/v1/clicks').send({ ...click, eid: '502' });
    expect(status).toBe(409);
    expect(body.error).toMatchObject({ code: 'conflict', field: 'click_id' });
  });

  it.each([
    [{ click_id: '' }, 'click_id'],
    [{ click_id: 'a'.repeat(129) }, 'click_id'],
    [{ click_id: 'nul\u0000' }, 'click_id'],
    [{ click_id: { $gt: '' } }, 'click_id'],
    [{ click_id: 7 }, 'click_id'],
    [{ slug: { $ne: null } }, 'slug'],
    [{ slug: undefined }, 'slug'],
    [{ link_id: 'lnk_x' }, 'slug'],
    [{ eid: 'a b' }, 'eid'],
    [{ eid: ['501'] }, 'eid'],
    [{ occurred_at: 'yesterday' }, 'occurred_at'],
    [{ occurred_at: '2026-11-21T07:00:00' }, 'occurred_at'],
    [{ occurred_at: Date.now() + day }, 'occurred_at'],
    [{ occurred_at: Date.now() - 31 * day }, 'occurred_at'],
    [{ occurred_at: 1e300 }, 'occurred_at'],
    [{ utm: { source: 'nul\u0000' } }, 'utm.source'],
    [{ utm: { source: '\ud800' } }, 'utm.source'],
    [{ utm: { campaign: 'x'.repeat(256) } }, 'utm.campaign'],
    [{ utm: { $where: '1' } }, 'utm.$where'],
    [{ utm: 'webinar' }, 'utm'],
    [{ country: 'Germany' }, 'country'],
    [{ ip: '300.1.1.1' }, 'ip'],
    [{ colour: 'red' }, 'colour'],
    [{ workspace_id: 'ws_other' }, 'workspace_id'],
  ])('names the field at fault in %j', async (wrong, field) => {
    const { status, body } = await tenant.api.post('/v1/clicks').send({ slug, ...wrong });
    expect(status).toBe(400);
    expect(body.error.field).toBe(field);
    expect(body.error.docs).toMatch(/^docs\/failures\.md#/);
  });

  it('on a link that is not there is 404', async () => {
    const { status, body } = await tenant.api.post('/v1/clicks').send({ slug: 'no-such-link' });
    expect([status, body.error.code, body.error.field]).toEqual([404, 'not_found', 'slug']);
  });

  it('keeps emoji in UTM values', async () => {
    const { status } = await tenant.api.post('/v1/clicks').send({ slug, utm: { campaign: 'Spring 🌷' } });
    expect(status).toBe(202);
  });

  it('is refused with a prototype in it', async () => {
    const body = `{"slug":"${slug}","__proto__":{"admin":true}}`;
    const reply = await tenant.api.post('/v1/clicks').set('Content-Type', 'application/json').send(body);
    expect(reply.status).toBe(400);
  });
});

describe('a batch', () => {
  it('keeps the good rows and names the bad one', async () => {
    const clicks = [
      { slug, click_id: 'a' },
      { slug, click_id: 'b', country: 'Germany' },
      { slug, click_id: 'c' },
    ];
    const { status, body } = await tenant.api.post('/v1/clicks').send({ clicks });
    expect(status).toBe(202);
    expect(body).toMatchObject({ accepted: 2, duplicates: 0, rejected: 1 });
    expect(body.results[1]).toMatchObject({ index: 1, status: 'rejected', error: { field: 'country' } });
    expect(body.results.map(({ index }: { index: number }) => index)).toEqual([0, 1, 2]);
  });

  it('with the same click twice stores it once', async () => {
    const click = { slug, click_id: 'twice', occurred_at: Date.now() };
    const { body } = await tenant.api.post('/v1/clicks').send({ clicks: [click, click] });
    expect(body).toMatchObject({ accepted: 1, duplicates: 1, rejected: 0 });
  });

  it('of 1,000 is taken and of 1,001 refused', async () => {
    const clicks = Array.from({ length: 1_001 }, (_, i) => ({ slug, click_id: `batch-${i}` }));
    const tooMany = await tenant.api.post('/v1/clicks').send({ clicks });
    expect(tooMany.status).toBe(413);
    expect(tooMany.body.error).toMatchObject({ code: 'payload_too_large', field: 'clicks' });
    const { status, body } = await tenant.api.post('/v1/clicks').send({ clicks: clicks.slice(1) });
    expect([status, body.accepted]).toEqual([202, 1_000]);
  });

  it('of bad rows only is refused with all of their receipts', async () => {
    const { status, body } = await tenant.api.post('/v1/clicks').send({ clicks: [{}, { slug: 'none' }, 7, null] });
    expect(status).toBe(400);
    expect(body.error.details.results).toHaveLength(4);
  });

  it.each([[{ clicks: [] }], [{ clicks: 'all' }], [{ clicks: { $gt: '' } }], [{ clicks: [{}], extra: 1 }]])(
    'is refused as %j',
    async (body) => {
      expect((await tenant.api.post('/v1/clicks').send(body)).status).toBe(400);
    },
  );

  it("cannot use another workspace's link", async () => {
    const other = await server.makeTenant();
    const link = await other.api.post('/v1/links').send({ title: 'Theirs', destination: 'https://www.example.com/' });
    for (const row of [{ slug: link.body.slug }, { link_id: link.body.id }]) {
      const { status, body } = await tenant.api.post('/v1/clicks').send(row);
      expect(status).toBe(404);
      expect(body.error.message).not.toContain(other.workspaceId);
    }
  });
});

describe('the delivery log', () => {
  it('says in words why an event went nowhere, to its own workspace only', async () => {
    await tenant.api.post('/v1/clicks').send({ slug, click_id: 'lost', eid: '501' }).expect(202);
    const { body } = await tenant.api.get('/v1/deliveries?event_id=lost');
    expect(body.deliveries[0]).toMatchObject({
      event_id: 'lost',
      state: 'skipped',
      reason: { code: 'not_connected', words: expect.any(String), next: expect.any(String) },
    });
    const other = await server.makeTenant();
    expect((await other.api.get('/v1/deliveries?event_id=lost')).body.deliveries).toEqual([]);
  });

  it.each(['?event_id=', '?event_id[$gt]=', '?event_id=a&event_id=b'])('refuses the question %j', async (query) => {
    expect((await tenant.api.get(`/v1/deliveries${query}`)).status).toBe(400);
  });
});

describe('form submissions', () => {
  it('are accepted, and a resend is a duplicate', async () => {
    const submission = { email: 'sam@example.com', gclid: 'g-1', submission_id: 'form-1' };
    expect((await tenant.api.post('/v1/form-submissions').send(submission)).body).toEqual({
      submission_id: 'form-1',
      status: 'accepted',
    });
    const { status, body } = await tenant.api.post('/v1/form-submissions').send(submission);
    expect([status, body.status]).toEqual([202, 'duplicate']);
  });

  it.each([
    [{ email: 'not an address' }, 'email'],
    [{ email: { $gt: '' } }, 'email'],
    [{ gclid: 'a\u0000b' }, 'gclid'],
    [{ hs_contact_id: 'abc' }, 'hs_contact_id'],
    [{ submitted_at: 'soon' }, 'submitted_at'],
    [{ phone: '1' }, 'phone'],
  ])('name the field at fault in %j', async (wrong, field) => {
    const submission = { email: 'sam@example.com', gclid: 'g-1', ...wrong };
    const { status, body } = await tenant.api.post('/v1/form-submissions').send(submission);
    expect([status, body.error.field]).toEqual([400, field]);
  });
});

describe('a contact', () => {
  it.each([
    ['/v1/contacts/jane', {}, 'hs_contact_id'],
    ['/v1/contacts/jane', { hs_contact_id: 'x' }, 'hs_contact_id'],
    ['/v1/contacts/a%20b', { hs_contact_id: '501' }, 'elido_contact_id'],
    ['/v1/contacts/12345', { hs_contact_id: '501' }, 'elido_contact_id'],
    ['/v1/contacts/jane', { hs_contact_id: '501' }, 'portal_id'],
    ['/v1/contacts/jane', { hs_contact_id: '501', portal_id: 999 }, 'portal_id'],
  ])('at %s as %j is refused naming %s', async (address, body, field) => {
    const reply = await tenant.api.put(address).send(body);
    expect([reply.status, reply.body.error.field]).toEqual([400, field]);
  });
});
