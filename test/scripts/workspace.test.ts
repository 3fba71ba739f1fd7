// `npm run workspace` as an operator uses it: a process of its own against the store of the server.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../helpers/start-test-server.ts';
import supertest from 'supertest';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

interface Ended {
  code: number;
  out: string;
  err: string;
}

function workspace(args: string[], env: Record<string, string> = { MONGODB_URI: server.store.uri }): Promise<Ended> {
  const { MONGODB_URI: _, ...rest } = process.env;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', 'scripts/workspace.ts', ...args],
      { env: { ...rest, ...env } },
      (error, out, err) => resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, out, err }),
    );
  });
}

it('makes a workspace and a key that works, and shows the key once', async () => {
  const made = JSON.parse((await workspace(['--json', 'create', 'Marketing', '--with-key'])).out);
  expect(made).toMatchObject({ name: 'Marketing', workspace: expect.stringMatching(/^ws_/) });
  const call = () => supertest(server.url).get('/v1/links').set('Authorization', `Bearer ${made.key}`);
  expect((await call()).status).toBe(200);
  const listed = await workspace(['list']);
  expect(listed.out).toContain('Marketing');
  expect(listed.out).toContain(made.keyId);
  expect(listed.out).not.toContain(made.key);
});

it('makes a key with the scopes it is told, and revokes it', async () => {
  const { workspaceId } = await server.makeTenant();
  const options = ['--workspace', workspaceId, '--scopes', 'links:read, clicks:write', '--name', 'shop'];
  const made = JSON.parse((await workspace(['--json', 'key', 'create', ...options])).out);
  expect(made.scopes).toEqual(['links:read', 'clicks:write']);
  expect((await workspace(['key', 'revoke', made.keyId])).code).toBe(0);
  const [, stored] = await server.context.store.apiKeys.listOfWorkspace(workspaceId);
  expect(stored?.revokedAt).toEqual(expect.any(Date));
});

it('allows pages to report conversions, and keeps what it is not told to change', async () => {
  const { workspaceId } = await server.makeTenant();
  const origins = async (...options: string[]) =>
    JSON.parse((await workspace(['--json', 'origins', '--workspace', workspaceId, ...options])).out);
  const first = await origins('--set', 'https://shop.example.com/, https://www.example.com', '--emails', 'accept');
  expect(first).toEqual({
    publicKey: expect.stringMatching(/^elp_[0-9a-z]{32}$/),
    origins: ['https://shop.example.com', 'https://www.example.com'],
    acceptEmail: true,
  });
  expect(await origins()).toEqual(first);
  const changed = await origins('--new-key', '--emails', 'ignore', '--set', '');
  expect(changed).toMatchObject({ origins: [], acceptEmail: false });
  expect(changed.publicKey).not.toBe(first.publicKey);
});

it.each([
  [['origins', '--workspace', 'ws_none'], 'There is no workspace ws_none.'],
  [['key', 'create', '--workspace', 'ws_none'], 'There is no workspace ws_none.'],
  [['key', 'create', '--workspace', 'ws_none', '--scopes', 'everything'], 'Choose from'],
  [['key', 'revoke', 'key_none'], 'There is no live key key_none.'],
  [['create', ' '], 'needs a name'],
  [['key', 'create'], '--workspace'],
  [['destroy'], 'unknown command'],
])('%j fails and says why', async (args, words) => {
  const { code, err } = await workspace(args);
  expect(code).toBe(1);
  expect(err).toContain(words);
});

it('works on the embedded store of the data folder, and keeps what it made', async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'elido-workspace-'));
  try {
    expect((await workspace(['create', 'Kept'], { DATA_DIR: dataDir })).code).toBe(0);
    expect((await workspace(['list'], { DATA_DIR: dataDir })).out).toContain('Kept');
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
});

it('explains itself', async () => {
  const { code, out } = await workspace(['key', 'create', '--help']);
  expect(code).toBe(0);
  expect(out).toContain('deliveries:read');
});
