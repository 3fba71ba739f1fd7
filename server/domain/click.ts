// A click as it is kept: what arrived, with the link as it was at that moment. Plain data, no I/O.
import { digestOf } from '../lib/ids.ts';
import type { Utm } from './utm.ts';

export interface ClickedLink {
  id: string;
  slug: string;
  title: string;
  /** What the reader clicked, without scheme: `s.example.com/r/abc123`. */
  shortUrl: string;
  destination: string;
  tags: string[];
}

export interface Click {
  clickId: string;
  workspaceId: string;
  link: ClickedLink;
  /** When it happened and when we got it, in milliseconds since 1970. */
  at: number;
  receivedAt: number;
  via: 'api' | 'redirect' | 'topic';
  method: 'GET' | 'HEAD';
  /** `?eid=` as given; null when there was none or it could not be an id (then `eidInvalid` is true). */
  eid: string | null;
  eidInvalid: boolean;
  gclid: string | null;
  fbclid: string | null;
  utm: Utm;
  /** ISO 3166 alpha-2, or empty. */
  country: string;
  device: string;
  referrer: string;
  userAgent: string;
}

/** Equal for two clicks that say the same thing, whenever and however they arrived. */
export function digestOfClick(click: Click): string {
  const { link, at, eid, gclid, fbclid, utm, country, device, referrer, userAgent } = click;
  return digestOf(
    JSON.stringify([link.id, at, eid, gclid, fbclid, utm.source, utm.medium, utm.campaign, utm.content, utm.term]),
    JSON.stringify([country, device, referrer, userAgent]),
  ).slice(0, 32);
}
