// Attacks on the Card API and what each is answered with. The same table stands in docs/card-api.md: this test keeps it true.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { send, signatureOf, type CardReply } from '../helpers/card-caller.ts';
import { startCardWorld, type CardWorld } from '../helpers/card-world.ts';
import { testAppId, testPortalId } from '../helpers/start-test-world.ts';

let world: CardWorld;
const other = 4_711;
const secret = 'test-client-secret';

beforeAll(async () => {
  world = await startCardWorld({ env: { HUBSPOT_CLIENT_SECRET_PREVIOUS: 'the-secret-before' } });
  world.sandbox.control.seed({ portals: [{ portalId: other, name: 'Somebody else' }] });
  const stranger = await world.server.makeTenant({ name: 'Somebody else' });
  const connection = await world.connect({ tenant: stranger, portalId: other });
  strangeConnection = connection._id;
  await world.click([{ click_id: 'mine', eid: '501' }]);
  await world.settled();
});
afterAll(() => world.close());

let strangeConnection = '';

interface Forged {
  method?: string;
  path?: string;
  query?: string;
  body?: string;
  sentBody?: string;
  sentAddress?: string;
  secret?: string;
  ageMs?: number;
  origin?: string;
  headers?: Record<string, string>;
  unsigned?: boolean;
}

const who = (portalId = testPortalId, appId = testAppId) =>
  `userId=1&userEmail=user1%40example.com&portalId=${portalId}&appId=${appId}`;

/** Signs one thing and sends perhaps another. */
function forged({
  method = 'GET',
  path = '/deals/701',
  query = who(),
  body = '',
  ...more
}: Forged): Promise<CardReply> {
  const { publicUrl } = world.server.context.config;
  const address = `/card/v1${path}?${query}`;
  const now = () => world.server.context.now() - (more.ageMs ?? 0);
  const signed = signatureOf(
    { secret: more.secret ?? secret, publicUrl: more.origin ?? publicUrl, now },
    { method, address, text: body },
  );
  const headers = { ...(more.unsigned ? {} : signed), ...more.headers };
  return send({
    url: world.server.url,
    method,
    address: more.sentAddress ?? address,
    text: more.sentBody ?? body,
    headers,
  });
}

const minute = 60_000;
const pause = { method: 'PATCH', path: '/settings/connection', body: '{"state":"paused"}' };

const attacks: [string, string, () => Promise<CardReply>][] = [
  ['no signature at all', '401 missing', () => forged({ unsigned: true })],
  ['signed with a guessed secret', '401 mismatch', () => forged({ secret: 'guessed' })],
  ['a signature that is none', '401 malformed', () => forged({ headers: { 'x-hubspot-signature-v3': 'true' } })],
  ['a good request, sent again six minutes later', '401 stale', () => forged({ ageMs: 6 * minute })],
  ['dated six minutes ahead', '401 future', () => forged({ ageMs: -6 * minute })],
  [
    'a good signature with a newer timestamp',
    '401 mismatch',
    () => forged({ ageMs: minute, headers: { 'x-hubspot-request-timestamp': String(world.server.context.now()) } }),
  ],
  [
    'query put into another order',
    '401 mismatch',
    () => forged({ sentAddress: `/card/v1/deals/701?${who().split('&').reverse().join('&')}` }),
  ],
  [
    'another portal id in the address than was signed',
    '401 mismatch',
    () => forged({ sentAddress: `/card/v1/deals/701?${who(other)}` }),
  ],
  ['another method than was signed', '401 mismatch', () => forged({ ...pause, method: 'GET', sentBody: '' })],
  ['a body that was changed on the way', '401 mismatch', () => forged({ ...pause, sentBody: '{"state":"active"}' })],
  [
    'a body that a proxy wrote anew, with other spaces',
    '401 mismatch',
    () => forged({ ...pause, sentBody: '{ "state": "paused" }' }),
  ],
  ['signed for another host', '401 mismatch', () => forged({ origin: 'https://evil.example.com' })],
  [
    'signed for another host, which stands in Host and X-Forwarded-Host',
    '401 mismatch',
    () =>
      forged({
        origin: 'https://evil.example.com',
        headers: { host: 'evil.example.com', 'x-forwarded-host': 'evil.example.com', 'x-forwarded-proto': 'https' },
      }),
  ],
  ['v1 instead of v3', '401 missing', () => legacy('v1')],
  ['v2 instead of v3', '401 missing', () => legacy('v2')],
  [
    'a card that puts its own portalId before the one of HubSpot',
    '401 repeated',
    () => forged({ query: `portalId=${other}&${who()}` }),
  ],
  [
    'a card that puts its own userId behind the one of HubSpot',
    '401 repeated',
    () => forged({ query: `${who()}&userId=2` }),
  ],
  [
    'a question mark hidden in the path',
    '401 malformed',
    () => forged({ path: '/deals/701', query: `portalId=${other}&userId=1&x=?${who()}` }),
  ],
  ['nobody is named', '401 missing', () => forged({ query: 'days=30' })],
  ['a portal id that is no number', '401 malformed', () => forged({ query: 'portalId=1e3&userId=1' })],
  ['signed for another app', '401 wrong_app', () => forged({ query: who(testPortalId, 1) })],
  [
    'identity in body and headers only',
    '401 missing',
    () =>
      forged({
        ...pause,
        query: '',
        body: `{"state":"paused","portalId":${testPortalId},"userId":1}`,
        headers: { 'x-portal-id': String(testPortalId) },
      }),
  ],
  ["another portal's deal", '200 empty', () => forged({ query: who(other) })],
  ["another portal's event", '404 not_found', () => forged({ path: '/events/mine/explanation', query: who(other) })],
  [
    "another portal's connection",
    '404 not_found',
    () => forged({ ...pause, body: `{"state":"paused","connection_id":"${strangeConnection}"}` }),
  ],
  [
    'a user without the right to change',
    '403 forbidden',
    () => forged({ ...pause, query: who().replace('userId=1', 'userId=2') }),
  ],
  ['a query operator for an id', '400 invalid_request', () => forged({ path: '/deals/%7B%22%24gt%22%3A%22%22%7D' })],
  [
    'a body of two megabytes',
    '413 payload_too_large',
    () => forged({ ...pause, body: `{"state":"${'x'.repeat(2_000_000)}"}` }),
  ],
  ['a packed body', '400 invalid_request', () => forged({ ...pause, headers: { 'content-encoding': 'gzip' } })],
  ['a body that is no JSON', '400 invalid_request', () => forged({ ...pause, body: '{"state":' })],
  ['signed with the secret before the last rotation', '200', () => forged({ secret: 'the-secret-before' })],
  ['as HubSpot sends it', '200', () => forged({})],
];

function legacy(version: 'v1' | 'v2'): Promise<CardReply> {
  const { publicUrl } = world.server.context.config;
  const address = `/card/v1/deals/701?${who()}`;
  const source = version === 'v1' ? secret : `${secret}GET${publicUrl}${address}`;
  const signature = createHash('sha256').update(source).digest('hex');
  return forged({
    unsigned: true,
    headers: { 'x-hubspot-signature': signature, 'x-hubspot-signature-version': version },
  });
}

interface Refusal {
  error?: { code: string; details?: { problem?: string } };
  clicks?: { now: number };
}

function answerOf({ status, body }: CardReply): string {
  const { error, clicks } = body as Refusal;
  if (error) return `${status} ${error.details?.problem ?? error.code}`;
  return clicks?.now === 0 ? `${status} empty` : String(status);
}

it.each(attacks)('%s: %s', async (_attack, answer, attempt) => {
  expect(answerOf(await attempt())).toBe(answer);
});

it('none of them changed anything', async () => {
  const { store } = world.server.context;
  const connections = [
    ...(await store.connections.listOfPortal(testPortalId)),
    ...(await store.connections.listOfPortal(other)),
  ];
  expect(connections.map(({ state }) => state)).toEqual(['active', 'active']);
});

it('stands in docs/card-api.md as it is', async () => {
  const text = await readFile(new URL('../../docs/card-api.md', import.meta.url), 'utf8');
  const [, table = ''] = text.split('## Attacks and their answers');
  const rows = table
    .split('\n')
    .flatMap((line) => /^\| (.+?) +\| `(.+?)` +\|$/.exec(line)?.slice(1, 3).join(' -> ') ?? []);
  expect(rows).toEqual(attacks.map(([attack, answer]) => `${attack} -> ${answer}`));
});
