// The click that a visit of a short link is: who, from where, with what, cut to the lengths we keep.
import type { Click } from '../../domain/click.ts';
import { networkOf } from '../../domain/human-verdict/network.ts';
import type { ClickHeaders } from '../../domain/human-verdict/evidence.ts';
import { arrivingUtm, decoratorOf, type ClickIds } from '../../domain/destination.ts';
import { shortUrlOf } from '../../domain/short-url.ts';
import { cleanUtm } from '../../domain/utm.ts';
import type { Context } from '../../flows/context.ts';
import { makeCountryOf, type CountryOf } from './country-of.ts';
import { makeDeviceOf, type DeviceOf } from './device-of.ts';
import { remembering } from './remembering.ts';
import { headerOf, type Visit } from './visit.ts';

/** What a redirect needs to know of a link. */
export interface FoundLink {
  _id: string;
  workspaceId: string;
  slug: string;
  title: string;
  destination: string;
  tags: string[];
  utm: Click['utm'];
  track?: boolean;
}

/** What is worked out once for a link that is followed many times. */
interface Way {
  link: Click['link'];
  utm: Click['utm'];
  decorate: (ids: ClickIds) => string;
}

export interface Sources {
  context: Context;
  countryOf: CountryOf;
  deviceOf: DeviceOf;
  networkOf: (address: string) => string | null;
  /** By the remembered link: a changed link is another one. */
  ways: WeakMap<FoundLink, Way>;
}

export function makeSources(context: Context): Sources {
  return {
    context,
    countryOf: makeCountryOf(context.config),
    deviceOf: makeDeviceOf(context.now),
    networkOf: remembering(networkOf, context.now),
    ways: new WeakMap(),
  };
}

/** The click, and where it leads. */
export function clickOf(sources: Sources, link: FoundLink, visit: Visit): { click: Click; location: string } {
  const { context, countryOf, deviceOf } = sources;
  const { eid, gclid, fbclid } = visit.query;
  const way = wayOf(sources, link);
  const userAgent = plain(headerOf(visit, 'user-agent'), 1_024);
  const at = context.now();
  const clickId = context.newId('click');
  const safeEid = safeId(eid, 64);
  const click: Click = {
    clickId,
    digest: clickId,
    workspaceId: link.workspaceId,
    link: way.link,
    at,
    receivedAt: at,
    via: 'redirect',
    method: visit.isHead ? 'HEAD' : 'GET',
    eid: safeEid,
    eidInvalid: eid !== undefined && eid !== '' && safeEid === null,
    gclid: safeId(gclid, 512),
    fbclid: safeId(fbclid, 512),
    utm: way.utm,
    country: countryOf(visit),
    device: deviceOf(userAgent),
    referrer: plain(headerOf(visit, 'referer'), 2_048),
    userAgent,
    headers: headersOf(visit),
    network: visit.address === undefined ? null : sources.networkOf(visit.address),
  };
  const ids = { gclid: click.gclid, fbclid: click.fbclid, clickId: link.track ? clickId : null };
  return { click, location: way.decorate(ids) };
}

function wayOf({ context, ways }: Sources, link: FoundLink): Way {
  const known = ways.get(link);
  if (known) return known;
  const { _id: id, slug, title, destination, tags, utm } = link;
  const way: Way = {
    link: { id, slug, title, shortUrl: shortUrlOf(context.config.publicUrl, slug), destination, tags },
    utm: cleanUtm(arrivingUtm(destination, utm)),
    decorate: decoratorOf(destination, utm),
  };
  ways.set(link, way);
  return way;
}

/** Which request header each kept header comes from; the first one that was sent counts. */
const keptHeaders = Object.entries({
  purpose: ['purpose', 'x-purpose'],
  secPurpose: ['sec-purpose'],
  xMoz: ['x-moz'],
  secFetchMode: ['sec-fetch-mode'],
  secFetchDest: ['sec-fetch-dest'],
  secFetchSite: ['sec-fetch-site'],
  secFetchUser: ['sec-fetch-user'],
  accept: ['accept'],
  acceptLanguage: ['accept-language'],
} satisfies Record<keyof ClickHeaders, readonly string[]>) as [keyof ClickHeaders, readonly string[]][];

/** What tells a person from a program. A header that was not sent is absent: stored as null it would count as sent. */
function headersOf(visit: Visit): ClickHeaders {
  const headers: ClickHeaders = {};
  for (const [kept, names] of keptHeaders) {
    for (const name of names) {
      const value = headerOf(visit, name);
      if (value === undefined) continue;
      headers[kept] = plain(value, 200);
      break;
    }
  }
  return headers;
}

/** Null for everything that is not one value of safe characters: a list, an object, a merge tag that was not filled. */
function safeId(value: unknown, max: number): string | null {
  const isSafe = typeof value === 'string' && value.length <= max && /^[A-Za-z0-9._~:-]+$/.test(value);
  return isSafe ? value : null;
}

const controls = /\p{Cc}/u;

/** Headers can carry bytes that are no text. */
function plain(value: string | undefined, max: number): string {
  if (value === undefined) return '';
  return (controls.test(value) ? value.replace(/\p{Cc}+/gu, ' ') : value).slice(0, max);
}
