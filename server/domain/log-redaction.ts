// Takes personal data and secrets out of what HubSpot answered, before people outside the server see it.
// HubSpot repeats values in its refusals: an email that exists already, a phone number it does not like.

const rules: readonly (readonly [RegExp, string])[] = [
  [/[^\s"'<>(),;:=]+@[^\s"'<>(),;:=]+\.[\p{L}\d-]{2,}/gu, '[email]'],
  [/\b(?:Bearer\s+|pat-[a-z]{2}\d?-|elk_)[\w.~+/-]{8,}=*/gi, '[token]'],
  [/\+\d[\d ().-]{6,}\d/g, '[phone]'],
  // Tokens have no spaces and are longer than any id; correlation ids have 36 characters.
  [/\b[\w-]{48,}\b/g, '[removed]'],
];

export function redacted(text: string): string {
  return rules.reduce((left, [pattern, mark]) => left.replace(pattern, mark), text);
}
