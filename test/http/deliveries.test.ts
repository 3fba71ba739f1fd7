// The edges of the delivery log: what never leaves it, what a spreadsheet must not run, and pages over a long history.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDelivery, type Delivery } from '../../server/domain/delivery.ts';
import { redacted } from '../../server/domain/log-redaction.ts';
import { csvLine } from '../../server/http/manage/log-file.ts';
import { startTestServer, type Tenant, type TestServer } from '../helpers/start-test-server.ts';

let server: TestServer;
let tenant: Tenant;

beforeAll(async () => {
  server = await startTestServer();
  tenant = await server.makeTenant();
});
afterAll(() => server.close());

const startAt = Date.parse('2026-03-01T00:00:00Z');

interface Sample {
  id: string;
  at?: number;
  workspaceId?: string;
  facts?: Partial<Pick<Delivery, 'state' | 'reason' | 'detail' | 'contactId' | 'verdict'>>;
}

function sample({ id, at = startAt, workspaceId = tenant.workspaceId, facts = {} }: Sample): Delivery {
  const made = makeDelivery({
    event: {
      kind: 'conversion',
      conversion: {
        conversionId: id,
        workspaceId,
        digest: id,
        name: 'Demo',
        value: null,
        currency: '',
        utm: {},
        clickId: null,
        link: null,
        email: 'jane@example.com',
        hsContactId: null,
        at,
        receivedAt: at,
      },
    },
    holdMs: 0,
    connection: { _id: `con_${workspaceId}`, portalId: 7 },
    audience: 1,
  });
  return { ...made, state: 'delivered', dueAt: null, ...facts };
}

describe("HubSpot's answer", () => {
  it.each([
    ['Email address jane.doe+x@example.co.uk is invalid', 'Email address [email] is invalid'],
    ['Contact already exists: <müller@exämple.de>', 'Contact already exists: <[email]>'],
    ['phone "+49 170 1234567" is not valid', 'phone "[phone]" is not valid'],
    ['sent Bearer CJSP5qf1KhICAQEYs-gDIIGOBii1hQIyGQAf3xBK', 'sent [token]'],
    [`token ${'a1B2'.repeat(16)} expired`, 'token [removed] expired'],
    ['correlation 5f0b9e7a-1c2d-4e3f-8a9b-0c1d2e3f4a5b', 'correlation 5f0b9e7a-1c2d-4e3f-8a9b-0c1d2e3f4a5b'],
    ['Property "elido_last_utm_source" does not exist', 'Property "elido_last_utm_source" does not exist'],
  ])('%s', (text, shown) => {
    expect(redacted(text)).toBe(shown);
  });

  it('leaves the log without personal data, in pages, stories and files; an email never shows', async () => {
    const facts = { state: 'dead', reason: 'hubspot_validation', detail: 'jane@example.com is taken' } as const;
    const { key, workspaceId, api } = await server.makeTenant();
    await server.context.store.deliveries.insertNew([sample({ id: 'leaky', workspaceId, facts })]);
    const page = await api.get('/v1/deliveries').expect(200);
    expect(page.body.deliveries[0].detail).toBe('[email] is taken');
    const story = await api.get('/v1/events/leaky/explanation').expect(200);
    const headers = { authorization: `Bearer ${key}` };
    const file = await (await fetch(`${server.url}/v1/deliveries/export?format=csv`, { headers })).text();
    expect(file).toContain('[email] is taken');
    expect([JSON.stringify(page.body), JSON.stringify(story.body), file].join('')).not.toContain('jane@');
  });
});

describe('a cell of a CSV file', () => {
  it.each([
    ['=1+1', '"\'=1+1"'],
    ['+49', '"\'+49"'],
    ['-2', '"\'-2"'],
    ['@SUM(A1)', '"\'@SUM(A1)"'],
    ['\t=1', '"\'\t=1"'],
    [' =1', '"\' =1"'],
    ['say "hi", you', '"say ""hi"", you"'],
    ['two\nlines', '"two\nlines"'],
    ['plain', 'plain'],
    ['', ''],
  ])('%j is written as %j', (cell, written) => {
    expect(csvLine([cell])).toBe(`${written}\r\n`);
  });

  it('of a number is the number, and of nothing is empty', () => {
    expect(csvLine([-3, null, 4])).toBe('-3,,4\r\n');
  });
});

describe('over a long history', () => {
  const rows = 12_500;
  let long: Tenant;

  beforeAll(async () => {
    long = await server.makeTenant();
    const { workspaceId } = long;
    // A hundred in each millisecond; one in five thousand is what somebody looks for.
    const all = Array.from({ length: rows }, (_, index) => {
      const rare = index % 5_000 === 1;
      const facts = rare
        ? ({ state: 'dead', reason: 'hubspot_validation', contactId: '9' } as const)
        : { contactId: '1' };
      return sample({
        id: `e${String(index).padStart(6, '0')}`,
        at: startAt + Math.floor(index / 100),
        workspaceId,
        facts,
      });
    });
    for (let start = 0; start < rows; start += 2_500)
      await server.context.store.deliveries.insertNew(all.slice(start, start + 2_500));
  });

  async function pages(query: Record<string, unknown>) {
    const found: string[] = [];
    let asked = 0;
    let cursor: string | null = null;
    do {
      const { body } = await long.api.get('/v1/deliveries').query(cursor === null ? query : { ...query, cursor });
      found.push(...body.deliveries.map((row: { event_id: string }) => row.event_id));
      cursor = body.next_cursor;
      asked++;
    } while (cursor !== null);
    return { found, asked };
  }

  it('pages through events of one millisecond miss none and repeat none', async () => {
    const to = new Date(startAt + 5).toISOString();
    const { found } = await pages({ to, limit: 33 });
    expect(found).toHaveLength(500);
    expect(new Set(found).size).toBe(500);
    expect(found).toEqual([...found].sort().reverse());
  });

  it('what no index knows is found too, in pages that may be short', async () => {
    const viaTime = await pages({ time: 'occurred', from: new Date(startAt).toISOString(), state: 'dead' });
    expect(viaTime.found).toEqual(['e010001', 'e005001', 'e000001']);
    const none = await pages({ verdict: 'unsure' });
    expect(none.found).toEqual([]);
    expect(none.asked).toBeGreaterThan(1);
  });

  it('the export holds every row once', async () => {
    const reply = await fetch(`${server.url}/v1/deliveries/export?format=ndjson`, {
      headers: { authorization: `Bearer ${long.key}` },
    });
    const lines = (await reply.text()).trimEnd().split('\n');
    expect(new Set(lines.map((line) => JSON.parse(line).event_id)).size).toBe(rows);
    expect(lines).toHaveLength(rows);
  });

  it('a reader that goes away in the middle stops the export', async () => {
    const ending = new AbortController();
    const reply = await fetch(`${server.url}/v1/deliveries/export?format=csv`, {
      headers: { authorization: `Bearer ${long.key}` },
      signal: ending.signal,
    });
    await reply.body?.getReader().read();
    ending.abort();
    await expect(long.api.get('/v1/deliveries').expect(200)).resolves.toMatchObject({ status: 200 });
  });
});

it('cursors of nonsense are refused, whatever is in them', async () => {
  for (const inside of ['[]', '{}', '[1]', '["a","b"]', '[-1,"x"]', '[1e99,"x"]', 'null', '[1,"x",2]', '']) {
    const cursor = Buffer.from(inside).toString('base64url');
    const { status, body } = await tenant.api.get('/v1/deliveries').query({ cursor });
    expect({ inside, status, field: body.error?.field }).toEqual({ inside, status: 400, field: 'cursor' });
  }
});
