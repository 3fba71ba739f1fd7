// What a list of clicks adds up to: per day, per link, per contact, per deal. Pure.
import { dayOf } from './period.ts';
import type { ClickGist } from './read-click.ts';

export interface Tallied<Key> {
  key: Key;
  clicks: number;
  lastAt: number;
}

export function tallyDays(clicks: readonly Pick<ClickGist, 'at'>[]): Map<string, number> {
  const days = new Map<string, number>();
  for (const { at } of clicks) days.set(dayOf(at), (days.get(dayOf(at)) ?? 0) + 1);
  return days;
}

/** Most clicks first; among equals the latest. */
export function tallyLinks(clicks: readonly ClickGist[], limit: number): Tallied<ClickGist['link']>[] {
  return tally(clicks, ({ link }) => [[link.slug, link]], limit);
}

export function tallyContacts(clicks: readonly ClickGist[], limit: number): Tallied<string>[] {
  return tally(clicks, ({ contactId }) => (contactId === null ? [] : [[contactId, contactId]]), limit);
}

export function tallyDeals(clicks: readonly ClickGist[], limit: number): Tallied<string>[] {
  return tally(clicks, ({ dealIds }) => dealIds.map((id) => [id, id]), limit);
}

function tally<Key>(
  clicks: readonly ClickGist[],
  keysOf: (click: ClickGist) => [string, Key][],
  limit: number,
): Tallied<Key>[] {
  const found = new Map<string, Tallied<Key>>();
  for (const click of clicks) {
    for (const [id, key] of keysOf(click)) {
      const known = found.get(id);
      if (!known) found.set(id, { key, clicks: 1, lastAt: click.at });
      else {
        known.clicks += 1;
        // A link is called what it was called when it was clicked last.
        if (click.at > known.lastAt) Object.assign(known, { key, lastAt: click.at });
      }
    }
  }
  return [...found.values()].toSorted((a, b) => b.clicks - a.clicks || b.lastAt - a.lastAt).slice(0, limit);
}
