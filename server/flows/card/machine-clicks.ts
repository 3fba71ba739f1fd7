// Clicks of machines that named a contact: they were neither written nor counted, and can be counted here.
import type { Period } from '../../domain/card/period.ts';
import type { ReadClick } from '../../domain/card/read-click.ts';
import type { Context } from '../context.ts';
import type { CardPortal } from './card-portal.ts';
import { pageSize } from './read-activity.ts';

const mostMachines = 500;

/** Everything a click may say about who clicked, for these contacts of the portal. */
export async function whoOfContacts(
  { store }: Context,
  { portalId }: CardPortal,
  contactIds: readonly string[],
): Promise<string[]> {
  if (contactIds.length === 0) return [];
  const aliases = await store.contactAliases.listOfContacts({ portalId, contactIds });
  const own = contactIds.flatMap((id) => [id, `${portalId}-${id}`]);
  return [...new Set([...own, ...aliases.map(({ elidoContactId }) => elidoContactId)])];
}

interface Naming {
  who: readonly string[];
  period: Period;
}

export async function countMachines(
  context: Context,
  card: CardPortal,
  { who, period }: Naming,
): Promise<{ clicks: number; more: boolean }> {
  const { from, to } = period;
  const found = await context.store.deliveries.clicksNaming({
    ...card,
    who,
    from,
    to,
    which: 'machine',
    limit: mostMachines,
  });
  return { clicks: found.length, more: found.length === mostMachines };
}

export function readMachines(
  context: Context,
  card: CardPortal,
  { who, period, to, skip }: Naming & { to: number; skip: number },
): Promise<ReadClick[]> {
  const span = { from: period.beforeFrom, to, skip, limit: pageSize };
  return context.store.deliveries.clicksNaming({ ...card, who, ...span, which: 'machine' });
}

/** Of the whole account. */
export async function countAllMachines(
  { store }: Context,
  card: CardPortal,
  { from, to }: Period,
): Promise<{ clicks: number; more: boolean }> {
  const clicks = await store.deliveries.countMachines({ ...card, from, to, limit: mostMachines });
  return { clicks, more: clicks === mostMachines };
}
