// The verdict as a delivery keeps it: the codes of its reasons, and the words of the weightiest.
import type { Click } from '../click.ts';
import type { ClickEvidence } from './evidence.ts';
import type { Verdict, VerdictReason, VerdictWord } from './verdict.ts';

export interface StoredVerdict {
  verdict: VerdictWord;
  confidence: number;
  reasons: VerdictReason['code'][];
  /** Why, for people. */
  words: string;
}

export function storedVerdict({ verdict, confidence, reasons }: Verdict): StoredVerdict {
  return { verdict, confidence, reasons: reasons.map(({ code }) => code), words: reasons[0]?.words ?? '' };
}

/** Links with this tag are hidden from people: whoever follows one reads the source. */
export const honeypotTag = 'honeypot';

/** A page that is touched later than this was opened again from its address, and says nothing of the click. */
const landingMs = 30 * 60_000;

export function landedInTime(clickedAt: number, landedAt: number | undefined): boolean {
  return landedAt !== undefined && landedAt - clickedAt <= landingMs;
}

interface Seen {
  who: string | null;
  /** When the landing page of the click was touched, if it said so. */
  landedAt: number | undefined;
}

export function evidenceOf(click: Click, { who, landedAt }: Seen): ClickEvidence {
  const { clickId, at, method, headers, network, country, link } = click;
  return {
    clickId,
    at,
    method,
    // Somebody else's report may leave the user agent out; our own redirect saw that there was none.
    userAgent: click.userAgent === '' && click.via !== 'redirect' ? null : click.userAgent,
    linkId: link.id,
    who,
    headers,
    network,
    country,
    beacon: landedInTime(at, landedAt),
    honeypot: link.tags.includes(honeypotTag),
  };
}
