// Replies of the Card API for the tests of the cards: typed by the contract, so a reply that the server would not give does not compile.
import type {
  CardClick,
  CardContact,
  CardDeal,
  CardHome,
  CardMove,
  CardRuleProgress,
  CardSettings,
} from '../../../src/app/cards/shared/card-api.ts';

export const now = '2026-11-25T12:00:00.000Z';

const jane = { id: '501', name: 'Jane Doe' };
const pricing = { slug: 'q2-pricing', title: 'Q2 pricing PDF', short_url: 's.example.com/r/q2-pricing' };
const pipeline = { id: 'default', name: 'Sales pipeline' };
const appointment = { id: 'appointmentscheduled', name: 'Appointment scheduled', pipeline };
const qualified = { id: 'qualifiedtobuy', name: 'Qualified', pipeline };

const trend = Array.from({ length: 30 }, (_, index) => ({
  day: new Date(Date.parse('2026-10-27T00:00:00Z') + index * 86_400_000).toISOString().slice(0, 10),
  clicks: index % 3,
}));

const activity = {
  connection: {
    state: 'connected',
    since: '2026-10-01T08:00:00.000Z',
    reason: null,
    preparing: false,
    words: 'Connected.',
    next_step: null,
  },
  now,
  // The end of the day, hours ahead of the clicks.
  period: {
    days: 30,
    from: '2026-10-27T00:00:00.000Z',
    to: '2026-11-26T00:00:00.000Z',
    before_from: '2026-09-27T00:00:00.000Z',
  },
  clicks: { now: 12, before: 5, more: false },
  machine: { clicks: 4, more: false },
  trend,
} as const satisfies Partial<Omit<CardDeal, 'trend'>> & { trend: CardDeal['trend'] };

const counted = { clicks: 9, last_at: '2026-11-25T09:00:00.000Z' };

export function click(change: Partial<CardClick> = {}): CardClick {
  return {
    id: 'clk_1',
    at: '2026-11-25T09:00:00.000Z',
    contact: jane,
    link: pricing,
    country: 'DE',
    device: 'mobile',
    verdict: 'human',
    state: 'delivered',
    reason: null,
    ...change,
  };
}

export function rule(change: Partial<CardRuleProgress> = {}): CardRuleProgress {
  return {
    id: 'rul_1',
    name: 'Pricing readers',
    mode: 'act',
    by: 'link_tag',
    value: 'sales-collateral',
    window_days: 7,
    target: qualified,
    contact: jane,
    have: 2,
    need: 5,
    missing: 3,
    decision: 'not_yet',
    blocked_by: [],
    words: '3 more clicks',
    ...change,
  };
}

export function move(change: Partial<CardMove> = {}): CardMove {
  return {
    id: 'mov_1',
    rule: { id: 'rul_1', name: 'Pricing readers', version: 1 },
    deal_id: '701',
    deal_name: 'Acme renewal',
    contact: jane,
    from: appointment,
    to: qualified,
    state: 'done',
    at: '2026-11-23T12:00:00.000Z',
    counted: 5,
    excluded: [{ reason: 'a machine', clicks: 2 }],
    guards: [{ name: 'associated_contact', ok: true, words: 'The contact is associated with the deal.' }],
    words: 'Five clicks',
    undo: { possible: true, reason: null },
    ...change,
  };
}

export function deal(change: Partial<CardDeal> = {}): CardDeal {
  return {
    ...activity,
    links: [{ link: pricing, ...counted }],
    contacts: [{ contact: jane, ...counted }],
    deal: { id: '701', name: 'Acme renewal', stage: appointment, amount: 5000, seen_at: now },
    recent: {
      clicks: [click(), click({ id: 'clk_2', contact: null, country: null, device: null })],
      next_cursor: null,
    },
    top_links: [{ link: pricing, ...counted }],
    rules: [rule()],
    last_move: null,
    log_url: 'https://elido.example.com/log?deal=701',
    ...change,
  };
}

export function contact(change: Partial<CardContact> = {}): CardContact {
  const utm = { source: 'webinar', medium: 'email', campaign: 'q2-pricing', content: null, term: null };
  return {
    ...activity,
    links: [{ link: pricing, ...counted }],
    contact: jane,
    recent: { clicks: [click()], next_cursor: null },
    top_links: [{ link: pricing, ...counted }],
    touches: {
      first: { click_id: 'clk_0', at: '2026-11-20T12:00:00.000Z', slug: 'q2-pricing', utm },
      lead: null,
      deal: null,
      last: { click_id: 'clk_1', at: '2026-11-25T09:00:00.000Z', slug: 'q2-pricing', utm },
    },
    conversions: [
      {
        id: 'cnv_1',
        at: '2026-11-24T12:00:00.000Z',
        name: 'demo-booked',
        value: 49.9,
        currency: 'EUR',
        link: pricing,
        state: 'delivered',
        reason: null,
      },
    ],
    missing: { events: [], more: false },
    log_url: 'https://elido.example.com/log?contact=501',
    ...change,
  };
}

export function home(change: Partial<CardHome> = {}): CardHome {
  return {
    ...activity,
    links: [{ link: pricing, ...counted }],
    contacts: [{ contact: jane, ...counted }],
    deals: [{ deal: { id: '701', name: 'Acme renewal', stage: appointment }, ...counted }],
    rules: [{ ...rule(), enabled: true }],
    moves: [move()],
    queue: { waiting: 0, blocked: 0, more: false, oldest_at: null },
    problems: [],
    console_url: 'https://elido.example.com/console',
    ...change,
  };
}

export function settings(change: Partial<CardSettings> = {}): CardSettings {
  return {
    connection: activity.connection,
    user: { id: '7', can_change: true, reason: null },
    connections: [{ id: 'con_1', workspace: 'My team', state: 'active' }],
    selected: {
      id: 'con_1',
      portal_id: 123,
      hub_domain: 'acme.example.com',
      state: 'active',
      mode: 'clicks_and_conversions',
      dialect: 'notes',
      conversion_stage: null,
      connected_at: '2026-10-01T08:00:00.000Z',
      health: {
        state: 'connected',
        since: '2026-10-01T08:00:00.000Z',
        reason: null,
        words: 'Connected.',
        next_step: null,
        last_refresh_at: '2026-11-25T11:40:00.000Z',
        token_expires_at: '2026-11-25T12:10:00.000Z',
      },
      scopes: { granted: ['oauth', 'timeline'], missing: [] },
      asked_scopes: [],
      last_refresh_at: '2026-11-25T11:40:00.000Z',
      provisioning: { state: 'ready', at: now, steps: [] },
    },
    scopes: [
      { scope: 'oauth', granted: true, reason: 'Lets the app be installed.', without: 'No installation.' },
      { scope: 'timeline', granted: true, reason: 'Writes the clicks.', without: 'No click appears.' },
    ],
    field_mapping: [
      {
        source: 'utm_source',
        object: 'contact',
        property: 'lead_source',
        label: 'Lead source',
        type: 'string',
        problem: null,
      },
    ],
    sources: [
      { source: 'utm_source', types: ['string', 'enumeration'] },
      { source: 'value', types: ['number'] },
    ],
    rules: [{ ...rule(), enabled: true, connection_id: 'con_1', version: 1 }],
    pipelines: [
      {
        id: 'default',
        label: 'Sales pipeline',
        stages: [
          { id: 'appointmentscheduled', label: 'Appointment scheduled', is_closed: false },
          { id: 'qualifiedtobuy', label: 'Qualified', is_closed: false },
        ],
      },
    ],
    retention_days: 400,
    recent_clicks_days: 30,
    dialects: [
      { name: 'app_events', available: false },
      { name: 'timeline_v3', available: false },
      { name: 'notes', available: true },
    ],
    disconnect: { uninstalls: true, waiting: 3, waiting_more: false },
    console_url: 'https://elido.example.com/console',
    ...change,
  };
}
