import { Alert, Button, EmptyState, ErrorState, Link, Select } from '@hubspot/ui-extensions';
import { PageTitle } from '@hubspot/ui-extensions/pages';
import { afterEach, expect, it, vi } from 'vitest';
import { HomePage } from '../../../src/app/pages/HomePage.tsx';
import { home } from './replies.ts';
import { answer, readAll, show } from './stage.ts';

afterEach(() => vi.restoreAllMocks());

it('shows the whole account: clicks, deals with a way to each, links, people, moves and rules', async () => {
  const asked = answer({ getCardHome: home() });
  const page = show(<HomePage />, { location: 'pages' });
  expect(page.find(PageTitle).text).toBe('Clicks in this account');
  await page.waitFor(() => page.find(Link));
  expect(page.find(Link).props.href).toBe('https://app.hubspot.com/contacts/123/record/0-3/701');
  const text = readAll(page);
  for (const part of ['Acme renewal', 'Q2 pricing PDF', 'Jane Doe', 'Pricing readers', 'moves the deal'])
    expect(text).toContain(part);
  page.findByTestId(Button, 'undo-mov_1');
  page.find(Select).trigger('onChange', '90' as never);
  await page.waitFor(() => expect(asked.at(-1)?.query).toEqual({ days: '90' }));
});

it('puts what needs somebody first, and says what waits', async () => {
  const problem = { code: 'needs_sign_in', params: {}, words: 'The token was revoked.', next: 'Connect again.' };
  const queue = { waiting: 2, blocked: 1, more: false, oldest_at: '2026-11-25T11:00:00.000Z' };
  answer({ getCardHome: home({ problems: [problem], queue }) });
  const page = show(<HomePage />, { location: 'pages' });
  await page.waitFor(() => expect(page.find(Alert).props.title).toBe('The token was revoked.'));
  expect(readAll(page)).toContain('1 event waits for the connection');
  expect(readAll(page)).toContain('The oldest has waited since 1 hour ago.');
});

it('says how to begin where nothing was clicked, and how to go on after a failure', async () => {
  answer({ getCardHome: home({ clicks: { now: 0, before: 0, more: false } }) });
  const empty = show(<HomePage />, { location: 'pages' });
  await empty.waitFor(() => empty.find(EmptyState));
  answer({ getCardHome: () => 'lost' });
  const broken = show(<HomePage />, { location: 'pages' });
  await broken.waitFor(() => expect(broken.find(ErrorState).props.title).toBe('Clicks could not be loaded'));
});
