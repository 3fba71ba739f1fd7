import { describe, expect, it } from 'vitest';
import { PORTAL, startPortal } from './harness.ts';

const SEARCH = '/crm/objects/2026-03/contacts/search';
const by = (propertyName: string, operator: string, rest: Record<string, unknown> = {}) => ({
  filterGroups: [{ filters: [{ propertyName, operator, ...rest }] }],
});

describe('search', () => {
  it.each([
    [by('email', 'EQ', { value: 'FIRST@example.com' }), ['101']],
    [by('email', 'NEQ', { value: 'first@example.com' }), ['102']],
    [by('email', 'IN', { values: ['first@example.com'] }), ['101']],
    [by('email', 'IN', { values: ['FIRST@EXAMPLE.COM'] }), []],
    [by('hs_analytics_source', 'HAS_PROPERTY'), ['101']],
    [by('hs_analytics_source', 'NOT_HAS_PROPERTY'), ['102']],
    [by('firstname', 'CONTAINS_TOKEN', { value: 'fir*' }), ['101']],
    [by('hs_object_id', 'GT', { value: '101' }), ['102']],
    [by('hs_object_id', 'BETWEEN', { value: '100', highValue: '101' }), ['101']],
    [{ query: 'second' }, ['102']],
    [{ sorts: [{ propertyName: 'hs_object_id', direction: 'DESCENDING' }] }, ['102', '101']],
  ])('%j finds %j', async (body, ids) => {
    const { call } = await startPortal();
    const answer = await call('POST', SEARCH, { body });
    expect(answer.status).toBe(200);
    expect([...(answer.body['results'] ?? [])].map((row) => row['id'])).toEqual(ids);
    expect(answer.body['total']).toBe(ids.length);
  });

  it('sees records as they were before the indexing lag', async () => {
    const { call, sandbox } = await startPortal();
    sandbox.control.setClock({ running: false });
    await call('PATCH', '/crm/v3/objects/contacts/101', { body: { properties: { firstname: 'Changed' } } });
    const made = await call('POST', '/crm/v3/objects/contacts', {
      body: { properties: { email: 'late@example.com' } },
    });
    const found = async (body: unknown) => (await call('POST', SEARCH, { body })).body['total'];
    expect(await found(by('firstname', 'EQ', { value: 'first' }))).toBe(1);
    expect(await found(by('firstname', 'EQ', { value: 'changed' }))).toBe(0);
    expect(await found(by('hs_object_id', 'EQ', { value: made.body['id'] }))).toBe(0);
    sandbox.control.setClock({ advanceMs: 5000 });
    expect(await found(by('firstname', 'EQ', { value: 'changed' }))).toBe(1);
    sandbox.control.setSwitches({ searchLagMs: 0 });
    await call('DELETE', '/crm/v3/objects/contacts/101');
    expect(await found(by('firstname', 'EQ', { value: 'changed' }))).toBe(0);
  });

  it.each([
    ['a page of more than 200', { limit: 201 }],
    ['paging beyond 10,000 results', { limit: 100, after: '9950' }],
    ['six groups', { filterGroups: Array.from({ length: 6 }, () => ({ filters: [] })) }],
    [
      'seven filters in a group',
      {
        filterGroups: [
          { filters: Array.from({ length: 7 }, () => ({ propertyName: 'email', operator: 'HAS_PROPERTY' })) },
        ],
      },
    ],
    ['a body of more than 3,000 characters', { query: 'x'.repeat(3000) }],
    ['an unknown operator', by('email', 'LIKE', { value: 'x' })],
    ['an unknown property', by('nonsense', 'EQ', { value: 'x' })],
  ])('refuses %s', async (_case, body) => {
    const { call } = await startPortal();
    expect((await call('POST', SEARCH, { body })).status).toBe(400);
  });

  it('pages with an offset cursor', async () => {
    const { call } = await startPortal();
    const first = await call('POST', SEARCH, { body: { limit: 1 } });
    expect(first.body['paging']).toEqual({ next: { after: '1' } });
    const second = await call('POST', SEARCH, { body: { limit: 1, after: '1' } });
    expect(second.body['results']?.[0]?.['id']).toBe('102');
    expect(second.body['paging']).toBeUndefined();
  });

  it('has its own bucket of five a second, without headers, and leaves the burst limit alone', async () => {
    const { call, sandbox } = await startPortal();
    sandbox.control.seed({ portals: [{ portalId: PORTAL, limits: { perTenSeconds: 1 } }] });
    sandbox.control.setSwitches({ rateClock: 'sandbox' });
    sandbox.control.setClock({ running: false });
    for (let turn = 0; turn < 5; turn += 1) {
      const answer = await call('POST', SEARCH, { body: {} });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('x-hubspot-ratelimit-max')).toBeNull();
    }
    const limited = await call('POST', SEARCH, { body: {} });
    expect(limited.status).toBe(429);
    expect(limited.body).toMatchObject({
      message: 'You have reached your secondly limit.',
      errorType: 'RATE_LIMIT',
      policyName: 'SECONDLY',
    });
    expect((await call('GET', '/crm/v3/objects/contacts/101')).status).toBe(200);
    sandbox.control.setClock({ advanceMs: 1000 });
    expect((await call('POST', SEARCH, { body: {} })).status).toBe(200);
  });
});
