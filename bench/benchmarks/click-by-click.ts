// The obvious way to do the same work: each click by itself, with the same HubSpot client. What folding is compared with.
import { contactEvent, dealEvent, type PlannedEvent } from '../../server/domain/timeline-text.ts';
import { clickCounter } from '../../server/domain/elido-properties.ts';
import { closedStagesOf } from '../../server/domain/deals.ts';
import type { Delivery } from '../../server/domain/delivery.ts';
import { defaultFieldMapping, mapTouch, utmSources } from '../../server/domain/field-mapping.ts';
import { touchOf } from '../../server/domain/event.ts';
import type { Context } from '../../server/flows/context.ts';
import { readAssociations } from '../../server/hubspot/associations.ts';
import type { PortalApi } from '../../server/hubspot/client.ts';
import { readContactsById, updateContacts } from '../../server/hubspot/contacts.ts';
import { readDeals, updateDeals } from '../../server/hubspot/deals.ts';
import { makeGovernor } from '../../server/hubspot/governor.ts';
import { listDealPipelines } from '../../server/hubspot/pipelines.ts';
import { makeAppEvents } from '../../server/hubspot/timeline/app-events.ts';
import { groupBy } from '../../server/lib/chunk.ts';
import { eachLimit } from '../../server/lib/each-limit.ts';

const contactsAtOnce = 8;

interface Work {
  portalId: number;
  /** Delivered elsewhere already: they say which contact each click belongs to. */
  deliveries: readonly Delivery[];
}

export async function deliverClickByClick(context: Context, { portalId, deliveries }: Work): Promise<void> {
  const governor = makeGovernor({ limit: 1_000_000 });
  const api = context.hubspot.portal({
    portalId,
    governor,
    lane: 'live',
    accessToken: (rejected) => context.tokens.fresh(portalId, rejected),
  });
  const closed = closedStagesOf(await listDealPipelines(api));
  const counters = new Map<string, number>();
  const byContact = groupBy(deliveries, ({ contactId }) => contactId ?? '');
  try {
    await eachLimit([...byContact.values()], contactsAtOnce, async (clicks) => {
      const inOrder = clicks.toSorted((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime());
      for (const click of inOrder) await deliverOne(api, { delivery: click, closed, counters });
    });
  } finally {
    governor.close();
  }
}

interface OneClick {
  delivery: Delivery;
  closed: ReadonlySet<string>;
  counters: Map<string, number>;
}

async function deliverOne(api: PortalApi, { delivery, closed, counters }: OneClick): Promise<void> {
  const id = delivery.contactId ?? '';
  const { found } = await readContactsById(api, { ids: [id], properties: ['firstname', 'lastname', 'createdate'] });
  const { firstname, lastname } = found.get(id)?.properties ?? {};
  const who = { contactId: id, name: [firstname, lastname].filter(Boolean).join(' ') };
  const associated = await readAssociations(api, { from: 'contacts', to: 'deals', ids: [id] });
  const dealIds = associated.found.get(id) ?? [];
  const deals = dealIds.length === 0 ? null : await readDeals(api, { ids: dealIds, properties: ['dealstage'] });
  const open = dealIds.filter((dealId) => !closed.has(deals?.found.get(dealId)?.properties['dealstage'] ?? ''));

  await writeEvent(api, contactEvent(delivery, who));
  for (const dealId of open) await writeEvent(api, dealEvent(delivery, who, dealId));
  const utm = mapTouch(defaultFieldMapping, touchOf(delivery), utmSources);
  await updateContacts(api, [{ id, properties: { ...utm, [clickCounter]: countUp(counters, `contact ${id}`) } }]);
  for (const dealId of open) {
    await updateDeals(api, [{ id: dealId, properties: { [clickCounter]: countUp(counters, `deal ${dealId}`) } }]);
  }
}

async function writeEvent(api: PortalApi, event: PlannedEvent): Promise<void> {
  const result = await makeAppEvents().writeGroup(api, [event], { resend: false });
  const written = result.kind === 'rows' && result.outcomes.get(event.key)?.status === 'written';
  if (!written) throw new Error(`The event ${event.key} was not written.`);
}

function countUp(counters: Map<string, number>, key: string): string {
  const next = (counters.get(key) ?? 0) + 1;
  counters.set(key, next);
  return String(next);
}
