import { describe, expect, it } from 'vitest';
import { APP, PORTAL, startPortal, type TestPortal } from './harness.ts';

const CONTACT = '/crm/v3/objects/contacts/101';
const UPDATE = '/crm/objects/2026-03/contacts/batch/update';
const update = (city: string) => ({ body: { inputs: [{ id: '101', properties: { city } }] } });

async function cityOf({ call }: TestPortal): Promise<unknown> {
  return (await call('GET', `${CONTACT}?properties=city`)).body['properties']?.['city'];
}

describe('the burst limit', () => {
  it('lets 110 calls through in ten seconds, counts down in headers, then answers the true 429', async () => {
    const portal = await startPortal();
    portal.sandbox.control.setSwitches({ rateClock: 'sandbox' });
    portal.sandbox.control.setClock({ running: false });
    const first = await portal.call('GET', CONTACT);
    expect(first.headers.get('x-hubspot-ratelimit-interval-milliseconds')).toBe('10000');
    expect(first.headers.get('x-hubspot-ratelimit-max')).toBe('110');
    expect(first.headers.get('x-hubspot-ratelimit-remaining')).toBe('109');
    for (let turn = 1; turn < 110; turn += 1) await portal.call('GET', CONTACT);
    const limited = await portal.call('GET', CONTACT);
    expect(limited.status).toBe(429);
    expect(limited.body).toMatchObject({
      status: 'error',
      message: 'You have reached your ten_secondly_rolling limit.',
      errorType: 'RATE_LIMIT',
      policyName: 'TEN_SECONDLY_ROLLING',
    });
    expect(limited.body['category']).toBeUndefined();
    expect(limited.headers.get('retry-after')).toBeNull();
    portal.sandbox.control.setClock({ advanceMs: 10_000 });
    expect((await portal.call('GET', CONTACT)).status).toBe(200);
    expect(portal.sandbox.control.counts().loads).toEqual([
      { portalId: PORTAL, maxCallsInTenSeconds: 111, maxSearchesInOneSecond: 0 },
    ]);
  });

  it('is kept per app and portal', async () => {
    const portal = await startPortal();
    const { control } = portal.sandbox;
    control.seed({
      apps: [{ appId: 2, clientId: 'c2', clientSecret: 's2' }],
      portals: [PORTAL, PORTAL + 1].map((portalId) => ({ portalId, limits: { perTenSeconds: 1 } })),
    });
    const other = control.install({ appId: APP, portalId: PORTAL + 1, scopes: ['oauth'] }).accessToken;
    const second = control.install({ appId: 2, portalId: PORTAL, scopes: ['oauth'] }).accessToken;
    const details = '/account-info/v3/details';
    expect((await portal.call('GET', details)).status).toBe(200);
    expect((await portal.call('GET', details)).status).toBe(429);
    expect((await portal.call('GET', details, { token: other })).status).toBe(200);
    expect((await portal.call('GET', details, { token: second })).status).toBe(200);
  });
});

describe('the daily limit', () => {
  const privateToken = 'pat-na1-limits-and-faults';
  const details = '/account-info/v3/details';
  const daily = (headers: Headers) => [
    headers.get('x-hubspot-ratelimit-daily'),
    headers.get('x-hubspot-ratelimit-daily-remaining'),
  ];

  it('is told to private apps and to no others, ends in the true 429, and begins anew at midnight of the account', async () => {
    const { sandbox, call } = await startPortal();
    sandbox.control.seed({ portals: [{ portalId: PORTAL, timeZone: 'America/New_York', limits: { perDay: 2 } }] });
    sandbox.control.addPrivateToken({ portalId: PORTAL, token: privateToken, scopes: ['oauth'] });
    // 23:59 in New York.
    sandbox.control.setClock({ now: '2026-11-26T04:59:00Z', running: false });
    const { accessToken } = sandbox.control.install({ appId: APP, portalId: PORTAL, scopes: ['oauth'] });
    const ask = () => call('GET', details, { token: privateToken });
    const askByOAuth = () => call('GET', details, { token: accessToken });
    expect(daily((await ask()).headers)).toEqual(['2', '1']);
    expect(daily((await askByOAuth()).headers), 'by OAuth').toEqual([null, null]);
    expect(daily((await ask()).headers)).toEqual(['2', '0']);
    const refused = await ask();
    expect(refused).toMatchObject({ status: 429, body: { policyName: 'DAILY', errorType: 'RATE_LIMIT' } });
    expect(daily(refused.headers)).toEqual(['2', '0']);
    expect((await askByOAuth()).status, 'by OAuth').toBe(200);
    sandbox.control.setClock({ advanceMs: 60_000 });
    expect((await ask()).status, 'on the next day').toBe(200);
  });
});

describe('a planted fault', () => {
  it('answers with a status for as many calls as it is told, and only on its route', async () => {
    const portal = await startPortal();
    const action = { kind: 'status' as const, status: 502 };
    portal.sandbox.control.addFault({
      method: 'post',
      path: '/crm/objects/contacts/batch/*',
      count: 1,
      skip: 1,
      action,
    });
    const statuses = [];
    for (const city of ['Bath', 'York', 'Wells'])
      statuses.push((await portal.call('POST', UPDATE, update(city))).status);
    expect(statuses).toEqual([200, 502, 200]);
    expect((await portal.call('GET', CONTACT)).status).toBe(200);
  });

  it('can strike after the work is done: the answer is lost, the write is not', async () => {
    const portal = await startPortal();
    portal.sandbox.control.addFault({ path: UPDATE, count: 1, action: { kind: 'status', status: 504, when: 'after' } });
    expect((await portal.call('POST', UPDATE, update('Bath'))).status).toBe(504);
    expect(await cityOf(portal)).toBe('Bath');
  });

  it.each([
    ['before', null],
    ['after', 'Bath'],
  ] as const)('closes the connection %s the work', async (when, city) => {
    const portal = await startPortal();
    portal.sandbox.control.addFault({ path: '/crm/**', count: 1, action: { kind: 'close', when } });
    await expect(portal.call('POST', UPDATE, update('Bath'))).rejects.toThrow('fetch failed');
    expect(await cityOf(portal)).toBe(city);
    const lost = portal.sandbox.control.log().find(({ faultId }) => faultId !== null);
    expect(lost).toMatchObject({ status: null, route: 'POST /crm/objects/contacts/batch/update', inputs: 1 });
  });

  it('cuts the answer in the middle of its JSON', async () => {
    const portal = await startPortal();
    portal.sandbox.control.addFault({ path: '/crm/**', count: 1, action: { kind: 'malformed' } });
    const answer = await portal.call('GET', CONTACT);
    expect(answer.status).toBe(200);
    expect(() => JSON.parse(answer.text) as unknown).toThrow(SyntaxError);
    expect(answer.text).toMatch(/^\{"id":"101"/);
  });

  it('delays an answer', async () => {
    const portal = await startPortal();
    portal.sandbox.control.addFault({ path: '/crm/**', count: 1, action: { kind: 'delay', ms: 120 } });
    const startedAt = performance.now();
    await portal.call('GET', CONTACT);
    expect(performance.now() - startedAt).toBeGreaterThan(110);
  });

  it.each([
    [{ kind: 'rate-limit', policy: 'SECONDLY' }, 429, 'You have reached your secondly limit.', null],
    [{ kind: 'rate-limit', policy: 'DAILY', retryAfterSeconds: 7 }, 429, 'You have reached your daily limit.', '7'],
    [{ kind: 'locked' }, 423, 'locked', null],
    [{ kind: 'migration', retryAfterSeconds: 3600 }, 477, 'being moved', '3600'],
  ] as const)('%j answers %i', async (action, status, message, retryAfter) => {
    const portal = await startPortal();
    portal.sandbox.control.addFault({ path: '/crm/**', action });
    const answer = await portal.call('GET', CONTACT);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([status, retryAfter]);
    expect(answer.body['message']).toContain(message);
    portal.sandbox.control.clearFaults();
    expect((await portal.call('GET', CONTACT)).status).toBe(200);
  });

  it('by chance strikes the same calls for the same seed', async () => {
    const struck = async () => {
      const portal = await startPortal();
      const action = { kind: 'status' as const, status: 500 };
      portal.sandbox.control.addFault({ path: '/crm/**', probability: 0.4, seed: 42, action });
      const statuses = [];
      for (let turn = 0; turn < 12; turn += 1) statuses.push((await portal.call('GET', CONTACT)).status);
      return statuses;
    };
    const statuses = await struck();
    expect(new Set(statuses)).toEqual(new Set([200, 500]));
    expect(await struck()).toEqual(statuses);
  });

  it('meets one portal and spares the other', async () => {
    const portal = await startPortal();
    const { control } = portal.sandbox;
    control.seed({ portals: [{ portalId: PORTAL + 1 }] });
    const other = control.install({ appId: APP, portalId: PORTAL + 1, scopes: ['oauth'] }).accessToken;
    control.addFault({ path: '/account-info/**', portalId: PORTAL + 1, action: { kind: 'status', status: 503 } });
    expect((await portal.call('GET', '/account-info/v3/details')).status).toBe(200);
    expect((await portal.call('GET', '/account-info/v3/details', { token: other })).status).toBe(503);
  });

  it('can strike the token endpoint', async () => {
    const portal = await startPortal();
    portal.sandbox.control.addFault({ path: '/oauth/token', action: { kind: 'status', status: 503 } });
    const form = { grant_type: 'refresh_token' };
    expect((await portal.call('POST', '/oauth/2026-03/token', { form })).status).toBe(503);
  });
});
