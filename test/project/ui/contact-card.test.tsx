import { Accordion, Button, EmptyState, ErrorState, Select, StatisticsItem } from '@hubspot/ui-extensions';
import { afterEach, expect, it, vi } from 'vitest';
import { ContactCard } from '../../../src/app/cards/ContactCard.tsx';
import { click, contact } from './replies.ts';
import { answer, readAll, show } from './stage.ts';

afterEach(() => vi.restoreAllMocks());

const missing = {
  events: [
    {
      ...click({ id: 'clk_m', state: 'skipped', reason: 'machine_click' }),
      words: 'Not a person: the click is neither written nor counted.',
      next: 'The verdict says why.',
    },
  ],
  more: true,
};

it('shows clicks, the four touches and conversions of a contact', async () => {
  const asked = answer({ getCardContact: contact() });
  const card = show(<ContactCard />, { objectId: 501 });
  await card.waitFor(() => card.find(StatisticsItem));
  expect(asked[0]?.path).toBe('/card/v1/contacts/501');
  const text = readAll(card);
  for (const part of ['First touch', 'Before becoming a contact', 'Before the deal', 'Last touch'])
    expect(text).toContain(part);
  for (const part of ['webinar / email / q2-pricing, 5 days ago', 'No click with UTM values', 'demo-booked', '€49.90'])
    expect(text).toContain(part);
});

it('says why a click is missing and what to do, in the language of the reader', async () => {
  answer({ getCardContact: contact({ missing }) });
  const english = show(<ContactCard />);
  await english.waitFor(() =>
    expect(readAll(english)).toContain('Not a person: the click is neither written nor counted.'),
  );
  expect(readAll(english)).toContain('The verdict says why.');
  const german = show(<ContactCard />, { language: 'de' });
  await german.waitFor(() =>
    expect(readAll(german)).toContain('Kein Mensch: der Klick wird weder geschrieben noch gezählt.'),
  );
});

it('tells the whole story of a missing click', async () => {
  answer({
    getCardContact: contact({ missing }),
    getCardExplanation: {
      event_id: 'clk_m',
      found: true,
      answer: 'It is a machine.',
      check: ['Look at the verdict.'],
      connections: [],
    },
  });
  const card = show(<ContactCard />);
  await card.waitFor(() => card.findByTestId(Button, 'missing-clk_m'));
  card.findByTestId(Button, 'missing-clk_m').trigger('onClick');
  await card.waitFor(() => expect(readAll(card)).toContain('Look at the verdict.'));
});

it('shows touches and missing clicks of a contact who has no counted click', async () => {
  const none = { clicks: { now: 0, before: 0, more: false }, recent: { clicks: [], next_cursor: null } };
  answer({ getCardContact: contact({ ...none, missing, conversions: [] }) });
  const card = show(<ContactCard />);
  await card.waitFor(() => card.find(EmptyState));
  expect(card.findAll(Accordion).map(({ props }) => props.title)).toContain('1 click is not on the timeline');
  expect(readAll(card)).toContain('No conversions.');
});

it('fails with a way to try again', async () => {
  answer({ getCardContact: () => ({ status: 500 }) });
  const card = show(<ContactCard />);
  await card.waitFor(() => expect(card.find(ErrorState).props.type).toBe('error'));
  card.findByTestId(Button, 'retry');
});

it('is brief in the sidebar', async () => {
  answer({ getCardContact: contact() });
  const card = show(<ContactCard compact />, { location: 'crm.record.sidebar' });
  await card.waitFor(() => card.find(StatisticsItem));
  expect(card.maybeFind(Select)).toBeNull();
  expect(readAll(card)).not.toContain('demo-booked');
});
