// The four UTM touches of a contact: first, lead (before the contact was created), deal (before its newest deal) and last.
// Folding is idempotent and does not depend on order: the same clicks in any order, twice or late, give the same ledger.
import { hasUtm, type Utm } from './utm.ts';

export interface Touch {
  clickId: string;
  at: number;
  slug: string;
  utm: Utm;
}

export interface TouchLedger {
  first: Touch | null;
  lead: Touch | null;
  deal: Touch | null;
  last: Touch | null;
  /** The newest click of all, with UTM values or without. */
  lastClick: Touch | null;
  /** The newest conversion, as a touch. */
  lastConversion: Touch | null;
}

export interface Milestones {
  /** When HubSpot created the contact, in milliseconds; null when unknown. */
  contactCreatedAt: number | null;
  /** When the newest of its deals was created. */
  dealCreatedAt: number | null;
}

export const emptyLedger: TouchLedger = {
  first: null,
  lead: null,
  deal: null,
  last: null,
  lastClick: null,
  lastConversion: null,
};

export interface NewTouches {
  clicks: readonly Touch[];
  conversions: readonly Touch[];
}

/** The ledger after these touches. Only touches with a UTM value compete for first, lead, deal and last. */
export function foldTouches(
  ledger: TouchLedger,
  { clicks, conversions }: NewTouches,
  milestones: Milestones,
): TouchLedger {
  const known = [ledger.first, ledger.lead, ledger.deal, ledger.last].filter((touch) => touch !== null);
  const candidates = [...known, ...[...clicks, ...conversions].filter((touch) => hasUtm(touch.utm))];
  return {
    first: pick(candidates, isOlder),
    lead: pick(before(candidates, milestones.contactCreatedAt), isNewer),
    deal: pick(before(candidates, milestones.dealCreatedAt), isNewer),
    last: pick(candidates, isNewer),
    lastClick: pick(withKnown(ledger.lastClick, clicks), isNewer),
    lastConversion: pick(withKnown(ledger.lastConversion, conversions), isNewer),
  };
}

/** One ledger for two records of one person. The survivor's lead and deal touches stand where it has them. */
export function mergeLedgers(survivor: TouchLedger, other: TouchLedger): TouchLedger {
  const known = (touch: Touch | null) => (touch ? [touch] : []);
  return {
    first: pick([...known(survivor.first), ...known(other.first)], isOlder),
    lead: survivor.lead ?? other.lead,
    deal: survivor.deal ?? other.deal,
    last: pick([...known(survivor.last), ...known(other.last)], isNewer),
    lastClick: pick([...known(survivor.lastClick), ...known(other.lastClick)], isNewer),
    lastConversion: pick([...known(survivor.lastConversion), ...known(other.lastConversion)], isNewer),
  };
}

function withKnown(known: Touch | null, touches: readonly Touch[]): Touch[] {
  return known ? [known, ...touches] : [...touches];
}

function before(touches: Touch[], moment: number | null): Touch[] {
  return moment === null ? [] : touches.filter((touch) => touch.at <= moment);
}

function pick(touches: Touch[], better: (a: Touch, b: Touch) => boolean): Touch | null {
  let best: Touch | null = null;
  for (const touch of touches) if (best === null || better(touch, best)) best = touch;
  return best;
}

function isNewer(a: Touch, b: Touch): boolean {
  return a.at > b.at || (a.at === b.at && a.clickId > b.clickId);
}

function isOlder(a: Touch, b: Touch): boolean {
  return a.at < b.at || (a.at === b.at && a.clickId < b.clickId);
}
