// The audit log: every change by whomever, with its target, without values that are secret; and no change without an entry.
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signIn, type Visitor } from '../../helpers/console.ts';
import { startTestServer, type Tenant, type TestServer } from '../../helpers/start-test-server.ts';

let server: TestServer;
let tenant: Tenant;
let owner: Visitor;

beforeAll(async () => {
  server = await startTestServer();
  tenant = await server.makeTenant();
  owner = await signIn(server, { workspaceId: tenant.workspaceId });
});
afterAll(() => server.close());

const entries = async (query = '') => (await owner.page.get(`/v1/audit${query}`).expect(200)).body.entries;
const link = { title: 'Secret launch', destination: 'https://www.example.com/launch' };

it('has what a person and what a key did, with target, request and time', async () => {
  const made = await owner.page.post('/v1/links').send(link).expect(201);
  const changed = await tenant.api
    .patch(`/v1/links/${made.body.id}`)
    .send({ title: 'Other', archived: true })
    .expect(200);
  const [second, first] = await entries(`?target_id=${made.body.id}`);
  expect(first).toMatchObject({
    actor: { kind: 'member', name: 'owner' },
    action: 'link.create',
    words: 'made a short link',
    target: { kind: 'link', id: made.body.id },
    fields: ['title', 'destination'],
    request_id: made.headers['x-request-id'],
  });
  expect(second).toMatchObject({
    actor: { kind: 'key', id: tenant.keyId },
    action: 'link.change',
    details: { archived: true },
    request_id: changed.headers['x-request-id'],
  });
  expect(JSON.stringify([first, second])).not.toContain('Secret launch');
});

it('holds no key, though a key was made, replaced and revoked', async () => {
  const made = await owner.page
    .post('/v1/api-keys')
    .send({ name: 'shop', scopes: ['clicks:write'] })
    .expect(201);
  const next = await owner.page
    .post(`/v1/api-keys/${made.body.api_key.id}/rotate`)
    .send({ grace_hours: 1 })
    .expect(201);
  await owner.page.delete(`/v1/api-keys/${next.body.api_key.id}`).expect(200);
  const log = await entries();
  expect(log.slice(0, 3).map(({ action }: { action: string }) => action)).toEqual([
    'key.revoke',
    'key.rotate',
    'key.create',
  ]);
  expect(log[2]).toMatchObject({
    target: { kind: 'api_key', id: made.body.api_key.id },
    details: { scopes: ['clicks:write'] },
  });
  for (const secret of [made.body.key, next.body.key]) expect(JSON.stringify(log)).not.toContain(secret);
});

it('knows who signed in and who was invited, without their address', async () => {
  await owner.page
    .post('/v1/members/invitations')
    .send({ role: 'viewer', name: 'Ann', email: 'ann@example.com' })
    .expect(201);
  const log = await entries();
  expect(log[0]).toMatchObject({ action: 'member.invite', details: { role: 'viewer' } });
  expect(log.map(({ action }: { action: string }) => action)).toContain('member.join');
  expect(JSON.stringify(log)).not.toContain('ann@example.com');
});

it('has nothing for what was refused, and nothing for a preview', async () => {
  const before = await entries();
  await owner.page.post('/v1/links').send({ title: '' }).expect(400);
  await owner.page.post('/v1/deliveries/replay').send({ filter: {}, preview: true }).expect(202);
  await owner.page
    .post('/v1/link-imports?dry_run=true')
    .set('Content-Type', 'text/csv')
    .send('title,destination\nA,https://www.example.com\n')
    .expect(202);
  expect(await entries()).toEqual(before);
});

it('is read page by page and filtered, and shows nothing of another workspace', async () => {
  for (let one = 0; one < 5; one++) await owner.page.post('/v1/links').send(link).expect(201);
  const all = await entries('?action=link.create');
  const seen: string[] = [];
  for (let cursor = ''; ;) {
    const { body } = await owner.page.get(`/v1/audit?action=link.create&limit=2${cursor}`).expect(200);
    seen.push(...body.entries.map(({ id }: { id: string }) => id));
    if (body.next_cursor === null) break;
    cursor = `&cursor=${body.next_cursor}`;
  }
  expect(seen).toEqual(all.map(({ id }: { id: string }) => id));
  expect(await entries(`?to=${new Date(Date.now() - 3600_000).toISOString()}`)).toEqual([]);
  expect((await entries(`?from=${new Date(Date.now() - 3600_000).toISOString()}`)).length).toBeGreaterThan(5);
  const other = await server.makeTenant();
  expect((await other.api.get('/v1/audit').expect(200)).body.entries).toEqual([]);
});

it('no route that changes something goes without an action; data that arrives is no action', async () => {
  const sources = ['routes.ts', 'rules/rule-routes.ts', 'console/console-routes.ts'];
  const texts = await Promise.all(
    sources.map((file) => readFile(new URL(`../../../server/http/${file}`, import.meta.url), 'utf8')),
  );
  const silent = texts
    .flatMap((text) => text.split('router.').slice(1))
    .map((call) => call.replaceAll(/\s+/g, ' '))
    .filter((call) => /^(post|put|patch|delete)\(/.test(call) && /allow\( ?'[\w:]+' ?\)/.test(call))
    .map((call) => /'([^']+)'/.exec(call)?.[1]);
  expect(new Set(silent)).toEqual(
    new Set([
      '/v1/clicks',
      '/v1/connections/:connection_id/field-mapping/try',
      '/v1/contacts/:elido_contact_id',
      '/v1/conversions',
      '/v1/form-submissions',
      '/v1/rules/back-test',
    ]),
  );
});
