// Where a short link may lead, and what is added on the way there. Pure: knows URLs, asks nobody.
import { utmNames, type Utm } from './utm.ts';

export type DestinationVerdict = { ok: true; url: string } | { ok: false; reason: string };

const maxLength = 2_048;

/** The destination in the form it is kept and sent, or why it cannot be one. `publicUrl` is our own address. */
export function judgeDestination(destination: string, publicUrl: string): DestinationVerdict {
  const refuse = (reason: string): DestinationVerdict => ({ ok: false, reason });
  // The URL parser drops line breaks and tabs silently.
  if (/[\p{Cc}\s]/u.test(destination)) return refuse('The destination contains white space or control characters.');
  if (!URL.canParse(destination)) return refuse('The destination is not a complete URL. Start with https://.');
  const url = new URL(destination);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return refuse('The destination must start with https:// or http://.');
  if (url.username !== '' || url.password !== '')
    return refuse('The destination must not contain a user name or password.');
  if (isSameHost(url, new URL(publicUrl)))
    return refuse('The destination is this server itself: that would be a redirect loop.');
  if (url.href.length > maxLength) return refuse(`The destination is longer than ${maxLength} characters.`);
  return { ok: true, url: url.href };
}

/** Default ports count as one: http and https of a host lead to the same place. */
function isSameHost(a: URL, b: URL): boolean {
  const [nameA, nameB] = [a, b].map(({ hostname }) => hostname.toLowerCase().replace(/\.+$/, ''));
  if (nameA !== nameB) return false;
  const [portA, portB] = [a, b].map(({ port }) => (port === '' || port === '80' || port === '443' ? 'default' : port));
  return portA === portB;
}

export interface ClickIds {
  gclid: string | null;
  fbclid: string | null;
  /** Our own id of the click, when the link tells it. */
  clickId?: string | null;
}

/** The destination with UTM values and click ids added. What it already says wins; nothing of it is rewritten. */
export function decorateDestination(destination: string, utm: Utm, ids: ClickIds): string {
  return decoratorOf(destination, utm)(ids);
}

/** The same for a link that is followed often: its address is taken apart once. */
export function decoratorOf(destination: string, utm: Utm): (ids: ClickIds) => string {
  const present = new URL(destination).searchParams;
  const hashAt = destination.indexOf('#');
  const [base, hash] = hashAt < 0 ? [destination, ''] : [destination.slice(0, hashAt), destination.slice(hashAt)];
  const queryAt = base.indexOf('?');
  const query = base.slice(queryAt + 1);
  const joint = queryAt < 0 ? '?' : query === '' || query.endsWith('&') ? '' : '&';
  const pair = (name: string, value: string | null | undefined) =>
    value && !present.has(name) ? `&${name}=${encodeURIComponent(value)}` : '';
  const always = utmNames.map((name) => pair(`utm_${name}`, utm[name])).join('');
  return ({ gclid, fbclid, clickId }) => {
    const added = always + pair('gclid', gclid) + pair('fbclid', fbclid) + pair('elido_click', clickId);
    return added === '' ? destination : `${base}${joint}${added.slice(1)}${hash}`;
  };
}

/** The UTM values a visitor arrives with: those of the link, overruled by those the destination itself carries. */
export function arrivingUtm(destination: string, utm: Utm): Partial<Record<keyof Utm, string>> {
  const present = new URL(destination).searchParams;
  return {
    ...utm,
    ...Object.fromEntries(
      utmNames.flatMap((name) => {
        const value = present.get(`utm_${name}`);
        return value === null ? [] : [[name, value]];
      }),
    ),
  };
}
