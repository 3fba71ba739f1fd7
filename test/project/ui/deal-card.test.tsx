import {
  Accordion,
  Alert,
  Button,
  EmptyState,
  ErrorState,
  LineChart,
  LoadingButton,
  LoadingSpinner,
  ProgressBar,
  Select,
  StatisticsItem,
  TableRow,
} from '@hubspot/ui-extensions';
import { afterEach, expect, it, vi } from 'vitest';
import { DealCard } from '../../../src/app/cards/DealCard.tsx';
import { click, deal, move, rule } from './replies.ts';
import { answer, readAll, show } from './stage.ts';

afterEach(() => vi.restoreAllMocks());

it('shows a spinner, then the clicks of the last 30 days against the 30 before', async () => {
  const asked = answer({ getCardDeal: deal() });
  const card = show(<DealCard />);
  expect(card.find(LoadingSpinner).props.label).toBe('Loading clicks');
  await card.waitFor(() => card.find(StatisticsItem));
  expect(card.find(StatisticsItem).props.number).toBe('12');
  expect(readAll(card)).toContain('5 in the 30 days before');
  expect(card.find(LineChart).props.data).toHaveLength(30);
  expect(asked).toEqual([{ method: 'GET', path: '/card/v1/deals/701', query: { days: '30' }, body: null }]);
});

it('says who clicked what, when and from where, and how many clicks were machines', async () => {
  answer({ getCardDeal: deal() });
  const card = show(<DealCard />);
  await card.waitFor(() => expect(card.findAll(TableRow)).toHaveLength(3));
  const text = readAll(card);
  for (const part of ['Jane Doe', 'Q2 pricing PDF', '3 hours ago', 'Germany, phone', 'Somebody unknown'])
    expect(text).toContain(part);
  expect(card.find(Accordion).props.title).toBe('4 clicks by machines, not counted');
});

it('lists machine clicks only when somebody opens them', async () => {
  const machine = deal({ recent: { clicks: [click({ id: 'clk_bot', contact: null })], next_cursor: null } });
  const asked = answer({ getCardDeal: ({ query }) => (query.verdict === 'machine' ? machine : deal()) });
  const card = show(<DealCard />);
  await card.waitFor(() => card.find(Accordion));
  expect(asked).toHaveLength(1);
  card.find(Accordion).trigger('onClick');
  await card.waitFor(() => card.findByTestId(Button, 'why-clk_bot'));
  expect(asked[1]?.query).toEqual({ days: '30', verdict: 'machine' });
});

it.each([
  ['en', '3 more clicks by Jane Doe move this deal to Qualified'],
  ['de', 'Noch 3 Klicks von Jane Doe bringen diesen Deal nach Qualified'],
  ['fr', 'Encore 3 clics de Jane Doe et cette transaction passe à Qualified'],
  ['pt-br', '3 more clicks by Jane Doe move this deal to Qualified'],
])('says in %s how far the next rule is', async (language, title) => {
  answer({ getCardDeal: deal() });
  const card = show(<DealCard />, { language });
  await card.waitFor(() => expect(card.find(ProgressBar).props).toMatchObject({ title, value: 2, maxValue: 5 }));
});

it('says one click in the singular, and why a rule is blocked', async () => {
  const blocked = rule({ id: 'rul_2', decision: 'blocked', blocked_by: [{ guard: 'deal_amount_min', params: {} }] });
  answer({ getCardDeal: deal({ rules: [rule({ have: 4, missing: 1 }), blocked] }) });
  const card = show(<DealCard />);
  await card.waitFor(() => card.find(ProgressBar));
  expect(readAll(card)).toContain('1 more click by Jane Doe moves this deal to Qualified');
  expect(readAll(card)).toContain('The amount of the deal is too low.');
});

it('explains the last move and undoes it once the person has confirmed', async () => {
  let undone = false;
  const asked = answer({
    getCardDeal: () =>
      deal({
        last_move: undone ? move({ state: 'undone', undo: { possible: false, reason: 'already_undone' } }) : move(),
      }),
    postCardMoveUndo: () => {
      undone = true;
      return move({ state: 'undone', undo: { possible: false, reason: 'already_undone' } });
    },
  });
  const card = show(<DealCard />);
  await card.waitFor(() => card.findByTestId(Button, 'undo-mov_1'));
  expect(readAll(card)).toContain('Pricing readers moved this deal from Appointment scheduled to Qualified');
  expect(readAll(card)).toContain('2 clicks did not count: a machine');
  const overlay = card.findByTestId(Button, 'undo-mov_1').props.overlay;
  overlay?.find(LoadingButton).trigger('onClick');
  await card.waitFor(() => expect(readAll(card)).toContain('was undone'));
  expect(asked.filter(({ method }) => method === 'POST')).toEqual([
    { method: 'POST', path: '/card/v1/moves/mov_1/undo', query: {}, body: null },
  ]);
  expect(card.maybeFindByTestId(Button, 'undo-mov_1')).toBeNull();
  expect(card.mocks.actions.addAlert.calls[0]?.[0]).toMatchObject({ type: 'success' });
  const { refreshObjectProperties } = card.mocks.actions as unknown as Record<string, { called: boolean }>;
  expect(refreshObjectProperties?.called).toBe(true);
});

it('says why a move cannot be undone any more, in the words of the server', async () => {
  answer({
    getCardDeal: deal({ last_move: move() }),
    postCardMoveUndo: () => ({ status: 409, code: 'deal_moved_on', message: 'The deal has moved on since.' }),
  });
  const card = show(<DealCard />);
  await card.waitFor(() => card.findByTestId(Button, 'undo-mov_1'));
  card.findByTestId(Button, 'undo-mov_1').props.overlay?.find(LoadingButton).trigger('onClick');
  await card.waitFor(() => expect(card.mocks.actions.addAlert.called).toBe(true));
  expect(card.mocks.actions.addAlert.calls[0]?.[0]).toMatchObject({
    type: 'danger',
    message: 'The deal has moved on since.',
  });
});

it('filters by period, person and link', async () => {
  const asked = answer({ getCardDeal: deal() });
  const card = show(<DealCard />);
  await card.waitFor(() => expect(card.findAll(Select)).toHaveLength(3));
  const choose = (name: string, value: string) => card.find(Select, { name }).trigger('onChange', value as never);
  choose('days', '90');
  await card.waitFor(() => expect(asked.at(-1)?.query).toEqual({ days: '90' }));
  choose('contact', '501');
  await card.waitFor(() => expect(asked.at(-1)?.query).toEqual({ days: '90', contact: '501' }));
  choose('link', 'q2-pricing');
  await card.waitFor(() => expect(asked.at(-1)?.query).toEqual({ days: '90', contact: '501', link: 'q2-pricing' }));
});

it('appends older clicks', async () => {
  const older = deal({ recent: { clicks: [click({ id: 'clk_9' })], next_cursor: null } });
  answer({
    getCardDeal: ({ query }) =>
      query.cursor === 'c1' ? older : deal({ recent: { clicks: [click()], next_cursor: 'c1' } }),
  });
  const card = show(<DealCard />);
  await card.waitFor(() => card.findByTestId(LoadingButton, 'older'));
  card.findByTestId(LoadingButton, 'older').trigger('onClick');
  await card.waitFor(() => expect(card.findAll(TableRow)).toHaveLength(3));
  expect(card.maybeFindByTestId(LoadingButton, 'older')).toBeNull();
});

it('tells the story of a click that somebody asks about', async () => {
  answer({
    getCardDeal: deal(),
    getCardExplanation: {
      event_id: 'clk_1',
      found: true,
      answer: 'It is on the timeline.',
      check: [],
      connections: [],
    },
  });
  const card = show(<DealCard />);
  await card.waitFor(() => card.findByTestId(Button, 'why-clk_1'));
  card.findByTestId(Button, 'why-clk_1').trigger('onClick');
  await card.waitFor(() => expect(readAll(card)).toContain('It is on the timeline.'));
  card.findByTestId(Button, 'close-explanation').trigger('onClick');
  await card.waitFor(() => expect(readAll(card)).not.toContain('It is on the timeline.'));
});

it('says that there are no clicks yet and how to get some; with a filter, how to see all', async () => {
  const none = { clicks: { now: 0, before: 0, more: false }, recent: { clicks: [], next_cursor: null }, top_links: [] };
  answer({ getCardDeal: deal(none) });
  const card = show(<DealCard />);
  await card.waitFor(() => card.find(EmptyState));
  expect(readAll(card)).toContain('?eid=');
  card.find(Select, { name: 'link' }).trigger('onChange', 'q2-pricing' as never);
  await card.waitFor(() => card.findByTestId(Button, 'show-all'));
  card.findByTestId(Button, 'show-all').trigger('onClick');
  await card.waitFor(() => expect(card.maybeFindByTestId(Button, 'show-all')).toBeNull());
});

it('shows the error and recovers when asked to try again', async () => {
  let tries = 0;
  answer({ getCardDeal: () => (tries++ === 0 ? { status: 503 } : deal()) });
  const card = show(<DealCard />);
  await card.waitFor(() => card.find(ErrorState));
  expect(readAll(card)).toContain('Elido cannot be reached');
  card.findByTestId(Button, 'retry').trigger('onClick');
  await card.waitFor(() => card.find(StatisticsItem));
});

it.each([
  ['a lost connection', 'lost' as const, 'cannot be reached'],
  ['too many requests', { status: 429 }, 'Too many requests'],
  ['a refused signature', { status: 401 }, 'installed again'],
  ['an unknown record', { status: 404 }, 'does not know this record'],
  ['anything else', { status: 500, code: 'internal' }, '(internal)'],
])('words %s', async (_, reply, says) => {
  answer({ getCardDeal: () => reply });
  const card = show(<DealCard />);
  await card.waitFor(() => expect(readAll(card)).toContain(says));
});

it('offers nothing to try again to a person without the right', async () => {
  answer({ getCardDeal: () => ({ status: 403 }) });
  const card = show(<DealCard />);
  await card.waitFor(() => expect(card.find(ErrorState).props.type).toBe('lock'));
  expect(card.maybeFindByTestId(Button, 'retry')).toBeNull();
});

it.each([
  ['needs_sign_in', 'The connection to HubSpot is broken'],
  ['needs_permission', 'Elido lacks a permission in this account'],
  ['paused', 'The connection is paused'],
] as const)('says what is wrong with a connection that is %s, and still shows what there is', async (state, title) => {
  answer({ getCardDeal: deal({ connection: { ...deal().connection, state } }) });
  const card = show(<DealCard />);
  await card.waitFor(() => expect(card.find(Alert).props.title).toBe(title));
  expect(card.find(StatisticsItem).props.number).toBe('12');
});

it('says how to connect an account that is not', async () => {
  answer({ getCardDeal: deal({ connection: { ...deal().connection, state: 'not_connected' } }) });
  const card = show(<DealCard />);
  await card.waitFor(() => expect(card.find(EmptyState).props.title).toBe('This account is not connected to Elido'));
  expect(card.maybeFind(StatisticsItem)).toBeNull();
});

it('is brief in the sidebar: no chart, no filters, no table, the nearest rule', async () => {
  answer({ getCardDeal: deal({ rules: [rule(), rule({ id: 'rul_2' })] }) });
  const card = show(<DealCard compact />, { location: 'crm.record.sidebar' });
  await card.waitFor(() => card.find(StatisticsItem));
  expect(card.maybeFind(LineChart)).toBeNull();
  expect(card.maybeFind(Select)).toBeNull();
  expect(card.maybeFind(TableRow)).toBeNull();
  expect(card.findAll(ProgressBar)).toHaveLength(1);
});
