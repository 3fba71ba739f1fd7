// The wire itself, against a small server that misbehaves in each way a network can.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { makeHubSpot, type CallRecord } from '../../server/hubspot/client.ts';
import { makeGovernor } from '../../server/hubspot/governor.ts';
import type { HubSpotRequest } from '../../server/hubspot/portal.ts';

const write: HubSpotRequest = { method: 'POST', route: 'POST /write', path: '/write', body: { a: 1 } };
const read: HubSpotRequest = { method: 'GET', route: 'GET /read', path: '/read' };
const batchRead: HubSpotRequest = { ...write, route: 'POST /batch/read', path: '/batch/read' };

interface Seen {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingMessage['headers'];
  body: string;
  socket: number;
}

async function start(handle: (request: IncomingMessage, response: ServerResponse) => void, timeoutMs = 300) {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { method, url, headers } = request;
      seen.push({ method, url, headers, body, socket: request.socket.remotePort ?? 0 });
      handle(request, response);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return { ...open(`http://127.0.0.1:${port}`, timeoutMs, () => server.close().closeAllConnections()), seen };
}

function open(apiUrl: string, timeoutMs = 300, close: () => void = () => undefined) {
  const calls: CallRecord[] = [];
  const stop = new AbortController();
  const hubspot = makeHubSpot({
    apiUrl,
    appUrl: apiUrl,
    version: '2026-03',
    timeoutMs,
    onCall: (call) => calls.push(call),
  });
  const governor = makeGovernor();
  const portal = hubspot.portal({
    portalId: 7,
    accessToken: () => Promise.resolve('token-7'),
    governor,
    lane: 'live',
    signal: stop.signal,
  });
  onTestFinished(() => {
    governor.close();
    hubspot.close();
    close();
  });
  return { hubspot, portal, governor, calls, stop };
}

const json = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
};

describe('an answer', () => {
  test('carries the token, JSON and the SDK user agent, over one kept connection', async () => {
    const { portal, seen, calls } = await start((_request, response) => json(response, 200, { ok: true }));
    expect(await portal.call(write)).toMatchObject({ status: 200, body: { ok: true } });
    expect(await portal.call({ ...read, query: { properties: 'a,b' } })).toMatchObject({ status: 200 });

    expect(seen[0]).toMatchObject({ method: 'POST', url: '/write', body: '{"a":1}' });
    expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer token-7', 'content-type': 'application/json' });
    expect(seen[0]?.headers['user-agent']).toContain('hubspot-api-client-nodejs');
    expect(seen[1]?.url).toBe('/read?properties=a%2Cb');
    expect(new Set(seen.map(({ socket }) => socket)).size).toBe(1);
    expect(calls).toMatchObject([
      { portalId: 7, route: 'POST /write', lane: 'live', status: 200 },
      { portalId: 7, route: 'GET /read', lane: 'live', status: 200 },
    ]);
  });

  test('of 204 has a null body', async () => {
    const { portal } = await start((_request, response) => response.writeHead(204).end());
    expect(await portal.call(write)).toMatchObject({ status: 204, body: null });
  });

  test('of a status the caller listed is returned, others are thrown', async () => {
    const { portal } = await start((_request, response) => json(response, 404, { message: 'resource not found' }));
    expect(await portal.call({ ...read, allow: [404] })).toMatchObject({ status: 404 });
    await expect(portal.call(read)).rejects.toMatchObject({
      code: 'hubspot_not_found',
      details: { route: 'GET /read' },
    });
  });

  test('that redirects is not followed: a POST must not turn into a GET that succeeds', async () => {
    const { portal, seen } = await start((request, response) =>
      request.url === '/write' ? response.writeHead(302, { location: '/elsewhere' }).end() : json(response, 200, {}),
    );
    await expect(portal.call(write)).rejects.toMatchObject({ code: 'hubspot_unavailable' });
    expect(seen).toHaveLength(1);
  });

  test('is sent once, even when it is a 500', async () => {
    const { portal, seen } = await start((_request, response) => json(response, 500, {}));
    await expect(portal.call(write)).rejects.toMatchObject({ code: 'hubspot_unavailable' });
    expect(seen).toHaveLength(1);
  });
});

describe('no usable answer', () => {
  const accidents: [string, (request: IncomingMessage, response: ServerResponse) => void][] = [
    ['never comes', () => undefined],
    ['is a closed connection', (request) => request.socket.destroy()],
    [
      'stops in the middle',
      (_request, response) =>
        void response.writeHead(200, { 'content-length': '99' }).write('{"a"', () => response.destroy()),
    ],
    ['stops in a chunk', (_request, response) => void response.writeHead(200).write('{"a"', () => response.destroy())],
    ['stalls in the middle', (_request, response) => void response.writeHead(200).write('{"a"')],
    ['is broken JSON with status 200', (_request, response) => void response.writeHead(200).end('{"a":')],
  ];

  test.each(accidents)(
    'that %s: a write has an unknown outcome, a read was just not answered',
    async (_case, handle) => {
      const { portal, calls, seen } = await start(handle);
      await expect(portal.call(write)).rejects.toMatchObject({
        code: 'hubspot_outcome_unknown',
        details: { status: 'no_answer' },
      });
      await expect(portal.call(read)).rejects.toMatchObject({ code: 'hubspot_unavailable' });
      await expect(portal.call(batchRead)).rejects.toMatchObject({ code: 'hubspot_unavailable' });
      expect(seen).toHaveLength(3);
      expect(calls.map(({ status }) => status)).toEqual(['no_answer', 'no_answer', 'no_answer']);
    },
  );

  test('broken JSON with a failure is that failure', async () => {
    const { portal } = await start((_request, response) => void response.writeHead(503).end('<html>'));
    await expect(portal.call(write)).rejects.toMatchObject({ code: 'hubspot_unavailable', details: { status: 503 } });
  });

  test.each([
    ['nobody listens', 'http://127.0.0.1:1', 'ECONNREFUSED'],
    ['the name does not exist', 'http://hubspot.invalid', 'E'],
  ])('because %s: nothing was sent', async (_case, apiUrl, cause) => {
    const { portal } = open(apiUrl, 5_000);
    await expect(portal.call(write)).rejects.toMatchObject({
      code: 'hubspot_unreachable',
      details: { cause: expect.stringContaining(cause) },
    });
  });

  test('the caller can stop a call; a write then has an unknown outcome', async () => {
    const { portal, stop } = await start(() => stop.abort(), 10_000);
    await expect(portal.call(write)).rejects.toMatchObject({ code: 'hubspot_outcome_unknown' });
    await expect(portal.call(write)).rejects.toMatchObject({ code: 'hubspot_unreachable' });
  });

  test('no message or detail holds the token or the address', async () => {
    const { portal } = await start((request) => request.socket.destroy());
    const path = '/crm/objects/2026-03/contacts/sam%40example.com';
    const failure: unknown = await portal.call({ ...read, path }).catch((error: unknown) => error);
    const text = JSON.stringify([failure, String(failure), (failure as { details: unknown }).details]);
    expect(text).not.toContain('token-7');
    expect(text).not.toContain('example.com');
  });
});

describe('the budget', () => {
  test('follows HubSpot’s headers and is held back after a 429', async () => {
    const headers = {
      'X-HubSpot-RateLimit-Max': '60',
      'X-HubSpot-RateLimit-Remaining': '20',
      'X-HubSpot-RateLimit-Interval-Milliseconds': '10000',
    };
    let status = 200;
    const { portal, governor } = await start((_request, response) =>
      json(response, status, { policyName: 'DAILY' }, headers),
    );
    await portal.call(read);
    expect(governor.limit).toBe(50);
    expect(governor.left).toBeLessThanOrEqual(10);

    status = 429;
    await expect(portal.call(read)).rejects.toMatchObject({ code: 'hubspot_rate_limited', retryAfterMs: 3_600_000 });
    await expect(portal.call(read)).rejects.toMatchObject({
      code: 'hubspot_rate_limited',
      details: { policy: 'PAUSED' },
    });
  });

  test('a failed call counts as a call', async () => {
    const { portal, governor } = await start((request) => request.socket.destroy());
    await portal.call(write).catch(() => undefined);
    expect(governor.spent).toBe(1);
  });
});

test('a refused token is replaced once, and the same call goes out again', async () => {
  const { hubspot, governor, seen } = await start((request, response) =>
    json(response, request.headers.authorization === 'Bearer new' ? 200 : 401, {}),
  );
  const asked: (string | undefined)[] = [];
  const accessToken = (rejected?: string) => {
    asked.push(rejected);
    return Promise.resolve(rejected === undefined ? 'old' : 'new');
  };
  const portal = hubspot.portal({ portalId: 7, governor, lane: 'live', accessToken });
  expect(await portal.call(write)).toMatchObject({ status: 200 });
  expect(asked).toEqual([undefined, 'old']);
  expect(seen.map(({ body }) => body)).toEqual(['{"a":1}', '{"a":1}']);
});

test('several clients in one process do not disturb one another', async () => {
  const first = await start((_request, response) => json(response, 200, { from: 'first' }));
  const second = await start((_request, response) => json(response, 200, { from: 'second' }));
  const answers = await Promise.all([first.portal.call(read), second.portal.call(read), first.portal.call(read)]);
  expect(answers.map(({ body }) => body)).toEqual([{ from: 'first' }, { from: 'second' }, { from: 'first' }]);
});
