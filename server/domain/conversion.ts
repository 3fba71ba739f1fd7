// A conversion as it is kept: somebody who clicked did what the campaign was for. Plain data, no I/O.
import type { Utm } from './utm.ts';

export interface Conversion {
  conversionId: string;
  workspaceId: string;
  /** Equal for a conversion that is sent again as it was. */
  digest: string;
  /** The goal: `Demo booked`. */
  name: string;
  /** In `currency`, with its decimals: 99 is 99 euros, not cents. Null when the sender said none. */
  value: number | null;
  /** ISO 4217, or empty. */
  currency: string;
  utm: Utm;
  /** The click it belongs to, and the link of that click where we know it. */
  clickId: string | null;
  link: { slug: string; title: string; shortUrl: string } | null;
  /** Lower case; personal data. */
  email: string | null;
  hsContactId: string | null;
  /** When it happened and when we got it, in milliseconds since 1970. */
  at: number;
  receivedAt: number;
}
