// A copy of src/app/cards/shared/words.ts, made by `npm run card-types`: change it there.
// Texts, numbers, times and places in the reader's language. Pure: what time it is comes in as an argument.
import { de } from './texts/de.ts';
import { en, type Plural, type PluralKey, type TextKey, type Texts } from './texts/en.ts';
import { fr } from './texts/fr.ts';

export const languages = ['en', 'de', 'fr'] as const;
export type Language = (typeof languages)[number];
export type Params = Record<string, string | number>;

export const texts: Record<Language, Texts> = { en, de, fr };

/** HubSpot says `de`, `fr-CA` or nothing at all. What we do not speak is English. */
export function languageOf(user: { language?: string; locale?: string } | undefined): Language {
  const asked = (user?.language ?? user?.locale ?? 'en').slice(0, 2).toLowerCase();
  return languages.find((language) => language === asked) ?? 'en';
}

/** {name} is filled in; numbers in the form of the language. */
export function fill(language: Language, text: string, params: Params): string {
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => {
    const value = params[name];
    return typeof value === 'number' ? value.toLocaleString(language) : (value ?? hole);
  });
}

export function pluralOf(language: Language, forms: Plural, count: number): string {
  return new Intl.PluralRules(language).select(count) === 'one' ? forms.one : forms.other;
}

export interface Words {
  language: Language;
  say: (key: Exclude<TextKey, PluralKey>, params?: Params) => string;
  count: (key: PluralKey, count: number, params?: Params) => string;
  number: (value: number) => string;
  money: (value: number, currency: string | null) => string;
  /** Monday, 23 November. */
  day: (isoDay: string) => string;
  /** 3 hours ago; beyond a week the date. */
  ago: (at: string, now: string) => string;
  /** The date and the time of day. */
  moment: (at: string) => string;
  country: (code: string) => string;
}

export function makeWords(language: Language): Words {
  const table = texts[language];
  return {
    language,
    say: (key, params = {}) => fill(language, table[key], params),
    count: (key, count, params = {}) => fill(language, pluralOf(language, table[key], count), { count, ...params }),
    number: (value) => value.toLocaleString(language),
    money: (value, currency) =>
      currency ? value.toLocaleString(language, { style: 'currency', currency }) : value.toLocaleString(language),
    day: (isoDay) =>
      new Date(`${isoDay}T00:00:00Z`).toLocaleDateString(language, { day: 'numeric', month: 'short', timeZone: 'UTC' }),
    ago: (at, now) => timeAgo(language, Date.parse(at), Date.parse(now)),
    moment: (at) => new Date(at).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' }),
    country: (code) => countryName(language, code),
  };
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

function timeAgo(language: Language, at: number, now: number): string {
  const passed = Math.max(0, now - at);
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  if (passed < hourMs) return relative.format(-Math.floor(passed / minuteMs), 'minute');
  if (passed < dayMs) return relative.format(-Math.floor(passed / hourMs), 'hour');
  if (passed < 7 * dayMs) return relative.format(-Math.floor(passed / dayMs), 'day');
  return new Date(at).toLocaleDateString(language, { dateStyle: 'medium' });
}

function countryName(language: Language, code: string): string {
  try {
    return new Intl.DisplayNames(language, { type: 'region' }).of(code) ?? code;
  } catch {
    return code;
  }
}
