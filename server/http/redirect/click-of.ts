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

/** Kept for ten seconds' thought: a person or a program? */
function headersOf(req: Request): ClickHeaders {
  const header = (name: string) => req.get(name)?.slice(0, 200);
  return {
    purpose: header('purpose') ?? header('x-purpose'),
    secPurpose: header('sec-purpose'),
    xMoz: header('x-moz'),
    secFetchMode: header('sec-fetch-mode'),
    secFetchDest: header('sec-fetch-dest'),
    secFetchSite: header('sec-fetch-site'),
    secFetchUser: header('sec-fetch-user'),
    accept: header('accept'),
    acceptLanguage: header('accept-language'),
  };
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
