// The words of the settings page: those of the cards, and its own.
import { fill, makeWords, pluralOf, type Language, type Params, type Words } from './shared/words.ts';
import { settingsDe } from './texts/de.ts';
import { settingsEn, type SettingsKey, type SettingsPluralKey, type SettingsTexts } from './texts/en.ts';
import { settingsFr } from './texts/fr.ts';

export const settingsTexts: Record<Language, SettingsTexts> = { en: settingsEn, de: settingsDe, fr: settingsFr };

export interface SettingsWords extends Words {
  tell: (key: Exclude<SettingsKey, SettingsPluralKey>, params?: Params) => string;
  tellCount: (key: SettingsPluralKey, count: number, params?: Params) => string;
}

export function makeSettingsWords(language: Language): SettingsWords {
  const table = settingsTexts[language];
  return {
    ...makeWords(language),
    tell: (key, params = {}) => fill(language, table[key], params),
    tellCount: (key, count, params = {}) => fill(language, pluralOf(language, table[key], count), { count, ...params }),
  };
}
