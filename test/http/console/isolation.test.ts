// Every operation of the API, taken from the OpenAPI document: with the ids of another workspace, as a viewer, without anybody,
// and from another site. A new operation is tested by being there; one that changes something without an entry in the audit log fails.
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiScope } from '../../../server/contract/api-scopes.ts';
import { makeOpenapiDocument } from '../../../server/contract/openapi.ts';
import { signIn, type Visitor } from '../../helpers/console.ts';
import { startTestWorld, type TestWorld } from '../../helpers/start-test-world.ts';
import type { Tenant } from '../../helpers/start-test-server.ts';

interface Operation {
  description: string;
  security: Record<string, unknown>[];
  requestBody?: unknown;
}

const document = makeOpenapiDocument() as { paths: Record<string, Record<string, Operation>> };
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { description, security }]) => ({
    path,
    method: method as 'get' | 'post' | 'put' | 'patch' | 'delete',
    scope: /`([a-z]+:[a-z]+)`/.exec(description)?.[1] as ApiScope | undefined,
    forPeople: security.some((scheme) => 'session' in scheme),
  })),
);
const ofPeople = operations.filter(({ forPeople }) => forPeople);
const named = ofPeople.filter(({ path }) => path.includes('{'));

/** Texts that stand in the workspace of somebody else and must be read by nobody here. */
const marks = ['Theirs only', 'theirs-slug', 'theirs@example.com', 'https://theirs.example.com'];

/** For each name in an address, an id that exists, of the other workspace. */
let ids: Record<string, string>;
let world: TestWorld;
let theirs: Tenant;
let owner: Visitor;
let viewer: Visitor;

beforeAll(async () => {
  world = await startTestWorld();
  const { server, tenant } = world;
  owner = await signIn(server, { workspaceId: tenant.workspaceId });
  viewer = await signIn(server, { workspaceId: tenant.workspaceId, role: 'viewer' });
  theirs = await server.makeTenant({ name: 'Theirs only' });
  const them = await signIn(server, { workspaceId: theirs.workspaceId, email: 'theirs@example.com' });
  const connection = await world.connect({ tenant: theirs });
  const post = async (address: string, body: object, status = 201) =>
    (await theirs.api.post(address).send(body).expect(status)).body;
  const destination = 'https://theirs.example.com/page';
  const link = await post('/v1/links', { slug: 'theirs-slug', title: 'Theirs only', destination });
  await post(
    '/v1/clicks',
    { clicks: [{ click_id: 'theirs-1', slug: 'theirs-slug', eid: '501', occurred_at: Date.now() }] },
    202,
  );
  const rule = await post('/v1/rules', { connection_id: connection._id, text: ruleText });
  const invitation = await post('/v1/members/invitations', { role: 'viewer', name: 'Theirs only' });
  const replay = await post('/v1/deliveries/replay', { filter: { state: 'dead' } }, 202);
  const csv = 'title,destination\nTheirs only,https://theirs.example.com/2\n';
  const imported = await theirs.api.post('/v1/link-imports').set('Content-Type', 'text/csv').send(csv).expect(202);
  const { body: members } = await them.page.get('/v1/members');
  const { body: sessions } = await them.page.get('/v1/sessions');
  ids = {
    link_id: link.id,
    connection_id: connection._id,
    rule_id: rule.id,
    move_id: `${rule.id}:0:701`,
    replay_id: replay.id,
    import_id: imported.body.id,
    member_id: members.members[0].id,
    invitation_id: invitation.id,
    session_id: sessions.sessions[0].id,
    key_id: theirs.keyId,
    event_id: 'theirs-1',
    elido_contact_id: 'theirs-contact',
  };
});
afterAll(() => world.close());

const ruleText = `
trigger: { link_tag: theirs, contact_window: 30d, click_threshold: 2 }
action: { type: advance_deal_stage, pipeline: default, from_stage: appointmentscheduled, to_stage: qualifiedtobuy }
`;

/** Bodies that would be accepted, where an empty one would hide what is asked here. */
const bodies: Record<string, object> = {
  'patch /v1/links/{link_id}': { title: 'Mine now' },
  'patch /v1/connections/{connection_id}': { state: 'paused' },
  'put /v1/connections/{connection_id}/field-mapping': { rows: [] },
  'post /v1/connections/{connection_id}/field-mapping/try': { contact_id: '501', rows: [] },
  'put /v1/rules/{rule_id}': { text: ruleText },
  'patch /v1/rules/{rule_id}': { enabled: false },
  'patch /v1/members/{member_id}': { role: 'viewer' },
  'post /v1/api-keys/{key_id}/rotate': {},
};

const addressOf = (path: string) =>
  path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => {
    const id = ids[name];
    if (id === undefined) throw new Error(`The isolation test has no foreign id for {${name}}. Add one to \`ids\`.`);
    return id;
  });

/** These answer for an id that nobody has, without saying that somebody has it. */
const answersForAnyId: Record<string, number> = {
  // The story of an event that never arrived here.
  'get /v1/events/{event_id}/explanation': 200,
  // Names a contact in the own workspace.
  'put /v1/contacts/{elido_contact_id}': 400,
};

describe.each(named)('$method $path with the id of another workspace', ({ path, method }) => {
  const key = `${method} ${path}`;

  it.each(['an owner', 'an API key'] as const)('is not there for %s, and nothing leaks', async (who) => {
    const before = await theirState();
    const address = addressOf(path);
    const asker = who === 'an owner' ? owner.page : world.tenant.api;
    const { status, text } = await asker[method](address).send(method === 'get' ? undefined : (bodies[key] ?? {}));
    // An API key has no sessions at all.
    const expected = path.startsWith('/v1/sessions') && who === 'an API key' ? 403 : (answersForAnyId[key] ?? 404);
    expect({ status, text }).toMatchObject({ status: expected });
    for (const mark of marks) expect(text).not.toContain(mark);
    expect(await theirState()).toEqual(before);
  });
});

/** What the other workspace would notice. */
async function theirState(): Promise<unknown> {
  const read = async (address: string) => (await theirs.api.get(address).expect(200)).body;
  const members = await read('/v1/members');
  const connections = await read('/v1/connections');
  return {
    links: await read('/v1/links'),
    states: connections.connections.map(({ state, mode }: { state: string; mode: string }) => [state, mode]),
    mapping: await read(`/v1/connections/${ids.connection_id}/field-mapping`),
    rules: await read('/v1/rules'),
    people: [members.members.map(({ id, role }: { id: string; role: string }) => [id, role]), members.invitations],
    keys: (await read('/v1/api-keys')).api_keys.map(({ id, revoked_at, ends_at }: Record<string, unknown>) => [
      id,
      revoked_at,
      ends_at,
    ]),
  };
}

/** Own things are not asked here: a viewer may end their own session, and would. */
const asked = ofPeople.filter(
  ({ path, method, scope }) => path !== '/v1/live' && (scope !== undefined || method === 'get'),
);
const isForViewers = ({ scope }: { scope?: ApiScope | undefined }) =>
  scope === undefined || (scope.endsWith(':read') && scope !== 'keys:read');
const askedByViewer = async ({ path, method }: (typeof asked)[number]) =>
  viewer.page[method](addressOf(path)).send(method === 'get' ? undefined : {});

it.each(asked.filter(isForViewers))('a viewer may $method $path', async (operation) => {
  expect((await askedByViewer(operation)).status).not.toBe(403);
});

it.each(asked.filter((operation) => !isForViewers(operation)))('a viewer may not $method $path', async (operation) => {
  const { status, body } = await askedByViewer(operation);
  expect({ status, code: body.error?.code, scope: body.error?.details?.scope }).toEqual({
    status: 403,
    code: 'forbidden',
    scope: operation.scope,
  });
});

it.each(ofPeople)('$method $path wants somebody', async ({ path, method }) => {
  expect((await supertest(world.server.url)[method](addressOf(path))).status).toBe(401);
});

it.each(ofPeople.filter(({ method }) => method !== 'get'))(
  '$method $path changes nothing for a page of another site, whoever is signed in',
  async ({ path, method }) => {
    const reply = await owner.page[method](addressOf(path)).set('Sec-Fetch-Site', 'cross-site').send({});
    expect({ status: reply.status, code: reply.body.error?.code }).toEqual({ status: 403, code: 'forbidden' });
  },
);

describe('lists', () => {
  const lists = ofPeople.filter(({ path, method }) => method === 'get' && !path.includes('{') && path !== '/v1/live');
  const queryOf = (path: string) => {
    if (path === '/v1/link-stats') return `?link_ids=${ids.link_id}`;
    return path === '/v1/deliveries/export' ? '?format=csv' : '';
  };

  it.each(lists)('$path shows nothing of another workspace', async ({ path }) => {
    const { status, text } = await owner.page.get(`${path}${queryOf(path)}`);
    expect({ status, text }).toMatchObject({ status: 200 });
    for (const mark of marks) expect(text).not.toContain(mark);
    for (const id of Object.values(ids)) expect(text).not.toContain(id);
  });
});
