// Events of contacts that were erased before: a late click, a spool from disk, a replay. They are erased before anybody looks at them.
import type { Delivery } from '../../domain/delivery.ts';
import { matchKeysOf, parseEid } from '../../domain/identity.ts';
import type { Context } from '../context.ts';
import { eraseContact } from './erase-contact.ts';

/** The deliveries of the batch that are left. Costs one question to the store, and one more for clicks that name other keys. */
export async function forgetErased(context: Context, portalId: number, taken: Delivery[]): Promise<Delivery[]> {
  const ids = new Map(taken.map((delivery) => [delivery, contactIdOf(delivery)]));
  const contactIds = [...new Set([...ids.values()].filter((id) => id !== null))];
  const erased = new Set(await context.store.erasures.among({ portalId, contactIds }));
  for (const contactId of erased) await eraseContact(context, { portalId, contactId });
  const left = taken.filter((delivery) => !erased.has(ids.get(delivery) ?? ''));
  return forgetByKeys(context, portalId, left);
}

/** A linked id or a click id of an advertisement says who it was as well, until the person was erased. */
async function forgetByKeys({ store }: Context, portalId: number, taken: Delivery[]): Promise<Delivery[]> {
  const named = taken.flatMap((delivery) => {
    if (delivery.kind !== 'click') return [];
    return matchKeysOf(delivery.click).map((key) => ({ delivery, workspaceId: delivery.workspaceId, key }));
  });
  const erasedAt = await store.erasures.keysAmong({ portalId, keys: named });
  if (erasedAt.size === 0) return taken;
  const gone = new Set<Delivery>(
    named.flatMap((row) => (row.delivery.occurredAt.getTime() <= (erasedAt.get(row) ?? 0) ? row.delivery : [])),
  );
  await store.contactDeliveries.erase(
    [...gone].map(({ _id }) => _id),
    'contact_erased',
  );
  return taken.filter((delivery) => !gone.has(delivery));
}

function contactIdOf(delivery: Delivery): string | null {
  if (delivery.contactId !== null) return delivery.contactId;
  if (delivery.kind === 'conversion') return delivery.conversion.hsContactId;
  const eid = delivery.click.eid === null ? null : parseEid(delivery.click.eid);
  if (eid?.kind !== 'hubspot') return null;
  return eid.portalId === null || eid.portalId === delivery.portalId ? eid.contactId : null;
}
