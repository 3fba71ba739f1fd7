// POST /v1/conversions through the front door: what is taken, what is refused, and how it is said.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer, type Tenant, type TestServer } from '../helpers/start-test-server.ts';

let server: TestServer;
let tenant: Tenant;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  tenant = await server.makeTenant();
});

const day = 24 * 3600_000;
const post = (body: object) => tenant.api.post('/v1/conversions').send(body);
/** What was kept of a conversion. */
async function kept(conversionId: string) {
  const { workspaceId } = tenant;
  const [delivery] = await server.context.store.deliveries.listOfEvent({ workspaceId, eventId: conversionId });
  if (delivery?.kind !== 'conversion') throw new Error(`There is no conversion ${conversionId}.`);
  return delivery.conversion;
}

const documented = {
  event: 'conversion.recorded',
  click_id: 'clk_abc123',
  value: 99.0,
  currency: 'EUR',
  utm: { source: 'newsletter', medium: 'email', campaign: 'spring-2026' },
};

describe('the documented payload', () => {
  it('is accepted as it stands, with a receipt', async () => {
    const { status, body } = await post(documented);
    expect(status).toBe(202);
    expect(body).toEqual({
      accepted: 1,
      duplicates: 0,
      rejected: 0,
      results: [{ index: 0, conversion_id: expect.stringMatching(/^cnv_[0-9a-f]{32}$/), status: 'accepted' }],
    });
    expect(await kept(body.results[0].conversion_id)).toMatchObject({
      name: 'Conversion',
      value: 99,
      currency: 'EUR',
      clickId: 'clk_abc123',
      utm: { source: 'newsletter', medium: 'email', campaign: 'spring-2026' },
    });
  });

  it('sent again is a duplicate, with its event field or without', async () => {
    await post(documented).expect(202);
    const { event: _, ...rest } = documented;
    for (const again of [documented, rest]) expect((await post(again)).body).toMatchObject({ duplicates: 1 });
  });
});

describe('which conversion is which', () => {
  it('a conversion_id with other content is refused with 409, and the first one stays', async () => {
    await post({ ...documented, conversion_id: 'order-1' }).expect(202);
    const { status, body } = await post({ ...documented, conversion_id: 'order-1', value: 100 });
    expect([status, body.error.code, body.error.field]).toEqual([409, 'conflict', 'conversion_id']);
    expect(await kept('order-1')).toMatchObject({ value: 99 });
  });

  it('without conversion_id a click has one conversion of each name', async () => {
    const named = (name: string) => post({ click_id: 'clk_1', name });
    expect((await named('Demo booked')).body.accepted).toBe(1);
    expect((await named('Trial started')).body.accepted).toBe(1);
    expect((await named(' Demo booked ')).body.duplicates).toBe(1);
    expect((await post({ click_id: 'clk_2', name: 'Demo booked' })).body.accepted).toBe(1);
    await post({ click_id: 'clk_1', name: 'Demo booked', value: 5, currency: 'EUR' }).expect(409);
  });

  it('without conversion_id and click_id every call is a new one', async () => {
    for (let i = 0; i < 2; i++) expect((await post({ email: 'sam@example.com' })).body.accepted).toBe(1);
  });

  it('ids of two workspaces do not meet', async () => {
    await post({ ...documented, conversion_id: 'shared' }).expect(202);
    const other = await server.makeTenant();
    const { body } = await other.api.post('/v1/conversions').send({ conversion_id: 'shared', email: 'x@example.com' });
    expect(body.accepted).toBe(1);
  });
});

describe('the click it belongs to', () => {
  it('tells the link and what is missing of the UTM values', async () => {
    const link = { slug: 'spring', title: 'Spring offer', destination: 'https://www.example.com/' };
    const utm = { source: 'Newsletter', medium: 'email', campaign: 'spring' };
    await tenant.api
      .post('/v1/links')
      .send({ ...link, utm })
      .expect(201);
    await tenant.api.post('/v1/clicks').send({ slug: 'spring', click_id: 'clk_known', eid: '501' }).expect(202);
    const row = { conversion_id: 'order-2', click_id: 'clk_known', utm: { campaign: 'Own' } };
    await post(row).expect(202);
    expect(await kept('order-2')).toMatchObject({
      link: { slug: 'spring', title: 'Spring offer', shortUrl: expect.stringContaining('/r/spring') },
      utm: { source: 'newsletter', medium: 'email', campaign: 'own' },
    });
  });

  it('of another workspace tells nothing', async () => {
    const other = await server.makeTenant();
    const link = { slug: 'theirs', title: 'Theirs', destination: 'https://www.example.com/' };
    await other.api.post('/v1/links').send(link).expect(201);
    await other.api.post('/v1/clicks').send({ slug: 'theirs', click_id: 'clk_theirs' }).expect(202);
    await post({ conversion_id: 'order-3', click_id: 'clk_theirs' }).expect(202);
    expect(await kept('order-3')).toMatchObject({ link: null, utm: {} });
  });

  it('costs a batch two questions to the store, however many rows', async () => {
    const rows = (count: number) => Array.from({ length: count }, (_, i) => ({ click_id: `clk_${count}_${i}` }));
    const reads = async (count: number): Promise<number> => {
      let seen = 0;
      const look = ({ commandName }: { commandName: string }) => {
        if (commandName === 'find' || commandName === 'aggregate') seen += 1;
      };
      server.store.client.on('commandStarted', look);
      await post({ conversions: rows(count) }).expect(202);
      server.store.client.off('commandStarted', look);
      return seen;
    };
    await reads(1);
    expect(await reads(500)).toBeLessThanOrEqual(await reads(2));
  });
});

describe('money', () => {
  it.each([
    [99.9, 'EUR', 99.9],
    ['99.90', 'eur', 99.9],
    [0, 'USD', 0],
    [100, 'JPY', 100],
    ['100.00', 'JPY', 100],
    [1.234, 'KWD', 1.234],
  ])('%j %s is taken', async (value, currency, amount) => {
    const { body } = await post({ email: 'sam@example.com', value, currency });
    expect(await kept(body.results[0].conversion_id)).toMatchObject({
      value: amount,
      currency: currency.toUpperCase(),
    });
  });

  it.each([
    [{ value: 5 }, 'currency'],
    [{ value: 5, currency: 'EURO' }, 'currency'],
    [{ value: 5, currency: 'XYZ' }, 'currency'],
    [{ value: 100.5, currency: 'JPY' }, 'value'],
    [{ value: 9.999, currency: 'EUR' }, 'value'],
    [{ value: -1, currency: 'EUR' }, 'value'],
    [{ value: 1e12, currency: 'EUR' }, 'value'],
    [{ value: '1,5', currency: 'EUR' }, 'value'],
    [{ value: '1e3', currency: 'EUR' }, 'value'],
    [{ value: '', currency: 'EUR' }, 'value'],
    [{ value: null, currency: 'EUR' }, 'value'],
  ])('%j is refused', async (money, field) => {
    const { status, body } = await post({ email: 'sam@example.com', ...money });
    expect([status, body.error.field]).toEqual([400, field]);
  });
});

it.each([
  [{ event: 'conversion.deleted' }, 'event'],
  [{ conversion_id: 'a b' }, 'conversion_id'],
  [{ conversion_id: '' }, 'conversion_id'],
  [{ click_id: { $gt: '' } }, 'click_id'],
  [{ name: '' }, 'name'],
  [{ name: 'nul\u0000' }, 'name'],
  [{ name: 'x'.repeat(101) }, 'name'],
  [{ email: 'not an address' }, 'email'],
  [{ hs_contact_id: 'abc' }, 'hs_contact_id'],
  [{ utm: { source: 7 } }, 'utm.source'],
  [{ occurred_at: 'yesterday' }, 'occurred_at'],
  [{ occurred_at: Date.now() + day }, 'occurred_at'],
  [{ occurred_at: Date.now() - 31 * day }, 'occurred_at'],
  [{ colour: 'red' }, 'colour'],
])('the field at fault is named in %j', async (wrong, field) => {
  const { status, body } = await post({ click_id: 'clk_1', ...wrong });
  expect([status, body.error.field]).toEqual([400, field]);
});

describe('a batch', () => {
  it('keeps the good rows and names the bad one', async () => {
    const conversions = [{ conversion_id: 'a' }, { conversion_id: 'b', value: 1 }, { conversion_id: 'c' }];
    const { status, body } = await post({ conversions });
    expect(status).toBe(202);
    expect(body).toMatchObject({ accepted: 2, duplicates: 0, rejected: 1 });
    expect(body.results[1]).toMatchObject({ index: 1, status: 'rejected', error: { field: 'currency' } });
  });

  it('with the same conversion twice keeps it once, and two that differ are told apart', async () => {
    const row = { click_id: 'clk_9', name: 'Demo' };
    const { body } = await post({ conversions: [row, row, { ...row, email: 'sam@example.com' }] });
    expect(body.results.map(({ status }: { status: string }) => status)).toEqual(['accepted', 'duplicate', 'rejected']);
  });

  it('of 1,000 is taken and of 1,001 refused', async () => {
    const conversions = Array.from({ length: 1_001 }, (_, i) => ({ conversion_id: `row-${i}` }));
    const tooMany = await post({ conversions });
    expect([tooMany.status, tooMany.body.error.field]).toEqual([413, 'conversions']);
    const { status, body } = await post({ conversions: conversions.slice(1) });
    expect([status, body.accepted]).toEqual([202, 1_000]);
  });

  it('of bad rows only is refused with all of their receipts', async () => {
    const { status, body } = await post({ conversions: [{ value: 1 }, 7, null] });
    expect(status).toBe(400);
    expect(body.error.details.results).toHaveLength(3);
  });
});

it('a key without conversions:write is refused', async () => {
  const { api } = await server.makeTenant({ scopes: ['clicks:write'] });
  const { status, body } = await api.post('/v1/conversions').send(documented);
  expect([status, body.error.details.scope]).toEqual([403, 'conversions:write']);
});
