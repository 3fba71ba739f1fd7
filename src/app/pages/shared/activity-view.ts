// A copy of src/app/cards/shared/activity-view.ts, made by `npm run card-types`: change it there.
// The numbers of a period in words and rows: clicks now and before, the trend, links and people. Pure.
import type { CardCount, CardLink, CardPeriod, CardPerson, CardTrend } from './card-api.ts';
import { personName } from './names.ts';
import type { Words } from './words.ts';

export interface Change {
  direction: 'increase' | 'decrease';
  value: string;
}

/** Null: as many as before. */
export function changeOf({ now, before }: CardCount, words: Words): Change | null {
  if (now === before) return null;
  const difference = words.number(Math.abs(now - before));
  return { direction: now > before ? 'increase' : 'decrease', value: difference };
}

export function clicksNow({ now, more }: CardCount, words: Words): string {
  return more ? words.say('atLeast', { number: now }) : words.number(now);
}

export function clicksBefore({ before }: CardCount, { days }: CardPeriod, words: Words): string {
  return words.count('clicksBefore', before, { days });
}

/** One row per day; a period of 90 days is drawn by weeks, so that the line can be read. */
export function trendRows(trend: CardTrend, words: Words): { day: string; clicks: number }[] {
  const step = trend.length > 45 ? 7 : 1;
  const rows: { day: string; clicks: number }[] = [];
  for (let at = 0; at < trend.length; at += step) {
    const part = trend.slice(at, at + step);
    const clicks = part.reduce((sum, one) => sum + one.clicks, 0);
    rows.push({ day: words.day(part[0]?.day ?? ''), clicks });
  }
  return rows;
}

export interface Choice {
  label: string;
  value: string;
}

export function linkChoices(links: readonly { link: CardLink; clicks: number }[], words: Words): Choice[] {
  const each = links.map(({ link, clicks }) => ({
    label: `${link.title} (${words.number(clicks)})`,
    value: link.slug,
  }));
  return [{ label: words.say('everyLink'), value: '' }, ...each];
}

export function personChoices(people: readonly { contact: CardPerson; clicks: number }[], words: Words): Choice[] {
  const each = people.map(({ contact, clicks }) => {
    return { label: `${personName(contact, words)} (${words.number(clicks)})`, value: contact.id };
  });
  return [{ label: words.say('everybody'), value: '' }, ...each];
}
