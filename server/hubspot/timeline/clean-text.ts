// Text that every HubSpot store can hold: no control characters (a NUL breaks whole calls) and no half emoji.

const controlCharacters = /[^\P{Cc}\n\t]/gu;
/** Without `u` the surrogates of a whole emoji would match too; with it only lone ones do. */
const loneSurrogates = /\p{Cs}/gu;

export function cleanText(text: string): string {
  return text.replace(controlCharacters, '').replace(loneSurrogates, '\uFFFD');
}

/** Declared values that say something; an empty value is left out, because a number cannot be empty. */
export function cleanValues(values: Record<string, string>): Record<string, string> {
  const cleaned = Object.entries(values).map(([name, value]) => [name, cleanText(value)] as const);
  return Object.fromEntries(cleaned.filter(([, value]) => value !== ''));
}

export function cleanData(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(cleanData);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [cleanText(key), cleanData(inner)]));
}
