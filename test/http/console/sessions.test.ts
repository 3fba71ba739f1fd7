// Sessions of the console through the front door: sign in, use, rotate, end; and what a cookie alone must not do.
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeOperatorLink } from '../../../server/flows/console/sign-in-links.ts';
import { makeMovableClock } from '../../../server/lib/clock.ts';
import { expectStatus, openLink, signIn } from '../../helpers/console.ts';
import { startTestServer, type Tenant, type TestServer } from '../../helpers/start-test-server.ts';

const clock = makeMovableClock();
let server: TestServer;
let tenant: Tenant;

beforeAll(async () => {
  server = await startTestServer({ now: clock.now });
  tenant = await server.makeTenant({ name: 'Acme' });
});
afterAll(() => server.close());

const hourMs = 3600_000;

describe('a sign-in link', () => {
  it('shows a page with a button, uses nothing up when looked at, and signs in once', async () => {
    const { url } = await makeOperatorLink(server.context, {
      workspaceId: tenant.workspaceId,
      role: null,
      email: null,
    });
    const { pathname } = new URL(url);
    for (let look = 0; look < 3; look++) {
      const page = await supertest(server.url).get(pathname).expect(200);
      expect(page.text).toContain('<button>Sign in</button>');
      expect(page.text).toContain('Acme');
      expect(page.headers['set-cookie']).toBeUndefined();
      expect(page.headers['content-security-policy']).toContain("form-action 'self'");
    }
    const { page } = await openLink(server, url);
    const { body } = await page.get('/console/session').expect(200);
    expect(body).toMatchObject({
      user: { name: 'Operator', signed_in_by: 'link' },
      role: 'owner',
      workspace: { id: tenant.workspaceId, name: 'Acme' },
      workspaces: [{ id: tenant.workspaceId, role: 'owner' }],
    });
    const again = await supertest(server.url).post(pathname).set('Sec-Fetch-Site', 'same-origin').expect(404);
    expect(again.text).toContain('used before');
  });

  it('ends after 15 minutes', async () => {
    const { url } = await makeOperatorLink(server.context, {
      workspaceId: tenant.workspaceId,
      role: null,
      email: null,
    });
    clock.advance(15 * 60_000 + 1);
    const { pathname } = new URL(url);
    const reply = await supertest(server.url).post(pathname).set('Sec-Fetch-Site', 'same-origin').expect(404);
    expect(reply.text).toContain('expired');
  });

  it('is not used up by a form of another site', async () => {
    const { url } = await makeOperatorLink(server.context, {
      workspaceId: tenant.workspaceId,
      role: null,
      email: null,
    });
    const { pathname } = new URL(url);
    await expectStatus(supertest(server.url).post(pathname).set('Sec-Fetch-Site', 'cross-site'), 403);
    await expectStatus(supertest(server.url).post(pathname).set('Origin', 'https://evil.example.com'), 403);
    await expectStatus(supertest(server.url).post(pathname).set('Origin', server.context.config.publicUrl), 303);
  });

  it('stands nowhere in the store', async () => {
    const { url } = await makeOperatorLink(server.context, {
      workspaceId: tenant.workspaceId,
      role: null,
      email: null,
    });
    const token = url.split('/').at(-1) ?? '';
    const stored = await server.store.client.db().collection('sign_in_links').find().toArray();
    expect(JSON.stringify(stored)).not.toContain(token);
  });
});

describe('a session', () => {
  it('has a cookie that scripts cannot read and other sites cannot use', async () => {
    const { cookie } = await signIn(server, { workspaceId: tenant.workspaceId });
    expect(cookie).toMatch(/^elido_session=/);
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Lax');
    expect(cookie).toContain('Path=/');
  });

  it('over https has a cookie that belongs to this host alone', async () => {
    const secure = await startTestServer({ env: { PUBLIC_URL: 'https://links.example.com' } });
    const { workspaceId } = await secure.makeTenant();
    const { cookie } = await signIn(secure, { workspaceId });
    expect(cookie).toMatch(/^__Host-elido_session=/);
    expect(cookie).toContain('Secure');
    await secure.close();
  });

  it('opens the same API as a key, within its role', async () => {
    const { page } = await signIn(server, { workspaceId: tenant.workspaceId, role: 'viewer' });
    await expectStatus(page.get('/v1/links'), 200);
    const refused = await page
      .post('/v1/links')
      .send({ title: 'A', destination: 'https://www.example.com' })
      .expect(403);
    expect(refused.body.error.details.scope).toBe('links:write');
    await expectStatus(page.get('/v1/api-keys'), 403);
  });

  it('changes nothing for a page of another site', async () => {
    const { page } = await signIn(server, { workspaceId: tenant.workspaceId });
    const link = { title: 'A', destination: 'https://www.example.com' };
    await expectStatus(page.post('/v1/links').set('Sec-Fetch-Site', 'cross-site').send(link), 403);
    await expectStatus(page.post('/v1/links').set('Sec-Fetch-Site', 'same-site').send(link), 403);
    await expectStatus(page.post('/v1/links').set('Sec-Fetch-Site', 'none').send(link), 403);
    await expectStatus(page.post('/v1/links').send(link), 201);
  });

  it('ends with the sign-out, in the store too', async () => {
    const { page, cookie } = await signIn(server, { workspaceId: tenant.workspaceId });
    await page.post('/console/sign-out').expect(200, { signed_out: true });
    const [pair = ''] = cookie.split(';');
    const reply = await supertest(server.url).get('/console/session').set('Cookie', pair).expect(401);
    expect(reply.body.error.message).toBe('Your session has ended. Sign in again.');
    expect(String(reply.headers['set-cookie'])).toMatch(/elido_session=;/);
  });

  it('gets a new secret every hour; the one before works for five more minutes', async () => {
    const { page, cookie } = await signIn(server, { workspaceId: tenant.workspaceId });
    const [old = ''] = cookie.split(';');
    const withOld = () => supertest(server.url).get('/console/session').set('Cookie', old);
    clock.advance(hourMs + 1);
    const rotated = await page.get('/console/session').expect(200);
    expect(String(rotated.headers['set-cookie'])).toMatch(/^elido_session=/);
    expect((await withOld().expect(200)).headers['set-cookie']).toBeUndefined();
    // Whoever missed the reply with the new cookie is given another one.
    clock.advance(60_000);
    const helped = await withOld().expect(200);
    expect(String(helped.headers['set-cookie'])).toMatch(/^elido_session=/);
    clock.advance(5 * 60_000);
    await expectStatus(withOld(), 401);
  });

  it('ends after a week without use, and after thirty days in any case', async () => {
    const idle = await signIn(server, { workspaceId: tenant.workspaceId });
    clock.advance(7 * 24 * hourMs);
    await expectStatus(idle.page.get('/console/session'), 401);
    const busy = await signIn(server, { workspaceId: tenant.workspaceId });
    for (let day = 0; day < 29; day++) {
      clock.advance(24 * hourMs);
      await expectStatus(busy.page.get('/console/session'), 200);
    }
    clock.advance(24 * hourMs);
    await expectStatus(busy.page.get('/console/session'), 401);
  });

  it('is listed, and ended from another device', async () => {
    const { workspaceId } = await server.makeTenant();
    const [laptop, phone] = [await signIn(server, { workspaceId }), await signIn(server, { workspaceId })];
    const { body } = await laptop.page.get('/v1/sessions').expect(200);
    expect(body.sessions).toHaveLength(2);
    const other = body.sessions.find((session: { current: boolean }) => !session.current);
    await laptop.page.delete(`/v1/sessions/${other.id}`).expect(200, { ended: 1 });
    await expectStatus(phone.page.get('/console/session'), 401);
    await expectStatus(laptop.page.get('/console/session'), 200);
    await expectStatus(laptop.page.delete(`/v1/sessions/${other.id}`), 404);
  });

  it('of somebody else is not there', async () => {
    const { workspaceId } = await server.makeTenant();
    const owner = await signIn(server, { workspaceId });
    const admin = await signIn(server, { workspaceId, role: 'admin' });
    const { body } = await owner.page.get('/v1/sessions');
    await expectStatus(admin.page.delete(`/v1/sessions/${body.sessions[0].id}`), 404);
    await expectStatus(owner.page.get('/console/session'), 200);
  });

  it('cannot be forged or altered', async () => {
    for (const value of ['', 'Fe26.2*1*x', 'a'.repeat(4_000), encodeURIComponent('{"id":"ses_1"}')]) {
      await expectStatus(supertest(server.url).get('/console/session').set('Cookie', `elido_session=${value}`), 401);
    }
  });

  it('is nothing an API key has', async () => {
    await expectStatus(tenant.api.get('/console/session'), 403);
    await expectStatus(tenant.api.get('/v1/sessions'), 403);
  });
});
