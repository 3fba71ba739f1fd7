// Who clicked, as far as the click itself tells: what its eid means and what else it can be matched by. Pure.
import type { Click } from './click.ts';

export type Eid = { kind: 'hubspot'; contactId: string; portalId: number | null } | { kind: 'elido'; id: string };

/** `501` is a HubSpot contact id, `62515-501` one of a named portal, anything else an Elido contact id. */
export function parseEid(eid: string): Eid {
  const match = /^(?:(\d{1,15})-)?(\d{1,19})$/.exec(eid);
  const contactId = match?.[2];
  if (contactId === undefined) return { kind: 'elido', id: eid };
  return { kind: 'hubspot', contactId, portalId: match?.[1] === undefined ? null : Number(match[1]) };
}

/** What a form submission can share with a click, strongest first. */
export function matchKeysOf({ eid, gclid, fbclid }: Pick<Click, 'eid' | 'gclid' | 'fbclid'>): string[] {
  const keys: string[] = [];
  if (eid && parseEid(eid).kind === 'elido') keys.push(`eid:${eid}`);
  if (gclid) keys.push(`gclid:${gclid}`);
  if (fbclid) keys.push(`fbclid:${fbclid}`);
  return keys;
}

/** One name for whoever clicked, as far as the click says: finds the clicks around it. */
export function whoOf({ eid, gclid, fbclid }: Pick<Click, 'eid' | 'gclid' | 'fbclid'>): string | null {
  return eid ?? gclid ?? fbclid;
}

/** How long before a click a form submission may lie and still tell who clicked. */
export const submissionWindowMs = 14 * 24 * 3600_000;
