// The click that a request for a short link is: who, from where, with what, cut to the lengths we keep.
import type { Request } from 'express';
import type { Click } from '../../domain/click.ts';
import { networkOf } from '../../domain/human-verdict/network.ts';
import type { ClickHeaders } from '../../domain/human-verdict/evidence.ts';
import { arrivingUtm } from '../../domain/destination.ts';
import { shortUrlOf } from '../../domain/short-url.ts';
import { cleanUtm } from '../../domain/utm.ts';
import type { Context } from '../../flows/context.ts';
import type { CountryOf } from './country-of.ts';
import { deviceOf } from './device-of.ts';

/** What a redirect needs to know of a link. */
interface FoundLink {
  _id: string;
  workspaceId: string;
  slug: string;
  title: string;
  destination: string;
  tags: string[];
  utm: Click['utm'];
}

interface Sources {
  context: Context;
  countryOf: CountryOf;
}

export function clickOf({ context, countryOf }: Sources, link: FoundLink, req: Request): Click {
  const { eid, gclid, fbclid } = req.query;
  const userAgent = plain(req.get('user-agent'), 1_024);
  const at = context.now();
  const clickId = context.newId('click');
  return {
    clickId,
    digest: clickId,
    workspaceId: link.workspaceId,
    link: {
      id: link._id,
      slug: link.slug,
      title: link.title,
      shortUrl: shortUrlOf(context.config.publicUrl, link.slug),
      destination: link.destination,
      tags: link.tags,
    },
    at,
    receivedAt: at,
    via: 'redirect',
    method: req.method === 'HEAD' ? 'HEAD' : 'GET',
    eid: safeId(eid, 64),
    eidInvalid: eid !== undefined && eid !== '' && safeId(eid, 64) === null,
    gclid: safeId(gclid, 512),
    fbclid: safeId(fbclid, 512),
    utm: cleanUtm(arrivingUtm(link.destination, link.utm)),
    country: countryOf(req),
    device: deviceOf(userAgent),
    referrer: plain(req.get('referer'), 2_048),
    userAgent,
    headers: headersOf(req),
    network: req.ip === undefined ? null : networkOf(req.ip),
  };
}

/** Which request header each kept header comes from; the first one that was sent counts. */
const keptHeaders: Record<keyof ClickHeaders, readonly string[]> = {
  purpose: ['purpose', 'x-purpose'],
  secPurpose: ['sec-purpose'],
  xMoz: ['x-moz'],
  secFetchMode: ['sec-fetch-mode'],
  secFetchDest: ['sec-fetch-dest'],
  secFetchSite: ['sec-fetch-site'],
  secFetchUser: ['sec-fetch-user'],
  accept: ['accept'],
  acceptLanguage: ['accept-language'],
};

/** What tells a person from a program. A header that was not sent is absent: stored as null it would count as sent. */
function headersOf(req: Request): ClickHeaders {
  const headers: ClickHeaders = {};
  for (const [kept, names] of Object.entries(keptHeaders)) {
    const value = names.map((name) => req.get(name)).find((given) => given !== undefined);
    if (value !== undefined) headers[kept as keyof ClickHeaders] = plain(value, 200);
  }
  return headers;
}

/** Null for everything that is not one value of safe characters: a list, an object, a merge tag that was not filled. */
function safeId(value: unknown, max: number): string | null {
  const isSafe = typeof value === 'string' && value.length <= max && /^[A-Za-z0-9._~:-]+$/.test(value);
  return isSafe ? value : null;
}

/** Headers can carry bytes that are no text. */
function plain(value: string | undefined, max: number): string {
  return value === undefined ? '' : value.replace(/\p{Cc}+/gu, ' ').slice(0, max);
}
