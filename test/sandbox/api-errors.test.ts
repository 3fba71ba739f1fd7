import { describe, expect, it } from 'vitest';
import { PORTAL, startPortal } from './harness.ts';

describe('every answer', () => {
  it('is JSON with HubSpot’s content type and one correlation id in header and body', async () => {
    const { call } = await startPortal();
    const answer = await call('GET', '/crm/objects/2026-03/contacts/999');
    expect(answer.headers.get('content-type')).toBe('application/json;charset=utf-8');
    expect(answer.body['correlationId']).toBe(answer.headers.get('x-hubspot-correlation-id'));
    expect(String(answer.body['correlationId'])).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });
});

describe('who may call', () => {
  it.each([[null], ['garbage']])('answers 401 without a live token (%s)', async (token) => {
    const { call } = await startPortal();
    const answer = await call('GET', '/crm/v3/objects/contacts/101', { token });
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({ status: 'error', category: 'INVALID_AUTHENTICATION' });
    expect(String(answer.body['message'])).toMatch(
      /^Authentication credentials not found\. This API supports OAuth 2\.0/,
    );
  });

  it('says since when a token is expired', async () => {
    const { call, sandbox } = await startPortal();
    sandbox.control.setClock({ running: false });
    const expiredAt = [...sandbox.state.accessTokens.values()][0]?.expiresAt ?? 0;
    sandbox.control.setClock({ now: expiredAt + 5000 });
    const answer = await call('GET', '/crm/v3/objects/contacts/101');
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({
      message: 'The OAuth token used to make this call expired 5 second(s) ago.',
      category: 'EXPIRED_AUTHENTICATION',
      context: { 'expire time': [new Date(expiredAt).toISOString()] },
    });
  });

  it('takes a static private-app token that never expires', async () => {
    const { call, sandbox } = await startPortal();
    const token = 'pat-na1-static';
    sandbox.control.addPrivateToken({ portalId: PORTAL, token, scopes: ['crm.objects.contacts.read'] });
    sandbox.control.setClock({ advanceMs: 86_400_000 });
    expect((await call('GET', '/crm/v3/objects/contacts/101', { token })).status).toBe(200);
    expect((await call('GET', '/account-info/v3/details', { token })).status).toBe(403);
  });
});

describe('missing scopes', () => {
  it('are worded one way by object calls: write does not imply read', async () => {
    const { call } = await startPortal({ scopes: ['oauth', 'crm.objects.contacts.write'] });
    const answer = await call('POST', '/crm/objects/2026-03/contacts/batch/read', {
      body: { inputs: [{ id: '101' }] },
    });
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({
      category: 'MISSING_SCOPES',
      errors: [{ context: { requiredGranularScopes: ['crm.objects.contacts.read'] } }],
      links: { scopes: 'https://developers.hubspot.com/scopes' },
    });
    expect(String(answer.body['message'])).toMatch(/^This app hasn't been granted all required scopes/);
  });

  it('are worded another way by schema calls: objects.write does not open properties', async () => {
    const { call } = await startPortal({ scopes: ['oauth', 'crm.objects.contacts.write'] });
    const answer = await call('POST', '/crm/properties/2026-03/contacts/groups', { body: { name: 'g', label: 'G' } });
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({
      message: 'One or more of the following scopes are required.',
      category: 'MISSING_SCOPES',
      context: { requiredGranularScopes: ['crm.schemas.contacts.write'] },
    });
    expect(answer.body['errors']).toBeUndefined();
  });

  it.each([
    ['PATCH', '/crm/v3/objects/deals/301', ['crm.objects.deals.read']],
    ['GET', '/crm/owners/2026-03', ['crm.objects.contacts.read']],
    ['GET', '/account-info/2026-03/details', ['crm.objects.contacts.read']],
    ['POST', '/integrators/timeline/2026-03/events', ['crm.objects.contacts.read']],
    ['POST', '/crm/associations/2026-03/contacts/deals/batch/read', ['oauth']],
  ])('close %s %s for a token with only %s', async (method, path, scopes) => {
    const { call } = await startPortal({ scopes });
    const answer = await call(method, path, method === 'GET' ? {} : { body: {} });
    expect([answer.status, answer.body['category']]).toEqual([403, 'MISSING_SCOPES']);
  });
});

describe('things that do not exist', () => {
  it('an unknown numeric id has no category', async () => {
    const { call } = await startPortal();
    const answer = await call('GET', '/crm/v3/objects/contacts/999');
    expect(answer.status).toBe(404);
    expect(answer.body).toEqual({
      status: 'error',
      message: 'resource not found',
      correlationId: answer.body['correlationId'],
    });
  });

  it('a non-numeric id is OBJECT_NOT_FOUND with the id as context', async () => {
    const { call } = await startPortal();
    const answer = await call('GET', '/crm/v3/objects/contacts/abc');
    expect(answer.body).toMatchObject({
      message: 'Object not found.  objectId are usually numeric.',
      category: 'OBJECT_NOT_FOUND',
      context: { id: ['abc'] },
    });
  });

  it('an unknown object type cannot be inferred', async () => {
    const { call } = await startPortal();
    const answer = await call('GET', '/crm/v3/objects/butterflies/1');
    expect([answer.status, answer.body['message']]).toEqual([400, 'Unable to infer object type from: butterflies']);
  });

  it('an unknown path is 404 in the same shape, and is counted', async () => {
    const { call, sandbox } = await startPortal();
    const answer = await call('GET', '/crm/v9/nothing');
    expect([answer.status, answer.body['message']]).toEqual([404, 'resource not found']);
    expect(sandbox.control.counts().total).toBe(1);
  });

  it('broken JSON says that it is, by line and column', async () => {
    const { call } = await startPortal();
    const answer = await call('POST', '/crm/v3/objects/contacts', { body: '{"properties": }' });
    expect(answer.status).toBe(400);
    expect(String(answer.body['message'])).toMatch(/^Invalid input JSON on line 1, column \d+: /);
  });
});

describe('path generations', () => {
  it.each([
    '/crm/v3/objects/contacts/101',
    '/crm/v3/objects/0-1/101',
    '/crm/objects/2026-03/contacts/101',
    '/crm/objects/2026-03/0-1/101',
    '/crm/objects/2026-09/contact/101',
    '/crm/objects/2026-09-beta/contacts/101',
  ])('%s is the same record', async (path) => {
    const { call } = await startPortal();
    expect((await call('GET', path)).body['id']).toBe('101');
  });

  it.each(['/crm/v4/objects/contacts/101', '/crm/objects/v3/contacts/101', '/crm/2026-03/objects/contacts/101'])(
    '%s is no path of HubSpot’s',
    async (path) => {
      const { call } = await startPortal();
      expect((await call('GET', path)).status).toBe(404);
    },
  );
});
