import { describe, expect, it } from 'vitest';
import { CLIENT, PORTAL, REDIRECT, send, startPortal, type TestPortal } from './harness.ts';

const ASKED = { ...CLIENT, redirect_uri: REDIRECT, scope: 'oauth crm.objects.contacts.read', state: 'nonce-1' };

function authorizeUrl(portal: TestPortal, change: Record<string, string> = {}, account = ''): string {
  const { client_secret: _secret, ...asked } = ASKED;
  return `${portal.sandbox.url}/oauth/${account}authorize?${new URLSearchParams({ ...asked, ...change }).toString()}`;
}

function decide(portal: TestPortal, change: Record<string, string> = {}) {
  const { client_secret: _secret, ...asked } = ASKED;
  const form = { ...asked, account: String(PORTAL), decision: 'grant', ...change };
  return send(`${portal.sandbox.url}/oauth/authorize/decision`, 'POST', { form });
}

async function codeOf(portal: TestPortal, change: Record<string, string> = {}): Promise<string> {
  const answer = await decide(portal, change);
  return new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
}

function token(portal: TestPortal, form: Record<string, string>, version = '2026-03') {
  return send(`${portal.sandbox.url}/oauth/${version}/token`, 'POST', { form: { ...CLIENT, ...form } });
}

const exchange = (portal: TestPortal, code: string, change: Record<string, string> = {}) =>
  token(portal, { grant_type: 'authorization_code', redirect_uri: REDIRECT, code, ...change });

const refresh = (portal: TestPortal, refreshToken: string) =>
  token(portal, { grant_type: 'refresh_token', refresh_token: refreshToken });

describe('the authorize page', () => {
  it('shows the app, the account and the scopes asked for', async () => {
    const portal = await startPortal();
    const page = await send(authorizeUrl(portal, { optional_scope: 'crm.objects.deals.read' }, `${PORTAL}/`), 'GET');
    expect(page.status).toBe(200);
    for (const shown of ['Test app', String(PORTAL), 'crm.objects.contacts.read', 'crm.objects.deals.read'])
      expect(page.text).toContain(shown);
  });

  it.each([
    ['an unknown client id', { client_id: 'nobody' }],
    ['a redirect URL that differs by one character', { redirect_uri: `${REDIRECT}/` }],
    ['a required scope that is missing from the address', { scope: 'oauth' }],
  ])('ends on an error page for %s, never on a redirect', async (_case, change) => {
    const portal = await startPortal();
    const page = await send(authorizeUrl(portal, change), 'GET');
    const posted = await decide(portal, change);
    expect([page.status, posted.status]).toEqual([400, 400]);
    expect(posted.headers.get('location')).toBeNull();
  });

  it('sends no request at all when consent is denied', async () => {
    const portal = await startPortal();
    const answer = await decide(portal, { decision: 'deny' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('location')).toBeNull();
  });

  it('redirects with access_denied and the state when the switch says so', async () => {
    const portal = await startPortal();
    portal.sandbox.control.setSwitches({ denyRedirects: true });
    const answer = await decide(portal, { decision: 'deny' });
    const query = new URL(answer.headers.get('location') ?? '').searchParams;
    expect(answer.status).toBe(302);
    expect([query.get('error'), query.get('state')]).toEqual(['access_denied', 'nonce-1']);
  });

  it('dead-ends when the account lacks a required scope and drops an optional one without a word', async () => {
    const portal = await startPortal();
    const lacking = (scope: string) => ({ portals: [{ portalId: PORTAL, unavailableScopes: [scope] }] });
    portal.sandbox.control.seed(lacking('crm.objects.contacts.read'));
    expect((await decide(portal)).status).toBe(400);
    portal.sandbox.control.seed(lacking('crm.objects.deals.read'));
    const code = await codeOf(portal, { optional_scope: 'crm.objects.deals.read' });
    expect((await exchange(portal, code)).body['scopes']).toEqual(['oauth', 'crm.objects.contacts.read']);
  });
});

describe('the token endpoint', () => {
  it('exchanges a code for tokens of that account, with 1800 seconds to live', async () => {
    const portal = await startPortal();
    const answer = await exchange(portal, await codeOf(portal));
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      token_type: 'bearer',
      expires_in: 1800,
      hub_id: PORTAL,
      scopes: ['oauth', 'crm.objects.contacts.read'],
      token_use: 'access_token',
      id_token: null,
    });
  });

  it('takes a code once: the second use is BAD_AUTH_CODE', async () => {
    const portal = await startPortal();
    const code = await codeOf(portal);
    await exchange(portal, code);
    const again = await exchange(portal, code);
    expect(again.status).toBe(400);
    expect(again.body).toMatchObject({ status: 'BAD_AUTH_CODE', error: 'invalid_grant' });
  });

  it('refuses a code after its short life', async () => {
    const portal = await startPortal();
    const code = await codeOf(portal);
    portal.sandbox.control.setClock({ advanceMs: 61_000 });
    expect((await exchange(portal, code)).body['status']).toBe('EXPIRED_AUTH_CODE');
  });

  it.each([
    [{ client_id: 'nobody' }, 'BAD_CLIENT_ID', 'invalid_client'],
    [{ client_secret: 'wrong' }, 'BAD_CLIENT_SECRET', 'invalid_client'],
    [{ redirect_uri: 'http://localhost:1/other' }, 'MISMATCH_REDIRECT_URI_AUTH_CODE', 'invalid_grant'],
  ])('answers %o with %s', async (change, status, error) => {
    const portal = await startPortal();
    const answer = await exchange(portal, await codeOf(portal), change);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ status, error });
  });

  it('returns the same refresh token on every refresh, and old access tokens stay alive', async () => {
    const portal = await startPortal();
    const first = await refresh(portal, portal.refreshToken);
    const second = await refresh(portal, portal.refreshToken);
    expect([first.body['refresh_token'], second.body['refresh_token']]).toEqual([
      portal.refreshToken,
      portal.refreshToken,
    ]);
    for (const held of [portal.accessToken, String(first.body['access_token']), String(second.body['access_token'])])
      expect((await portal.call('GET', '/account-info/2026-03/details', { token: held })).status).toBe(200);
  });

  it('rotates refresh tokens by switch: the old one is dead', async () => {
    const portal = await startPortal();
    portal.sandbox.control.setSwitches({ refreshTokens: 'rotate' });
    const renewed = await refresh(portal, portal.refreshToken);
    expect(renewed.body['refresh_token']).not.toBe(portal.refreshToken);
    expect((await refresh(portal, portal.refreshToken)).body).toMatchObject({
      error: 'invalid_grant',
      error_description: 'refresh token is invalid, expired or revoked',
      status: 'BAD_REFRESH_TOKEN',
      message: 'refresh token is invalid, expired or revoked',
    });
  });

  it('reads parameters from the body only; v1 takes the query too', async () => {
    const portal = await startPortal();
    const query = new URLSearchParams({ ...CLIENT, grant_type: 'refresh_token', refresh_token: portal.refreshToken });
    const at = (version: string) => send(`${portal.sandbox.url}/oauth/${version}/token?${query.toString()}`, 'POST');
    expect((await at('2026-03')).body['status']).toBe('BAD_CLIENT_ID');
    expect((await at('v3')).body['status']).toBe('BAD_CLIENT_ID');
    expect((await at('v1')).status).toBe(200);
  });

  it('gives app tokens by client_credentials, without a refresh token and without an account', async () => {
    const portal = await startPortal();
    const answer = await token(portal, { grant_type: 'client_credentials', scope: 'developers-read' });
    expect(answer.body['refresh_token']).toBeUndefined();
    const used = await portal.call('GET', '/crm/v3/objects/contacts/101', {
      token: String(answer.body['access_token']),
    });
    expect(used.status).toBe(401);
  });

  it('has a rate limit of its own, with Retry-After in seconds', async () => {
    const portal = await startPortal();
    portal.sandbox.control.setSwitches({ tokenCallsPerSecond: 1, rateClock: 'sandbox' });
    portal.sandbox.control.setClock({ running: false });
    await refresh(portal, portal.refreshToken);
    const limited = await refresh(portal, portal.refreshToken);
    expect(limited.status).toBe(429);
    expect(limited.body['message']).toBe('You have reached your rate limit.');
    expect(limited.headers.get('retry-after')).toBe('1');
  });

  it('can show the end of OAuth v1', async () => {
    const portal = await startPortal();
    const form = { grant_type: 'refresh_token', refresh_token: portal.refreshToken };
    portal.sandbox.control.setSwitches({ oauthV1: 'gone' });
    expect((await token(portal, form, 'v1')).status).toBe(410);
    portal.sandbox.control.setSwitches({ oauthV1: 'not-found' });
    expect((await token(portal, form, 'v1')).status).toBe(404);
    expect((await token(portal, form, 'v3')).status).toBe(200);
  });
});

describe('the end of access', () => {
  const post = (portal: TestPortal, path: string, held: string) =>
    send(`${portal.sandbox.url}/oauth/2026-03/token/${path}`, 'POST', { form: { ...CLIENT, token: held } });

  it('introspects live tokens and says active:false for dead ones', async () => {
    const portal = await startPortal();
    const access = await post(portal, 'introspect', portal.accessToken);
    expect(access.body).toMatchObject({ active: true, token_use: 'access_token', hub_id: PORTAL, expires_in: 1800 });
    expect((await post(portal, 'introspect', portal.refreshToken)).body).toMatchObject({ token_use: 'refresh_token' });
    portal.sandbox.control.setClock({ advanceMs: 1_801_000 });
    expect((await post(portal, 'introspect', portal.accessToken)).body).toEqual({ active: false });
  });

  it('revoking kills the refresh token and leaves live access tokens valid', async () => {
    const portal = await startPortal();
    expect((await post(portal, 'revoke', portal.refreshToken)).status).toBe(200);
    expect((await refresh(portal, portal.refreshToken)).body['status']).toBe('BAD_REFRESH_TOKEN');
    expect((await portal.call('GET', '/account-info/2026-03/details')).status).toBe(200);
  });

  it('answers the legacy look-ups and the legacy DELETE on v1 only', async () => {
    const portal = await startPortal();
    const known = await portal.call('GET', `/oauth/v1/access-tokens/${portal.accessToken}`, { token: null });
    expect(known.body).toMatchObject({ hub_id: PORTAL, token_type: 'access' });
    expect((await portal.call('GET', `/oauth/v3/access-tokens/${portal.accessToken}`)).status).toBe(404);
    expect((await portal.call('GET', `/oauth/v1/refresh-tokens/${portal.refreshToken}`)).body['hub_id']).toBe(PORTAL);
    expect((await portal.call('DELETE', `/oauth/v1/refresh-tokens/${portal.refreshToken}`)).status).toBe(204);
    expect((await refresh(portal, portal.refreshToken)).body['status']).toBe('BAD_REFRESH_TOKEN');
  });

  it('uninstalling answers 204 and every token of the app in that account is dead', async () => {
    const portal = await startPortal();
    const gone = await portal.call('DELETE', '/appinstalls/2026-03/external-install');
    expect([gone.status, gone.text]).toEqual([204, '']);
    expect((await portal.call('GET', '/account-info/2026-03/details')).body['category']).toBe('INVALID_AUTHENTICATION');
    expect((await refresh(portal, portal.refreshToken)).body['status']).toBe('BAD_REFRESH_TOKEN');
    expect(portal.sandbox.control.dump(PORTAL).installs[0]?.uninstalledBy).toBe('app');
  });
});
