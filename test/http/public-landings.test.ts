// What a page may say of a landing, and what it is answered: the public address of touched pages.
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeBrowserAccess } from '../../server/flows/browser-access.ts';
import { startTestServer, type TestServer } from '../helpers/start-test-server.ts';

const shop = 'https://shop.example.com';

describe('a touched page', () => {
  let server: TestServer;
  let workspaceId: string;
  let key: string;
  beforeAll(async () => {
    server = await startTestServer({ env: { PUBLIC_RATE_LIMIT: '10000' } });
    ({ workspaceId } = await server.makeTenant());
    key = (await changeBrowserAccess(server.context, { workspaceId, origins: [shop] })).publicKey;
  });
  afterAll(() => server.close());

  const tell = (body: string | Uint8Array<ArrayBuffer>, { origin = shop, publicKey = key } = {}) =>
    fetch(`${server.url}/v1/public/landings?key=${publicKey}`, {
      method: 'POST',
      headers: { origin, 'content-type': 'text/plain;charset=UTF-8' },
      body,
    });
  const about = (clickId: string) => JSON.stringify({ click_id: clickId });
  const heard = (clickId: string, who = workspaceId) =>
    server.context.store.landings.among({ workspaceId: who, clickIds: [clickId] });

  it('is heard, may read the answer, and its first word stands', async () => {
    const reply = await tell(about('clk_1'));
    expect([reply.status, await reply.json()]).toEqual([202, { status: 'accepted' }]);
    expect(reply.headers.get('access-control-allow-origin')).toBe(shop);
    const first = await heard('clk_1');
    expect(first.size).toBe(1);
    await tell(about('clk_1'));
    expect(await heard('clk_1')).toEqual(first);
  });

  it('of another workspace says nothing of our click', async () => {
    const other = await server.makeTenant();
    const { publicKey } = await changeBrowserAccess(server.context, { ...other, origins: [shop] });
    expect((await tell(about('clk_2'), { publicKey })).status).toBe(202);
    expect((await heard('clk_2')).size).toBe(0);
    expect((await heard('clk_2', other.workspaceId)).size).toBe(1);
  });

  it.each([
    [403, { origin: 'https://evil.example.com' }],
    [401, { publicKey: 'elp_unknown' }],
  ])('is answered %i when it is %j', async (status, from) => {
    expect((await tell(about('clk_3'), from)).status).toBe(status);
    expect((await heard('clk_3')).size).toBe(0);
  });

  it('may send any bytes, and is answered', async () => {
    const anyBody = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Uint8Array.from(bytes)),
      fc.json(),
      fc.record({ click_id: fc.jsonValue() }).map((value) => JSON.stringify(value)),
    );
    await fc.assert(
      fc.asyncProperty(anyBody, async (body) => {
        const reply = await tell(body);
        expect([202, 400]).toContain(reply.status);
        await reply.arrayBuffer();
      }),
      { numRuns: 200 },
    );
  });
});
