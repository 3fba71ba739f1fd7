// Members, invitations and roles: who may let whom in, and what nobody can do.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectStatus, openLink, signIn } from '../../helpers/console.ts';
import { startTestServer, type TestServer } from '../../helpers/start-test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const workspace = async () => {
  const { workspaceId } = await server.makeTenant();
  return { workspaceId, owner: await signIn(server, { workspaceId }) };
};

const memberNamed = (body: { members: { id: string; name: string }[] }, name: string) =>
  body.members.find((member) => member.name === name)?.id ?? '';

describe('an invitation', () => {
  it('lets somebody in once, with its role', async () => {
    const { owner } = await workspace();
    const invited = await owner.page
      .post('/v1/members/invitations')
      .send({ role: 'viewer', name: 'Ann', email: 'ann@example.com' })
      .expect(201);
    const listed = await owner.page.get('/v1/members').expect(200);
    expect(listed.body.invitations).toMatchObject([{ id: invited.body.id, name: 'Ann', role: 'viewer' }]);
    const ann = await openLink(server, invited.body.url);
    const { body } = await ann.page.get('/console/session').expect(200);
    expect(body).toMatchObject({ role: 'viewer', user: { name: 'Ann', email: 'ann@example.com' } });
    const after = await owner.page.get('/v1/members').expect(200);
    expect(after.body.invitations).toEqual([]);
    expect(after.body.members).toHaveLength(2);
    await expect(openLink(server, invited.body.url)).rejects.toThrow('404');
  });

  it('can be taken back', async () => {
    const { owner } = await workspace();
    const { body } = await owner.page.post('/v1/members/invitations').send({ role: 'admin', name: 'Ann' });
    await expectStatus(owner.page.delete(`/v1/members/invitations/${body.id}`), 200);
    await expect(openLink(server, body.url)).rejects.toThrow('404');
  });

  it('never makes an owner when an admin sends it', async () => {
    const { workspaceId } = await workspace();
    const admin = await signIn(server, { workspaceId, role: 'admin' });
    await expectStatus(admin.page.post('/v1/members/invitations').send({ role: 'owner', name: 'Me' }), 403);
    await expectStatus(admin.page.post('/v1/members/invitations').send({ role: 'admin', name: 'Ann' }), 201);
  });

  it('with the address of a member of another workspace opens nothing of theirs', async () => {
    const [mine, theirs] = [await workspace(), await workspace()];
    await signIn(server, { workspaceId: theirs.workspaceId, email: 'ann@example.com' });
    const { body } = await mine.owner.page
      .post('/v1/members/invitations')
      .send({ role: 'viewer', name: 'Ann', email: 'ann@example.com' });
    const ann = await openLink(server, body.url);
    const session = await ann.page.get('/console/session');
    expect(session.body.workspaces).toEqual([expect.objectContaining({ id: mine.workspaceId })]);
    await expectStatus(ann.page.post('/console/session/workspace').send({ workspace_id: theirs.workspaceId }), 404);
  });
});

describe('roles', () => {
  it('change at once, in sessions that are open', async () => {
    const { workspaceId, owner } = await workspace();
    const admin = await signIn(server, { workspaceId, role: 'admin' });
    await expectStatus(admin.page.get('/v1/api-keys'), 200);
    const { body } = await owner.page.get('/v1/members');
    await owner.page
      .patch(`/v1/members/${memberNamed(body, 'admin')}`)
      .send({ role: 'viewer' })
      .expect(200);
    const refused = await admin.page.get('/v1/api-keys').expect(403);
    // A change of rights changes the secret too.
    expect(String(refused.headers['set-cookie'])).toMatch(/^elido_session=/);
  });

  it('the last owner stays one', async () => {
    const { owner } = await workspace();
    const { body } = await owner.page.get('/v1/members');
    const me = memberNamed(body, 'owner');
    await expectStatus(owner.page.patch(`/v1/members/${me}`).send({ role: 'viewer' }), 409);
    await expectStatus(owner.page.delete(`/v1/members/${me}`), 409);
    expect((await owner.page.get('/console/session')).body.role).toBe('owner');
  });

  it('of two owners who step down at the same moment at least one stays', async () => {
    const { workspaceId, owner } = await workspace();
    const second = await signIn(server, { workspaceId, email: 'second@example.com' });
    const { body } = await owner.page.get('/v1/members');
    const [a, b] = body.members as { id: string }[];
    await Promise.all([
      owner.page.patch(`/v1/members/${a?.id}`).send({ role: 'viewer' }),
      second.page.patch(`/v1/members/${b?.id}`).send({ role: 'viewer' }),
    ]);
    const left = await server.context.store.members.listOfWorkspace(workspaceId);
    expect(left.filter(({ role }) => role === 'owner').length).toBeGreaterThanOrEqual(1);
  });

  it('an admin does nothing to an owner', async () => {
    const { workspaceId, owner } = await workspace();
    const admin = await signIn(server, { workspaceId, role: 'admin' });
    const { body } = await owner.page.get('/v1/members');
    const id = memberNamed(body, 'owner');
    await expectStatus(admin.page.patch(`/v1/members/${id}`).send({ role: 'viewer' }), 403);
    await expectStatus(admin.page.delete(`/v1/members/${id}`), 403);
    await expectStatus(admin.page.post(`/v1/members/${id}/sign-in-links`), 403);
  });

  it('a removed member is out at once', async () => {
    const { workspaceId, owner } = await workspace();
    const viewer = await signIn(server, { workspaceId, role: 'viewer' });
    const { body } = await owner.page.get('/v1/members');
    await expectStatus(owner.page.delete(`/v1/members/${memberNamed(body, 'viewer')}`), 200);
    await expectStatus(viewer.page.get('/console/session'), 401);
  });

  it('a member comes back by a link of the workspace', async () => {
    const { workspaceId, owner } = await workspace();
    await signIn(server, { workspaceId, role: 'viewer' });
    const { body } = await owner.page.get('/v1/members');
    const link = await owner.page.post(`/v1/members/${memberNamed(body, 'viewer')}/sign-in-links`).expect(201);
    const back = await openLink(server, link.body.url);
    expect((await back.page.get('/console/session')).body).toMatchObject({ role: 'viewer', user: { name: 'viewer' } });
  });
});
