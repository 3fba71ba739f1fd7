// What a batch learned about contacts and deals is kept, so that cards can name them without asking HubSpot.
import { chunk } from '../../lib/chunk.ts';
import type { SeenContact, SeenDeal } from '../../store/seen-records.ts';
import type { Context } from '../context.ts';
import type { Planned } from '../delivery/batch.ts';

const rowsAtOnce = 500;

/** Each contact and deal once per batch, however many clicks it has. */
export async function rememberRecords(
  { store, now }: Context,
  { portalId, planned }: { portalId: number; planned: readonly Planned[] },
): Promise<void> {
  const contacts = new Map<string, SeenContact>();
  const deals = new Map<string, SeenDeal>();
  for (const { contactId, contactName, contactNamed, deals: open } of planned) {
    contacts.set(contactId, { id: contactId, name: contactNamed ? contactName : null });
    for (const deal of open) deals.set(deal.id, deal);
  }
  const at = now();
  // Together when they are few, as most are.
  const [first = [], ...more] = chunk([...contacts.values()], rowsAtOnce);
  const [few = [], ...many] = chunk([...deals.values()], rowsAtOnce);
  await store.seenRecords.save({ portalId, contacts: first, deals: few, now: at });
  for (const some of more) await store.seenRecords.save({ portalId, contacts: some, deals: [], now: at });
  for (const some of many) await store.seenRecords.save({ portalId, contacts: [], deals: some, now: at });
}
