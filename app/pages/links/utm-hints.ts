// What a careful colleague would say about UTM values before they spread over reports. Hints, not rules: nothing is refused. Pure.
import { cleanValue, utmNames, type UtmName, type UtmValues } from './addresses.ts';

export interface UtmHint {
  name: UtmName;
  words: string;
  /** A value that settles it with one press. */
  fix?: string;
}

/** Spellings of one channel that reports would show as several. */
const oneName: Record<string, string> = {
  fb: 'facebook',
  'facebook.com': 'facebook',
  ig: 'instagram',
  'instagram.com': 'instagram',
  li: 'linkedin',
  'linkedin.com': 'linkedin',
  yt: 'youtube',
  twitter: 'x',
  'e-mail': 'email',
  mail: 'email',
  'e mail': 'email',
  adwords: 'google',
};

const usualMediums = [
  'email',
  'cpc',
  'social',
  'paid-social',
  'organic',
  'referral',
  'display',
  'affiliate',
  'sms',
  'qr',
  'webinar',
  'print',
  'video',
  'push',
];

export const suggestions: Record<UtmName, readonly string[]> = {
  source: ['newsletter', 'linkedin', 'facebook', 'instagram', 'google', 'x', 'youtube', 'webinar', 'partner'],
  medium: usualMediums,
  campaign: [],
  content: [],
  term: [],
};

export function utmHints(destination: string, utm: UtmValues): UtmHint[] {
  return [
    ...utmNames.flatMap((name) => valueHints(name, utm[name])),
    ...togetherHints(utm),
    ...destinationHints(destination, utm),
  ];
}

function valueHints(name: UtmName, value: string): UtmHint[] {
  const clean = cleanValue(value);
  if (clean === '') return [];
  const better = name === 'source' || name === 'medium' ? oneName[clean] : undefined;
  if (better) return [{ name, words: `Reports count ${clean} and ${better} apart.`, fix: better }];
  if (/[@]/.test(clean))
    return [{ name, words: 'This looks like an email address: UTM values are visible to every visitor.' }];
  if (clean.includes(' ')) {
    return [
      { name, words: 'Blanks become %20 in addresses.', fix: clean.replaceAll(' ', name === 'campaign' ? '-' : '_') },
    ];
  }
  if (clean !== value) return [{ name, words: `Kept as ${clean}, so that spellings do not split a channel.` }];
  if (name === 'medium' && !usualMediums.includes(clean)) {
    return [{ name, words: 'Not one of the usual mediums; HubSpot may file it under other campaigns.' }];
  }
  return [];
}

function togetherHints(utm: UtmValues): UtmHint[] {
  const has = (name: UtmName) => cleanValue(utm[name]) !== '';
  if (!utmNames.some(has)) return [];
  const missing = (['source', 'medium', 'campaign'] as const).filter((name) => !has(name));
  return missing.map((name) => ({
    name,
    words: `Without a ${name}, this link is hard to tell from others in reports.`,
  }));
}

/** What the destination already says wins over the link. */
function destinationHints(destination: string, utm: UtmValues): UtmHint[] {
  if (!URL.canParse(destination)) return [];
  const present = new URL(destination).searchParams;
  return utmNames.flatMap((name): UtmHint[] => {
    const theirs = present.get(`utm_${name}`);
    const ours = cleanValue(utm[name]);
    if (theirs === null || ours === '' || cleanValue(theirs) === ours) return [];
    return [{ name, words: `The destination already says ${theirs}, and that wins.`, fix: cleanValue(theirs) }];
  });
}
