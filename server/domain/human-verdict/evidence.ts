// What is known of one click when it is asked who made it: the request, where it came from, and what happened around it.
// Plain data. Whatever was not recorded is left out, and then nothing is concluded from it.

/** The request headers that say how a page was asked for. Within a record, an absent header was not sent. */
export interface ClickHeaders {
  purpose?: string | undefined;
  secPurpose?: string | undefined;
  xMoz?: string | undefined;
  secFetchMode?: string | undefined;
  secFetchDest?: string | undefined;
  secFetchSite?: string | undefined;
  secFetchUser?: string | undefined;
  accept?: string | undefined;
  acceptLanguage?: string | undefined;
}

export interface ClickEvidence {
  clickId: string;
  /** When it happened, in milliseconds since 1970. */
  at: number;
  method: 'GET' | 'HEAD';
  /** Null for a click that somebody else reported without saying. */
  userAgent: string | null;
  linkId: string;
  /** Who it is said to be: an eid, a gclid, a contact id. Null for a click without any. */
  who: string | null;
  /** Null for clicks whose headers were not kept: nothing is then concluded from a missing one. */
  headers: ClickHeaders | null;
  /** `networkOf(ip)`: 203.0.113.0/24 or 2001:db8:1::/48. Null when the address is not known. */
  network: string | null;
  /** ISO 3166 alpha-2, or empty. */
  country: string;
  /** Somebody touched the landing page, and its script said so. */
  beacon: boolean;
  /** The link is one that people cannot see. */
  honeypot: boolean;
}
