// The deal card through the front door: what an account executive sees, filter by filter and state by state.
import type { z } from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardDealSchema } from '../../server/contract/card-reading.ts';
import { startCardWorld, type CardWorld } from '../helpers/card-world.ts';
import { until } from '../helpers/start-test-world.ts';

let world: CardWorld;
const dayMs = 24 * 3600_000;

const rule = `name: Hot deals
trigger:
  link_tag: sales-collateral
  contact_window: 30d
  click_threshold: 5
action:
  type: advance_deal_stage
  pipeline: default
  from_stage: appointmentscheduled
  to_stage: qualifiedtobuy
`;

const scanner = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';
const browser = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';

beforeAll(async () => {
  world = await startCardWorld();
  const { tenant, server } = world;
  await tenant.api
    .post('/v1/links')
    .send({ slug: 'case', title: 'Case study', destination: 'https://www.example.com/c' });
  await tenant.api.post('/v1/rules').send({ connection_id: world.connection._id, text: rule }).expect(201);
  const now = server.context.now();
  const click = (id: string, more: Record<string, unknown> = {}) => ({
    click_id: id,
    eid: '501',
    user_agent: browser,
    occurred_at: now - 3600_000,
    country: 'DE',
    ...more,
  });
  await world.click([
    click('d-1'),
    click('d-2', { occurred_at: now - 2 * dayMs }),
    click('d-3', { slug: 'case', occurred_at: now - 3 * dayMs }),
    click('d-old', { occurred_at: now - 40 * dayMs }),
    click('d-robot', { user_agent: scanner }),
  ]);
  await world.settled();
});
afterAll(() => world.close());

const deal = (query = '', call = {}) => world.asked(cardDealSchema, `/deals/701${query}`, call);

describe('the deal card', () => {
  it('counts human clicks of the period and of the one before, and shows each day', async () => {
    const { clicks, trend, period, connection, now } = await deal();
    // The clock of the server, and not the end of the day.
    const ahead = Date.parse(now) - world.server.context.now();
    expect(ahead).toBeLessThanOrEqual(0);
    expect(ahead).toBeGreaterThan(-120_000);
    expect(connection).toMatchObject({ state: 'connected', reason: null });
    expect(clicks).toEqual({ now: 3, before: 1, more: false });
    expect(trend).toHaveLength(30);
    expect(trend.reduce((sum, day) => sum + day.clicks, 0)).toBe(3);
    expect(period.days).toBe(30);
    expect((await deal('?days=90')).clicks).toEqual({ now: 4, before: 0, more: false });
  });

  it('says who clicked what, when and from where, newest first', async () => {
    const { recent, top_links: top } = await deal();
    expect(recent.clicks.map(({ id }) => id)).toEqual(['d-1', 'd-2', 'd-3', 'd-old']);
    expect(recent.clicks[0]).toMatchObject({
      contact: { id: '501', name: 'Contact 501' },
      link: { slug: 'q2-pricing', title: 'Q2 pricing PDF' },
      country: 'DE',
      verdict: 'human',
      state: 'delivered',
    });
    expect(top.map(({ link, clicks }) => [link.slug, clicks])).toEqual([
      ['q2-pricing', 2],
      ['case', 1],
    ]);
  });

  it('counts machines apart and lists them when asked', async () => {
    expect((await deal()).machine).toEqual({ clicks: 1, more: false });
    const { recent } = await deal('?verdict=machine');
    expect(recent.clicks.map(({ id, verdict, reason }) => [id, verdict, reason])).toEqual([
      ['d-robot', 'machine', 'machine_click'],
    ]);
  });

  it('filters by link and contact and goes on offering the rest', async () => {
    const one = await deal('?link=case');
    expect(one.clicks.now).toBe(1);
    expect(one.links.map(({ link }) => link.slug)).toEqual(['q2-pricing', 'case']);
    expect(one.contacts.map(({ contact }) => contact.id)).toEqual(['501']);
    expect((await deal('?contact=502')).clicks.now).toBe(0);
  });

  it('says how many clicks of whom move the deal, and where to', async () => {
    const { rules, deal: shown, last_move: move } = await deal();
    expect(shown).toMatchObject({ name: 'Deal 701', amount: 9000, stage: { id: 'appointmentscheduled' } });
    expect(rules).toHaveLength(1);
    expect(rules[0]).toMatchObject({
      name: 'Hot deals',
      contact: { id: '501', name: 'Contact 501' },
      have: 2,
      need: 5,
      missing: 3,
      decision: 'not_yet',
      blocked_by: [],
      target: { id: 'qualifiedtobuy', pipeline: { id: 'default' } },
    });
    expect(rules[0]?.target.name).not.toBeNull();
    expect(rules[0]?.words).toMatch(/^3 more clicks by Contact 501 move this deal to /);
    expect(move).toBeNull();
  });

  it('pages through many clicks without leaving one out or showing one twice', async () => {
    const at = world.server.context.now() - 5 * dayMs;
    // Some share one moment, over the edge of a page.
    const many = Array.from({ length: 45 }, (_, index) => ({
      click_id: `page-${index}`,
      eid: '502',
      slug: 'case',
      user_agent: browser,
      occurred_at: at + Math.floor(index / 30),
    }));
    await world.click(many);
    await world.settled();
    const seen: string[] = [];
    let cursor: string | null = '';
    let pages = 0;
    while (cursor !== null) {
      const page: z.infer<typeof cardDealSchema> = await world.asked(
        cardDealSchema,
        `/deals/703${cursor === '' ? '' : `?cursor=${cursor}`}`,
      );
      seen.push(...page.recent.clicks.map(({ id }) => id));
      cursor = page.recent.next_cursor;
      pages += 1;
    }
    expect(pages).toBe(3);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(
      world.sandbox.control.events(62_515, { objectType: 'deals', objectId: '703' }).events.length,
    );
  });

  it('asks HubSpot nothing', async () => {
    const before = world.sandbox.control.log({}).length;
    await deal();
    await deal('?days=90&link=case');
    expect(world.sandbox.control.log({}).length).toBe(before);
  });

  it('is small, private, and not sent again while nothing changed', async () => {
    const first = await world.card('/deals/701');
    expect(first.bytes).toBeLessThan(50_000);
    expect(first.headers['cache-control']).toBe('private, max-age=10');
    const etag = String(first.headers.etag);
    const second = await world.card('/deals/701', { headers: { 'if-none-match': etag } });
    expect(second).toMatchObject({ status: 304, bytes: 0 });
  });
});

describe('a deal without anything to show', () => {
  it('is an empty card, not an error', async () => {
    const empty = await world.asked(cardDealSchema, '/deals/999999');
    expect(empty.clicks).toEqual({ now: 0, before: 0, more: false });
    expect(empty.deal).toEqual({ id: '999999', name: null, stage: null, amount: null, seen_at: null });
    expect(empty.rules[0]).toMatchObject({ blocked_by: [{ guard: 'deal_unknown', params: {} }], contact: null });
  });

  it.each([
    ['/deals/abc', '400 invalid_request'],
    ['/deals/701?days=31', '400 invalid_request'],
    ['/deals/701?cursor=zzz', '400 invalid_request'],
    ['/deals/701?link=%24where', '400 invalid_request'],
    ['/deals', '404 not_found'],
  ])('refuses %s', async (path, answer) => {
    expect(await world.refused(path)).toBe(answer);
  });
});

describe('a move of a rule', () => {
  it('is explained on the card, can be taken back once, and a repeated request changes nothing', async () => {
    const now = world.server.context.now();
    await world.click(
      ['m-1', 'm-2', 'm-3'].map((id, index) => ({
        click_id: id,
        eid: '501',
        user_agent: browser,
        occurred_at: now - (index + 2) * 20_000,
      })),
    );
    await world.settled();
    await until('the deal was moved', () => world.record('deals', '701').dealstage === 'qualifiedtobuy');
    await until('the move is written down', async () => (await deal()).last_move?.state === 'done');
    const { last_move: move, deal: shown, rules } = await deal();
    expect(shown.stage?.id).toBe('qualifiedtobuy');
    expect(move).toMatchObject({
      rule: { name: 'Hot deals', version: 1 },
      from: { id: 'appointmentscheduled' },
      to: { id: 'qualifiedtobuy' },
      counted: 5,
      undo: { possible: true, reason: null },
    });
    expect(rules[0]?.decision).toBe('already_fired');
    const path = `/moves/${encodeURIComponent(move?.id ?? '')}/undo`;
    expect((await world.card(path, { method: 'POST' })).body).toMatchObject({
      state: 'undone',
      undo: { possible: false },
    });
    expect(world.record('deals', '701').dealstage).toBe('appointmentscheduled');
    const again = await world.card(path, { method: 'POST' });
    expect(again).toMatchObject({ status: 200, body: { state: 'undone', undo: { reason: 'already_undone' } } });
    expect((await deal()).rules[0]?.decision).toBe('exempt');
    expect(await world.refused('/moves/rul_none:1:701/undo', { method: 'POST' })).toBe('404 not_found');
  });
});
