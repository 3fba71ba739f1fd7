import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { addressOf } from '../../../src/app/cards/shared/call-card-api.ts';
import { reasonsDe } from '../../../src/app/cards/shared/texts/reasons-de.ts';
import { languageOf, languages, makeWords, texts } from '../../../src/app/cards/shared/words.ts';
import { settingsTexts } from '../../../src/app/settings/settings-words.ts';
import { explain, isReasonCode } from '../../../server/domain/reasons.ts';
import { now } from './replies.ts';

const holesOf = (text: unknown) => new Set([...JSON.stringify(text).matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
const app = fileURLToPath(new URL('../../../src/app', import.meta.url));

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((one) => {
    if (['node_modules', 'texts'].includes(one.name)) return [];
    const place = path.join(folder, one.name);
    if (one.isDirectory()) return sources(place);
    return /\.tsx?$/.test(one.name) ? [readFileSync(place, 'utf8')] : [];
  });
}

describe.each(languages)('the texts in %s', (language) => {
  const pairs = [[texts.en, texts[language]] as const, [settingsTexts.en, settingsTexts[language]] as const];

  it.each(pairs)('have every key, filled, with the same holes as in English (%#)', (english, own) => {
    expect(Object.keys(own)).toEqual(Object.keys(english));
    for (const [key, text] of Object.entries(own)) {
      const original = english[key as keyof typeof english];
      const forms: string[] = typeof text === 'string' ? [text] : [text.one, text.other];
      for (const form of forms) expect({ key, text: form.trim() }).not.toEqual({ key, text: '' });
      expect({ key, holes: holesOf(text) }).toEqual({ key, holes: holesOf(original) });
    }
  });

  it('say one and many differently where it shows', () => {
    const words = makeWords(language);
    expect(words.count('clickCount', 1)).not.toBe(words.count('clickCount', 2).replace('2', '1'));
    expect(words.count('clickCount', 1_234)).toContain(words.number(1_234));
  });
});

it('follow the rules of each language for none', () => {
  expect(makeWords('en').count('clickCount', 0)).toBe('0 clicks');
  expect(makeWords('de').count('clickCount', 0)).toBe('0 Klicks');
  expect(makeWords('fr').count('clickCount', 0)).toBe('0 clic');
});

it('are all used', () => {
  const code = sources(app).join('\n');
  const prefixes = /^(error|state|device|guard|touch|undo|mode|source|health|preparation|dialect)_/;
  const idle = [...Object.keys(texts.en), ...Object.keys(settingsTexts.en)].filter(
    (key) => !prefixes.test(key) && !code.includes(`'${key}'`),
  );
  expect(idle).toEqual([]);
});

it('explain each reason that the server knows by name', () => {
  const codes = Object.keys(reasonsDe);
  expect(codes.filter((code) => !isReasonCode(code))).toEqual([]);
  expect(codes.filter((code) => isReasonCode(code) && explain(code).words === '')).toEqual([]);
});

it('speak the language of the reader, and English to others', () => {
  expect(languageOf({ language: 'de' })).toBe('de');
  expect(languageOf({ locale: 'fr-CA' })).toBe('fr');
  expect(languageOf({ language: 'ja' })).toBe('en');
  expect(languageOf(undefined)).toBe('en');
});

it.each([
  ['2026-11-25T11:59:40.000Z', 'this minute'],
  ['2026-11-25T11:18:00.000Z', '42 minutes ago'],
  ['2026-11-24T11:00:00.000Z', 'yesterday'],
  ['2026-11-01T11:00:00.000Z', 'Nov 1, 2026'],
  ['2026-11-25T12:00:09.000Z', 'this minute'],
])('say in words when %s was', (at, says) => {
  expect(makeWords('en').ago(at, now)).toBe(says);
});

it('put what a person chose into an address without letting it become another', () => {
  const request = { id: 'getCardDeal', path: { deal_id: '7/../8' }, query: { link: 'a&portalId=1' } } as const;
  expect(addressOf('https://e.example', request)).toBe(
    'https://e.example/card/v1/deals/7%2F..%2F8?link=a%26portalId%3D1',
  );
});
