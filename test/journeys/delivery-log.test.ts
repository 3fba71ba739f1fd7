// The delivery log as its readers use it: pages, filters, files, and the story of one event.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestWorld, until, type TestWorld } from '../helpers/start-test-world.ts';
import type { Tenant } from '../helpers/start-test-server.ts';

type Row = Record<string, unknown> & { event_id: string };
interface Page {
  deliveries: Row[];
  next_cursor: string | null;
}

let world: TestWorld;

beforeAll(async () => {
  world = await startTestWorld();
  const { api } = world.tenant;
  await api
    .post('/v1/links')
    .send({ slug: 'other', title: '=HYPERLINK("x")', destination: 'https://www.example.com/' })
    .expect(201);
  await world.click([
    { click_id: 'by-501', eid: '501' },
    { click_id: 'by-502', eid: '502', slug: 'other' },
    { click_id: 'nobody', eid: '999' },
    { click_id: 'no-name' },
    { click_id: 'waits', gclid: 'g-1' },
    { click_id: 'robot', eid: '503', user_agent: 'curl/8.5.0' },
  ]);
  await world.settled();
  world.advance(1_000);
  await api
    .post('/v1/conversions')
    .send({ conversion_id: 'bought', email: 'c504@example.com', value: 99, currency: 'EUR' })
    .expect(202);
  await world.settled();
});
afterAll(() => world.close());

async function page(query: Record<string, unknown>, who: Tenant = world.tenant): Promise<Page> {
  const { body } = await who.api.get('/v1/deliveries').query(query).expect(200);
  return body as Page;
}

async function ids(query: Record<string, unknown>): Promise<string[]> {
  return (await page(query)).deliveries.map(({ event_id: id }) => id).sort();
}

describe('filters', () => {
  it.each([
    [{}, ['bought', 'by-501', 'by-502', 'no-name', 'nobody', 'robot', 'waits']],
    [{ event_id: 'by-501' }, ['by-501']],
    [{ event_id: 'by-501', state: 'dead' }, []],
    [{ event_id: 'never' }, []],
    [{ contact_id: '501' }, ['by-501']],
    [{ contact_id: '501', link: 'other' }, []],
    [{ link: 'other' }, ['by-502']],
    [{ link: 'q2-pricing', contact_id: '501', kind: 'click', state: 'delivered', verdict: 'human' }, ['by-501']],
    [{ state: 'delivered' }, ['bought', 'by-501', 'by-502']],
    [{ state: 'skipped' }, ['no-name', 'nobody', 'robot']],
    [{ state: 'waiting_contact' }, ['waits']],
    [{ state: 'queued' }, []],
    [{ reason: 'machine_click' }, ['robot']],
    [{ reason: 'no_identity', state: 'skipped' }, ['no-name']],
    [{ verdict: 'machine' }, ['robot']],
    [{ kind: 'conversion' }, ['bought']],
    [{ portal_id: 62_515, kind: 'conversion' }, ['bought']],
    [{ to: '2020-01-01T00:00:00Z' }, []],
    [{ time: 'occurred', from: '2020-01-01T00:00:00Z', kind: 'conversion' }, ['bought']],
    [{ time: 'occurred', from: '2020-01-01T00:00:00+02:00', to: '2020-01-02T00:00:00Z' }, []],
  ])('%j finds %j', async (query, expected) => {
    expect(await ids(query)).toEqual(expected);
  });

  it.each([
    [{ reason: 'no_such_reason' }, 'reason'],
    [{ link: 'no-such-link' }, 'link'],
    [{ link: 'other', kind: 'conversion' }, 'link'],
    [{ connection_id: 'con_none' }, 'connection_id'],
    [{ portal_id: 4 }, 'portal_id'],
    [{ from: 'yesterday' }, 'from'],
    [{ from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' }, 'to'],
    [{ limit: 201 }, 'limit'],
    [{ cursor: 'abc' }, 'cursor'],
    [{ colour: 'red' }, 'colour'],
    [{ state: ['dead', 'skipped'] }, 'state'],
  ])('%j is refused and names the field', async (query, field) => {
    const { status, body } = await world.tenant.api.get('/v1/deliveries').query(query);
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ code: 'invalid_request', field });
  });

  it('another workspace sees nothing of it', async () => {
    const stranger = await world.server.makeTenant();
    expect(await page({}, stranger)).toEqual({ deliveries: [], next_cursor: null });
    expect(await page({ event_id: 'by-501' }, stranger)).toEqual({ deliveries: [], next_cursor: null });
  });
});

it('a row says what happened in words, and what to do next', async () => {
  const [robot] = (await page({ event_id: 'robot' })).deliveries;
  expect(robot).toMatchObject({
    kind: 'click',
    link: { slug: 'q2-pricing', title: 'Q2 pricing PDF' },
    state: 'skipped',
    reason: { code: 'machine_click', words: expect.stringContaining('Not a person') },
    verdict: { verdict: 'machine', words: expect.stringMatching(/curl/i) },
    due_at: null,
  });
  const [delivered] = (await page({ event_id: 'by-501' })).deliveries;
  expect(delivered).toMatchObject({
    contact_id: '501',
    deal_ids: ['701'],
    timeline: [
      { target: 'contact', written: true },
      { target: 'deal:701', written: true },
    ],
    attempts: 1,
  });
  const [waits] = (await page({ event_id: 'waits' })).deliveries;
  expect(waits?.['due_at']).toEqual(expect.any(String));
});

it('pages run from the newest to the oldest, miss nothing, and are not shifted by what arrives meanwhile', async () => {
  const clicks = Array.from({ length: 23 }, (_, index) => ({ click_id: `p${index}`, eid: '505' }));
  await world.click(clicks);
  await world.settled();
  const seen: Row[] = [];
  let cursor: string | null = null;
  let arrived = 0;
  do {
    const next: Page = await page({ contact_id: '505', limit: 5, ...(cursor === null ? {} : { cursor }) });
    seen.push(...next.deliveries);
    cursor = next.next_cursor;
    if (arrived < 3) {
      await world.click([{ click_id: `meanwhile-${arrived++}`, eid: '505' }]);
      await world.settled();
    }
  } while (cursor !== null);
  expect(seen.map(({ event_id: id }) => id).sort()).toEqual(clicks.map(({ click_id: id }) => id).sort());
  const arrivals = seen.map((row) => String(row['received_at']));
  expect(arrivals).toEqual([...arrivals].sort().reverse());
});

describe('files', () => {
  it('CSV has a row per delivery, and no cell that a spreadsheet would run', async () => {
    const { text, headers } = await world.tenant.api
      .get('/v1/deliveries/export')
      .query({ format: 'csv', link: 'other' })
      .expect(200);
    expect(headers['content-type']).toContain('text/csv');
    expect(headers['content-disposition']).toContain('deliveries.csv');
    const lines = text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^event_id,kind,/);
    expect(lines[1]).toMatch(/^by-502,click,62515,/);
  });

  it('NDJSON has the rows of the API, and trailers say that it is complete', async () => {
    const reply = await fetch(`${world.server.url}/v1/deliveries/export?format=ndjson&state=skipped`, {
      headers: { authorization: `Bearer ${world.tenant.key}` },
    });
    const rows = (await reply.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows).toEqual((await page({ state: 'skipped' })).deliveries);
    expect(reply.headers.get('trailer')).toContain('X-Export-Complete');
  });

  it('a file that does not hold everything says so at its end', async () => {
    const { text } = await world.tenant.api
      .get('/v1/deliveries/export')
      .query({ format: 'ndjson', max_rows: 2 })
      .buffer()
      .parse((res, done) => {
        let body = '';
        res.on('data', (chunk: Buffer) => (body += chunk.toString()));
        res.on('end', () => done(null, body));
      })
      .then(({ body }) => ({ text: body as string }));
    const lines = text.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(JSON.parse(lines[2] ?? '').notice).toContain('ends after 2 rows');
  });

  it('an unknown format is refused before anything is sent', async () => {
    const { status, body } = await world.tenant.api.get('/v1/deliveries/export').query({ format: 'xls' });
    expect(status).toBe(400);
    expect(body.error.field).toBe('format');
  });
});

describe('"why is this click not on the timeline?"', () => {
  const why = async (eventId: string) =>
    (await world.tenant.api.get(`/v1/events/${eventId}/explanation`).expect(200)).body;
  const codes = (story: { connections: { steps: { code: string; state: string }[] }[] }) =>
    story.connections[0]?.steps.map(({ code, state }) => `${code}: ${state}`);

  it('of one that is there: every step, and by what it was matched', async () => {
    const story = await why('by-501');
    expect(story).toMatchObject({
      found: true,
      answer: expect.stringMatching(/^On the timeline of contact 501 since/),
    });
    expect(codes(story)).toEqual([
      'arrived: done',
      'connection: done',
      'verdict: done',
      'contact: done',
      'plan: done',
      'timeline: done',
      'hubspot: done',
      'next: done',
    ]);
    expect(JSON.stringify(story)).toContain('by the HubSpot contact id in eid');
  });

  it.each([
    ['nobody', 'no contact with the id', 'contact: stopped'],
    ['no-name', 'No matching contact', 'contact: stopped'],
    ['robot', 'Not a person', 'verdict: stopped'],
    ['waits', 'Not on the timeline yet. Waiting for a form submission', 'contact: waiting'],
  ])('of %s: %s', async (eventId, words, step) => {
    const story = await why(eventId);
    expect(story.answer).toContain(words);
    expect(codes(story)).toContain(step);
  });

  it('of one that HubSpot refuses for now: its answer, the attempts and when it is tried again', async () => {
    const { id } = world.sandbox.control.addFault({
      path: '/integrators/timeline/2026-03/events/batch',
      action: { kind: 'status', status: 500 },
    });
    await world.click([{ click_id: 'later', eid: '501' }]);
    await until('the failure is in the log', async () => (await world.delivery('later')).state === 'retrying');
    const story = await why('later');
    world.sandbox.control.clearFaults(id);
    expect(story.answer).toContain('tried again by itself');
    expect(codes(story)).toEqual(expect.arrayContaining(['timeline: waiting', 'hubspot: waiting', 'next: waiting']));
  });

  it('of one that came before any portal was connected', async () => {
    const early = await world.server.makeTenant();
    await early.api.post('/v1/links').send({ slug: 'early', title: 'E', destination: 'https://www.example.com/' });
    await early.api.post('/v1/clicks').send({ click_id: 'too-early', slug: 'early', eid: '501' }).expect(202);
    const { body } = await early.api.get('/v1/events/too-early/explanation').expect(200);
    expect(body.answer).toContain('No HubSpot portal was connected');
    expect(codes(body)).toContain('connection: stopped');
  });

  it('of one that nobody has seen: never arrived, and what to check', async () => {
    const story = await why('never-seen');
    expect(story).toMatchObject({
      found: false,
      connections: [],
      answer: expect.stringContaining('Never arrived here'),
    });
    expect(story.check.length).toBeGreaterThan(3);
  });

  it('an id that cannot be one is refused', async () => {
    const { status, body } = await world.tenant.api.get(`/v1/events/${encodeURIComponent('a b')}/explanation`);
    expect(status).toBe(400);
    expect(body.error.field).toBe('event_id');
  });
});
