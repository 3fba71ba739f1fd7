// A copy of src/app/cards/shared/reason-text.ts, made by `npm run card-types`: change it there.
// Why an event is where it is, in the reader's language. The server says it in English; what is not translated here stays English.
import { reasonsDe } from './texts/reasons-de.ts';
import { reasonsFr } from './texts/reasons-fr.ts';
import type { Language } from './words.ts';

export interface ReasonText {
  words: string;
  next: string;
}

export function reasonText(code: string | null, english: ReasonText, language: Language): ReasonText {
  if (language === 'en' || code === null) return { words: english.words, next: english.next };
  const table: Readonly<Record<string, ReasonText>> = language === 'de' ? reasonsDe : reasonsFr;
  return (Object.hasOwn(table, code) ? table[code] : undefined) ?? { words: english.words, next: english.next };
}
