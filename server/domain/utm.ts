// UTM values: the five names, and the hygiene that makes `Facebook ` and `facebook` one channel.

export const utmNames = ['source', 'medium', 'campaign', 'content', 'term'] as const;
export type UtmName = (typeof utmNames)[number];

/** Cleaned values; a name without a value is absent. */
export type Utm = Partial<Record<UtmName, string>>;

/** Trims, folds runs of white space, lower-cases and drops what is empty afterwards. */
export function cleanUtm(raw: Partial<Record<UtmName, string | null | undefined>>): Utm {
  const utm: Utm = {};
  for (const name of utmNames) {
    // Composed after lower-casing: some letters have a composed form in lower case only.
    const value = raw[name]?.toLowerCase().normalize('NFC').replace(/\s+/g, ' ').trim();
    if (value) utm[name] = value;
  }
  return utm;
}

export function hasUtm(utm: Utm): boolean {
  return utmNames.some((name) => utm[name] !== undefined);
}
