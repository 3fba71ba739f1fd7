// Only HubSpot's requests pass (product F5): the published examples, and everything a stranger, a proxy or a bad clock can make of them.
import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCoded } from '../../server/errors.ts';
import { assertSignature, isSigned, type SignatureVersion } from '../../server/hubspot/signature.ts';

const secret = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy';
const uri = 'https://www.example.com/webhook_uri';
const now = 1_795_219_200_000;

interface Given {
  method?: string;
  uri?: string;
  body?: string | Buffer;
  headers?: Record<string, string>;
  secrets?: string[];
  accept?: SignatureVersion[];
  now?: number;
}

const check = (given: Given) => ({
  request: {
    method: given.method ?? 'POST',
    uri: given.uri ?? uri,
    body: Buffer.from(given.body ?? ''),
    header: (name: string) => given.headers?.[name],
  },
  secrets: given.secrets ?? [secret],
  accept: given.accept ?? ['v3'],
  now: given.now ?? now,
});

interface ToSign {
  method?: string;
  uri?: string;
  body?: string;
  timestamp?: number | string;
  secret?: string;
}

function signed({ method = 'POST', body = '', timestamp = now, ...rest }: ToSign): Record<string, string> {
  const source = `${method}${rest.uri ?? uri}${body}${timestamp}`;
  return {
    'x-hubspot-request-timestamp': String(timestamp),
    'x-hubspot-signature-v3': createHmac('sha256', rest.secret ?? secret)
      .update(source)
      .digest('base64'),
  };
}

function problemOf(given: Given): unknown {
  try {
    assertSignature(check(given));
    return null;
  } catch (error) {
    if (!isCoded(error, 'unauthorized')) throw error;
    return error.details.problem;
  }
}

const example =
  '[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]';
const legacy = (version: string, signature: string) => ({
  'x-hubspot-signature-version': version,
  'x-hubspot-signature': signature,
});

describe('published examples', () => {
  it('the v1 example of the documents passes where v1 is accepted', () => {
    const headers = legacy('v1', '232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de');
    expect(isSigned(check({ headers, body: example, accept: ['v3', 'v1'] }))).toBe(true);
  });

  it('the v3 vector passes', () => {
    const headers = {
      'x-hubspot-request-timestamp': '1795219200000',
      'x-hubspot-signature-v3': 'S5utYkPlOg+Hor910UGiOOR7NPnyhnfE/AvLP8EJBgE=',
    };
    expect(isSigned(check({ headers, body: example }))).toBe(true);
  });

  const v2Examples: [method: string, body: string, signature: string][] = [
    ['GET', '', 'eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e'],
    ['POST', '{"example_field":"example_value"}', '9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900'],
  ];
  it.each(v2Examples)('the v2 example of a %s passes, and covers method and address', (method, body, signature) => {
    const given = { method, headers: legacy('v2', signature), body, accept: ['v2' as const] };
    expect(problemOf(given)).toBeNull();
    expect(problemOf({ ...given, method: 'PUT' })).toBe('mismatch');
    expect(problemOf({ ...given, uri: `${uri}/` })).toBe('mismatch');
  });
});

describe('what passes', () => {
  const body = ' {"name" :\t"Zoë 🦊 \\u00e9",\r\n "a":1.0 }\n';

  it('odd spacing and unicode verify from the raw bytes', () => {
    expect(problemOf({ headers: signed({ body }), body })).toBeNull();
  });

  it('a clock that is almost five minutes off, either way', () => {
    for (const off of [-299_999, 299_999]) {
      expect(problemOf({ headers: signed({ timestamp: now + off }) })).toBeNull();
    }
  });

  it('the old and the new secret during a rotation, and only these', () => {
    const secrets = ['new-secret', 'old-secret'];
    for (const one of secrets) expect(problemOf({ headers: signed({ secret: one }), secrets })).toBeNull();
    expect(problemOf({ headers: signed({}), secrets })).toBe('mismatch');
  });

  it('an address signed decoded as the documents say, or as it was sent', () => {
    const received = `${uri}?q=%3Aa%2Fb%3F%40%21%24%27%28%29%2A%2C%3B%20%26`;
    const documented = `${uri}?q=:a/b?@!$'()*,;%20%26`;
    expect(problemOf({ uri: received, headers: signed({ uri: documented }) })).toBeNull();
    expect(problemOf({ uri: received, headers: signed({ uri: received }) })).toBeNull();
    expect(problemOf({ uri: received, headers: signed({ uri: decodeURIComponent(received) }) })).toBe('mismatch');
  });
});

describe('what is refused', () => {
  const body = '{"a":1}';
  const headers = signed({ body });
  const refused: [what: string, given: Given, problem: string][] = [
    ['no signature at all', { body }, 'missing'],
    [
      'no timestamp',
      { body, headers: { 'x-hubspot-signature-v3': headers['x-hubspot-signature-v3'] ?? '' } },
      'missing',
    ],
    ['another secret', { body, headers: signed({ body, secret: 'guess' }) }, 'mismatch'],
    ['another method', { body, headers, method: 'GET' }, 'mismatch'],
    ['a truncated body', { body: body.slice(0, -1), headers }, 'mismatch'],
    ['a body with a space more', { body: '{"a": 1}', headers }, 'mismatch'],
    ['a reordered query', { uri: `${uri}?b=2&a=1`, headers: signed({ uri: `${uri}?a=1&b=2` }) }, 'mismatch'],
    ['an address rewritten by a proxy', { uri: uri.replace('https', 'http'), body, headers }, 'mismatch'],
    ['a replay after five minutes', { body, headers, now: now + 300_001 }, 'stale'],
    ['a date in the future', { body, headers, now: now - 300_001 }, 'future'],
    [
      'a fresh date on an old signature',
      { body, headers: { ...headers, 'x-hubspot-request-timestamp': String(now + 1) } },
      'mismatch',
    ],
    ['a timestamp in seconds', { body, headers: signed({ body, timestamp: Math.floor(now / 1000) }) }, 'malformed'],
    ['a timestamp that is no number', { body, headers: signed({ body, timestamp: 'NaN' }) }, 'malformed'],
    ['a signature in hex', { body, headers: { ...headers, 'x-hubspot-signature-v3': 'ab'.repeat(32) } }, 'malformed'],
    ['an empty signature', { body, headers: { ...headers, 'x-hubspot-signature-v3': '' } }, 'malformed'],
    ['"true"', { body, headers: { ...headers, 'x-hubspot-signature-v3': 'true' } }, 'malformed'],
  ];
  it.each(refused)('%s', (_what, given, problem) => {
    expect(problemOf(given)).toBe(problem);
    expect(isSigned(check(given))).toBe(false);
  });

  it('a right v1 signature where only v3 is accepted', () => {
    const signature = createHash('sha256')
      .update(secret + body)
      .digest('hex');
    expect(problemOf({ body, headers: legacy('v1', signature) })).toBe('missing');
  });

  it('a wrong v3 signature next to a right v1 one', () => {
    const signature = createHash('sha256')
      .update(secret + body)
      .digest('hex');
    const both = { ...legacy('v1', signature), ...signed({ body, secret: 'guess' }) };
    expect(problemOf({ body, headers: both, accept: ['v3', 'v1'] })).toBe('mismatch');
  });

  it.each([[[]], [['']], [['  ']], [['good', '']]])('everything when the secrets are %j', (secrets) => {
    const given = check({ headers: signed({ secret: secrets[0] ?? '' }), secrets });
    expect(() => assertSignature(given)).toThrow('HUBSPOT_CLIENT_SECRET');
    expect(() => isSigned(given)).toThrow('HUBSPOT_CLIENT_SECRET');
  });
});

it('whatever is changed in a signed request, it no longer passes', () => {
  fc.assert(
    fc.property(fc.string(), fc.string({ minLength: 1 }), fc.nat(), (body, extra, at) => {
      const headers = signed({ body });
      expect(problemOf({ body, headers })).toBeNull();
      const position = at % (body.length + 1);
      const changed = body.slice(0, position) + extra + body.slice(position);
      expect(problemOf({ body: changed, headers })).toBe('mismatch');
    }),
  );
});

it('whatever stands in the headers, the answer is yes or no', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (signature, timestamp, version) => {
      const headers = {
        'x-hubspot-signature-v3': signature,
        'x-hubspot-request-timestamp': timestamp,
        'x-hubspot-signature': signature,
        'x-hubspot-signature-version': version,
      };
      expect(isSigned(check({ headers, accept: ['v3', 'v2', 'v1'] }))).toBe(false);
    }),
  );
});
