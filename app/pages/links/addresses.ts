// Addresses as they are shown, and as visitors will arrive at them. Pure; the rule is that of the server (docs: UTM of the destination wins).
import type { Link } from '../../api/contract.ts';

export const utmNames = ['source', 'medium', 'campaign', 'content', 'term'] as const;
export type UtmName = (typeof utmNames)[number];
export type UtmValues = Record<UtmName, string>;

export const noUtm: UtmValues = { source: '', medium: '', campaign: '', content: '', term: '' };

/** Without the scheme: `links.example.com/r/q2`. */
export function shortOf(url: string): string {
  return url.replace(/^https?:\/\//, '');
}

/** The host of a destination, without `www.`. */
export function siteOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : url;
}

/** A value as the server keeps it. */
export function cleanValue(value: string): string {
  return value.toLowerCase().normalize('NFC').replace(/\s+/g, ' ').trim();
}

/** Where a visitor arrives: the destination with the UTM values it does not carry itself. Null for no address. */
export function arrivalOf(destination: string, utm: UtmValues): string | null {
  if (!URL.canParse(destination)) return null;
  const url = new URL(destination);
  const added = utmNames
    .filter((name) => cleanValue(utm[name]) !== '' && !url.searchParams.has(`utm_${name}`))
    .map((name) => `utm_${name}=${encodeURIComponent(cleanValue(utm[name]))}`);
  if (added.length === 0) return url.href;
  url.search = [url.search.slice(1), ...added].filter(Boolean).join('&');
  return url.href;
}

/** The values of a link for the form: an absent one is empty. */
export function utmOf(link: Pick<Link, 'utm'>): UtmValues {
  return { ...noUtm, ...Object.fromEntries(Object.entries(link.utm).map(([name, value]) => [name, value ?? ''])) };
}
