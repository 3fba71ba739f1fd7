// What tied an event to its contact, in words. The log keeps the contact, not the way to it, so the way is read from
// what the event carried, strongest first, as matching.ts asked it. Pure.
import type { Click } from './click.ts';
import type { Delivery } from './delivery.ts';
import { parseEid } from './identity.ts';

export function matchedBy(delivery: Delivery): string {
  if (delivery.kind === 'click') return byClick(delivery.click, delivery.contactId);
  const { hsContactId, email, clickId } = delivery.conversion;
  if (hsContactId && delivery.audience <= 1) return `by hs_contact_id${followed(hsContactId, delivery.contactId)}`;
  if (email) return 'by the email of the conversion';
  return clickId ? 'the click of the conversion is theirs' : 'as planned before';
}

function byClick({ eid, gclid, fbclid }: Click, contactId: string | null): string {
  const parsed = eid === null ? null : parseEid(eid);
  if (parsed?.kind === 'hubspot') return `by the HubSpot contact id in eid${followed(parsed.contactId, contactId)}`;
  if (parsed) return 'by the Elido contact id in eid';
  const carried = gclid === null ? (fbclid === null ? null : 'fbclid') : 'gclid';
  return carried ? `by a form submission with the same ${carried}` : 'as planned before';
}

function followed(asked: string, found: string | null): string {
  return asked === found ? '' : ` (${asked}, which was merged into it)`;
}
