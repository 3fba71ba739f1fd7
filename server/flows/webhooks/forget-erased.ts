// Events of contacts that were erased before: a late click, a spool from disk, a replay. They are erased before anybody looks at them.
import type { Delivery } from '../../domain/delivery.ts';
import { parseEid } from '../../domain/identity.ts';
import type { Context } from '../context.ts';
import { eraseContact } from './erase-contact.ts';

/** The deliveries of the batch that are left. Costs one question to the store. */
export async function forgetErased(context: Context, portalId: number, taken: Delivery[]): Promise<Delivery[]> {
  const ids = new Map(taken.map((delivery) => [delivery, contactIdOf(delivery)]));
  const contactIds = [...new Set([...ids.values()].filter((id) => id !== null))];
  const erased = new Set(await context.store.erasures.among({ portalId, contactIds }));
  if (erased.size === 0) return taken;
  for (const contactId of erased) await eraseContact(context, { portalId, contactId });
  return taken.filter((delivery) => !erased.has(ids.get(delivery) ?? ''));
}

function contactIdOf(delivery: Delivery): string | null {
  if (delivery.contactId !== null) return delivery.contactId;
  if (delivery.kind === 'conversion') return delivery.conversion.hsContactId;
  const eid = delivery.click.eid === null ? null : parseEid(delivery.click.eid);
  if (eid?.kind !== 'hubspot') return null;
  return eid.portalId === null || eid.portalId === delivery.portalId ? eid.contactId : null;
}
