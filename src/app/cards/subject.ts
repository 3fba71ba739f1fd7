// What a card is about: a deal or a contact, with the filters that are set. Makes the requests about it.
import type { CardRequest } from './shared/call-card-api.ts';

export interface Filters {
  days: '30' | '90';
  /** Empty: everybody. */
  contact: string;
  /** Empty: every link. */
  link: string;
}

export const noFilters: Filters = { days: '30', contact: '', link: '' };

interface Page {
  verdict?: 'machine';
  cursor?: string;
}

export interface Subject {
  kind: 'deal' | 'contact';
  request: (page: Page) => CardRequest<'getCardDeal' | 'getCardContact'>;
}

export function dealRequest(dealId: string, filters: Filters, page: Page = {}): CardRequest<'getCardDeal'> {
  return { id: 'getCardDeal', path: { deal_id: dealId }, query: queryOf(filters, page) };
}

export function contactRequest(contactId: string, filters: Filters, page: Page = {}): CardRequest<'getCardContact'> {
  return { id: 'getCardContact', path: { contact_id: contactId }, query: queryOf(filters, page) };
}

export function dealSubject(dealId: string, filters: Filters): Subject {
  return { kind: 'deal', request: (page) => dealRequest(dealId, filters, page) };
}

export function contactSubject(contactId: string, filters: Filters): Subject {
  return { kind: 'contact', request: (page) => contactRequest(contactId, filters, page) };
}

export function isFiltered({ contact, link }: Filters): boolean {
  return contact !== '' || link !== '';
}

function queryOf({ days, contact, link }: Filters, { verdict, cursor }: Page) {
  return {
    days,
    ...(contact ? { contact } : {}),
    ...(link ? { link } : {}),
    ...(verdict ? { verdict } : {}),
    ...(cursor ? { cursor } : {}),
  };
}
