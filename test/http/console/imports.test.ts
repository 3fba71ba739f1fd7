// Many links from a file: dry run, import, again, and what is said of rows that cannot be made.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { workImport } from '../../../server/flows/console/link-import.ts';
import { startTestServer, type Tenant, type TestServer } from '../../helpers/start-test-server.ts';

let server: TestServer;
let tenant: Tenant;

beforeAll(async () => {
  server = await startTestServer();
  tenant = await server.makeTenant();
});
afterAll(() => server.close());

const send = (csv: string, { dryRun = false, who = tenant } = {}) =>
  who.api
    .post(`/v1/link-imports${dryRun ? '?dry_run=true' : ''}`)
    .set('Content-Type', 'text/csv')
    .send(csv);

async function imported(csv: string, who = tenant) {
  const { body } = await send(csv, { who }).expect(202);
  while (await workImport(server.context));
  return (await who.api.get(`/v1/link-imports/${body.id}`).expect(200)).body;
}

const heading = 'slug,title,destination,tags,utm_source\n';

it('a dry run says what would be made and makes nothing', async () => {
  const { body } = await send(`${heading}dry-1,One,https://www.example.com/1,a|b,News\n`, { dryRun: true }).expect(202);
  expect(body).toMatchObject({ id: null, state: 'checked', rows: 1, created: 1, failed: 0 });
  expect((await tenant.api.get('/v1/links?q=dry')).body.links).toEqual([]);
});

it('makes the links, and a second time changes nothing', async () => {
  const csv = `${heading}imp-1,One,https://www.example.com/1,Sales|PDF,News\n,Without slug,https://www.example.com/2,,\n`;
  expect(await imported(csv)).toMatchObject({ state: 'done', rows: 2, done: 2, created: 2, unchanged: 0, failed: 0 });
  expect(await imported(csv)).toMatchObject({ created: 0, unchanged: 2, failed: 0 });
  const { body } = await tenant.api.get('/v1/links?tag=pdf').expect(200);
  expect(body.links).toMatchObject([{ slug: 'imp-1', tags: ['sales', 'pdf'], utm: { source: 'news' } }]);
});

it('names line and field of each row that cannot be made, and makes the others', async () => {
  const csv = [
    'slug;title;destination',
    'ok-1;Fine;https://www.example.com',
    'bad slug;Title;https://www.example.com',
    'no-target;Title;javascript:alert(1)',
    'ok-1;Twice;https://www.example.com',
    'admin;Title;https://www.example.com',
    'no-title;;https://www.example.com',
    'cells;Title;https://www.example.com;more',
  ].join('\r\n');
  const done = await imported(csv);
  expect(done).toMatchObject({ rows: 7, done: 7, created: 1, failed: 6 });
  expect(done.errors.map(({ line, field }: { line: number; field: string }) => [line, field])).toEqual([
    [3, 'slug'],
    [4, 'destination'],
    [5, 'slug'],
    [6, 'slug'],
    [7, 'title'],
    [8, 'row'],
  ]);
});

it('never changes a link: not an own one, and not one of somebody else', async () => {
  const other = await server.makeTenant();
  await imported(`${heading}theirs,Theirs,https://www.example.com/theirs,,\n`, other);
  await imported(`${heading}mine,Mine,https://www.example.com/mine,,\n`);
  const done = await imported(
    `${heading}theirs,X,https://www.example.com/x,,\nmine,Other,https://www.example.com/mine,,\n`,
  );
  expect(done).toMatchObject({ created: 0, failed: 2 });
  expect(done.errors[0].message).toBe('This slug is taken. Choose another one.');
  expect((await other.api.get('/v1/links')).body.links).toMatchObject([{ title: 'Theirs' }]);
});

it('is taken back but for what people clicked, and comes back with the same file', async () => {
  const rows = Array.from({ length: 210 }, (_, at) => `undo-${at},U${at},https://www.example.com/u${at},undone,`);
  const csv = heading + rows.join('\n');
  const { id } = await imported(csv);
  await tenant.api
    .post('/v1/clicks')
    .send({ clicks: [{ click_id: 'undo-click', slug: 'undo-7' }] })
    .expect(202);
  const undo = (body: object, who = tenant) => who.api.post(`/v1/link-imports/${id}/undo`).send(body);
  await undo({}, await server.makeTenant()).expect(404);

  const first = (await undo({}).expect(200)).body;
  expect(first).toMatchObject({ archived: 199, kept: 1 });
  expect((await undo({ after: first.next }).expect(200)).body).toEqual({ archived: 10, kept: 0, next: null });
  expect((await undo({}).expect(200)).body).toEqual({ archived: 0, kept: 1, next: null });
  const { body: left } = await tenant.api.get('/v1/links?tag=undone').expect(200);
  expect(left.links).toMatchObject([{ slug: 'undo-7' }]);
  const { body: log } = await tenant.api.get('/v1/audit?action=links.unimport').expect(200);
  expect(log.entries).toHaveLength(2);

  const again = await imported(csv);
  expect(again).toMatchObject({ created: 209, unchanged: 1, failed: 0 });
  const { body: back } = await tenant.api.post(`/v1/link-imports/${again.id}/undo`).send({}).expect(200);
  expect(back).toMatchObject({ archived: 200, kept: 0 });
});

it('goes on after a crash without counting a link twice', async () => {
  const rows = Array.from({ length: 450 }, (_, at) => `crash-${at},T${at},https://www.example.com/${at},,`);
  const { body } = await send(heading + rows.join('\n')).expect(202);
  await workImport(server.context);
  // As a process would leave it that died after writing links and before writing down how far it was.
  await server.store.client
    .db()
    .collection('link_imports')
    .updateOne({ _id: body.id }, { $set: { position: 0, done: 0, created: 0 } });
  while (await workImport(server.context));
  const { body: done } = await tenant.api.get(`/v1/link-imports/${body.id}`);
  expect(done).toMatchObject({ state: 'done', rows: 450, done: 450, created: 450, unchanged: 0, failed: 0 });
});

it.each([
  ['an empty file', ''],
  ['a heading alone', 'slug,title,destination\n'],
  ['a column nobody knows', 'title,destination,colour\nA,https://www.example.com,red\n'],
  ['no destinations', 'title\nA\n'],
  ['too many rows', `title,destination\n${'A,https://www.example.com\n'.repeat(10_001)}`],
])('refuses %s as a whole', async (_name, csv) => {
  const { status, body } = await send(csv);
  expect(status).toBe(400);
  expect(body.error.field ?? 'body').toMatch(/file|body/);
});

it('refuses more than 2 MB', async () => {
  const { status, body } = await send(`title,destination\n${'A,https://www.example.com\n'.repeat(90_000)}`);
  expect(status).toBe(413);
  expect(body.error.code).toBe('payload_too_large');
});
