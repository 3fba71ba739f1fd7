// Counters of recent clicks go down by themselves: what has grown too old is no longer counted, though nobody clicked.
import { clickCounter } from '../../domain/elido-properties.ts';
import { recentSince, recountAt } from '../../domain/recount.ts';
import { isCoded } from '../../errors.ts';
import { updateContacts } from '../../hubspot/contacts.ts';
import { updateDeals } from '../../hubspot/deals.ts';
import type { ObjectUpdate } from '../../hubspot/object-updates.ts';
import type { Context } from '../context.ts';
import type { PortalSession } from './session.ts';

const contactsAtOnce = 500;
const hourMs = 3600_000;

/** Returns how many contacts were counted again. Records that are gone in HubSpot are left alone. */
export async function recountClicks(context: Context, session: PortalSession): Promise<number> {
  const { store, now, config } = context;
  const { portalId } = session;
  const contactIds = await store.touches.takeRecounts({ portalId, now: now(), limit: contactsAtOnce });
  if (contactIds.length === 0) return 0;
  session.signal.throwIfAborted();
  const since = recentSince(now(), config.recentClicksDays);
  const counts = await store.deliveries.countByContact({ portalId, contactIds, since });
  const twoWindowsAgo = recentSince(since, config.recentClicksDays);
  const dealIds = await store.deliveries.dealsOf({ portalId, contactIds, since: twoWindowsAgo });
  const dealCounts = await store.deliveries.countByDeal({ portalId, dealIds, since });

  const updates = {
    contacts: contactIds.map((id) => counterUpdate(id, counts.get(id)?.clicks)),
    deals: dealIds.map((id) => counterUpdate(id, dealCounts.get(id))),
  };
  const written = await writeCounters(context, session, updates);
  const next = contactIds.map((id): [string, number | null] => {
    if (!written) return [id, now() + hourMs];
    const oldestAt = counts.get(id)?.oldestAt;
    return [id, oldestAt === undefined ? null : recountAt(oldestAt, config.recentClicksDays)];
  });
  await store.touches.setRecounts({ portalId, at: new Map(next) });
  return contactIds.length;
}

function counterUpdate(id: string, clicks = 0): ObjectUpdate {
  return { id, properties: { [clickCounter]: String(clicks) } };
}

/** False when HubSpot could not be written to: nothing is lost, the counters are tried again an hour later. */
async function writeCounters(
  { log }: Context,
  { api, portalId }: PortalSession,
  { contacts, deals }: { contacts: ObjectUpdate[]; deals: ObjectUpdate[] },
): Promise<boolean> {
  const unhurried = api.withLane('backfill');
  try {
    await updateContacts(unhurried, contacts);
    await updateDeals(unhurried, deals);
    return true;
  } catch (error) {
    if (!isCoded(error)) throw error;
    log.warn({ portalId, code: error.code }, 'aged counters could not be written');
    return false;
  }
}
