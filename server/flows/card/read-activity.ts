// What every card shows of clicks: counts of now and before, the trend, top links, who clicked, and a page of the newest.
import type { z } from 'zod';
import type {
  cardClickPageSchema,
  cardClickSchema,
  cardCountSchema,
  linkCountSchema,
  personCountSchema,
} from '../../contract/card-parts.ts';
import type { CardReadingQuery } from '../../contract/card.ts';
import { nextCursor, readCursor } from '../../domain/card/cursor.ts';
import { nowAndBefore, periodOf, trendOf, type Period } from '../../domain/card/period.ts';
import type { ReadClick } from '../../domain/card/read-click.ts';
import type { Tallied } from '../../domain/card/tally.ts';
import { CodedError } from '../../errors.ts';
import type { ClickScope } from '../../store/click-reading.ts';
import type { Context } from '../context.ts';
import type { CardPortal } from './card-portal.ts';
import { sumUp, type ClickSum } from './sum-up.ts';

export const pageSize = 20;
const topLinks = 5;
const minuteMs = 60_000;

export type Names = ReadonlyMap<string, string | null>;

export interface Activity {
  period: Period;
  counts: z.infer<typeof cardCountSchema>;
  trend: { day: string; clicks: number }[];
  /** To choose from: of the scope without the filters. */
  links: ClickSum['links'];
  contacts: ClickSum['contacts'];
  topLinks: ClickSum['links'];
  deals: ClickSum['deals'];
}

interface Asked {
  scope: ClickScope;
  query: Pick<CardReadingQuery, 'days'> & Partial<Pick<CardReadingQuery, 'contact' | 'link'>>;
}

export async function readActivity(context: Context, { scope, query }: Asked): Promise<Activity> {
  const period = periodOf(context.now(), query.days);
  const { contact, link } = query;
  const filtered = { ...scope, ...(contact ? { contactId: contact } : {}), ...(link ? { linkSlug: link } : {}) };
  const isFiltered = contact !== undefined || link !== undefined;
  const [all, some] = await Promise.all([
    sumUp(context, scope, period),
    isFiltered ? sumUp(context, filtered, period) : null,
  ]);
  const { byDay, more, links, deals } = some ?? all;
  return {
    period,
    counts: { ...nowAndBefore(period, byDay), more },
    trend: trendOf(period, byDay),
    links: all.links,
    contacts: all.contacts,
    topLinks: links.slice(0, topLinks),
    deals,
  };
}

export interface PageOf {
  cursor: string | undefined;
  /** Reads clicks at or before `to`, after leaving out `skip` of them. */
  read: (edge: { to: number; skip: number }) => Promise<ReadClick[]>;
  to: number;
}

export async function readPage({
  cursor,
  read,
  to,
}: PageOf): Promise<{ clicks: ReadClick[]; nextCursor: string | null }> {
  const after = cursor === undefined ? null : readCursor(cursor);
  if (cursor !== undefined && after === null) {
    throw new CodedError('invalid_request', 'cursor: It is the next_cursor of the page before.', { field: 'cursor' });
  }
  const clicks = await read(after ? { to: after.at, skip: after.skip } : { to, skip: 0 });
  return { clicks, nextCursor: nextCursor(clicks, { limit: pageSize, after }) };
}

/** The contacts that these clicks and counts speak of. */
export async function namesFor(
  { store }: Context,
  { portalId }: CardPortal,
  ids: Iterable<string | null>,
): Promise<Names> {
  const contactIds = [...new Set([...ids].filter((id) => id !== null && id !== ''))] as string[];
  return store.seenRecords.namesOf({ portalId, contactIds });
}

type ClickReply = z.infer<typeof cardClickSchema>;

export function personReply(id: string, names: Names): { id: string; name: string | null } {
  return { id, name: names.get(id) ?? null };
}

export function clickReply(click: ReadClick, names: Names): ClickReply {
  return {
    id: click.eventId,
    at: new Date(click.at).toISOString(),
    contact: click.contactId === null ? null : personReply(click.contactId, names),
    link: linkReply(click.link),
    country: click.country || null,
    device: click.device || null,
    verdict: click.verdict,
    state: click.state,
    reason: click.reason,
  };
}

export function linkReply({ slug, title, shortUrl }: ReadClick['link']): ClickReply['link'] {
  return { slug, title, short_url: shortUrl };
}

export function pageReply(
  page: { clicks: ReadClick[]; nextCursor: string | null },
  names: Names,
): z.infer<typeof cardClickPageSchema> {
  return { clicks: page.clicks.map((one) => clickReply(one, names)), next_cursor: page.nextCursor };
}

export function linkCounts(links: Tallied<ReadClick['link']>[]): z.infer<typeof linkCountSchema>[] {
  return links.map(({ key, clicks, lastAt }) => ({
    link: linkReply(key),
    clicks,
    last_at: new Date(lastAt).toISOString(),
  }));
}

export function personCounts(contacts: Tallied<string>[], names: Names): z.infer<typeof personCountSchema>[] {
  return contacts.map(({ key, clicks, lastAt }) => ({
    contact: personReply(key, names),
    clicks,
    last_at: new Date(lastAt).toISOString(),
  }));
}

/** To the minute, which is as exact as cards are, so that a reply stays the same while nothing happens. */
export function nowReply(now: number): string {
  return new Date(Math.floor(now / minuteMs) * minuteMs).toISOString();
}

/** Its end is the end of the day, so that a reply stays the same while nothing happens. */
export function periodReply({ days, from, beforeFrom }: Period) {
  const iso = (at: number) => new Date(at).toISOString();
  return { days, from: iso(from), to: iso(from + (from - beforeFrom)), before_from: iso(beforeFrom) };
}
