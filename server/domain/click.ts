// A click as it is kept: what arrived, with the link as it was at that moment. Plain data, no I/O.
import type { ClickHeaders } from './human-verdict/evidence.ts';
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
  /** Equal for a click that is sent again as it was: made from what the sender said, not from what we added. */
  digest: string;
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
  /** Empty when the request named none, or the reporter of the click did not say. */
  userAgent: string;
  /** The headers that tell a person from a program; null when somebody else reported the click. */
  headers: ClickHeaders | null;
  /** Where from, shortened to a network: `203.0.113.0/24`. Null when not known. */
  network: string | null;
}
