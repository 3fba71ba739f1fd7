// Counters and UTM values, one update per contact and per deal however many clicks they had.
// Counters are counted from the ledger, never added to, so that a retry cannot inflate them (product A8).
import { z } from 'zod';
import { clickCounter } from '../../domain/elido-properties.ts';
import { recentSince } from '../../domain/recount.ts';
import { CodedError } from '../../errors.ts';
import { updateContacts } from '../../hubspot/contacts.ts';
import { updateDeals } from '../../hubspot/deals.ts';
import type { ObjectUpdate, UpdateOutcomes } from '../../hubspot/object-updates.ts';
import { groupBy } from '../../lib/chunk.ts';
import type { Context } from '../context.ts';
import type { Outcomes, Planned } from './batch.ts';
import { mappedValues } from './mapped-values.ts';
import type { Plan } from './plan-batch.ts';
import { requestProvisioning } from '../provision.ts';
import type { PortalSession } from './session.ts';

interface Batch {
  plan: Plan;
  outcomes: Outcomes;
}

/** What was counted on the way: the clicks of each contact since a moment. Rules ask the same. */
export interface RecentCounts {
  since: number;
  clicks: ReadonlyMap<string, { clicks: number }>;
}

export async function writeProperties(
  context: Context,
  session: PortalSession,
  { plan, outcomes }: Batch,
): Promise<RecentCounts> {
  const since = recentSince(context.now(), context.config.recentClicksDays);
  const open = plan.planned.filter(({ delivery }) => outcomes.isOpen(delivery));
  if (open.length === 0) return { since, clicks: new Map() };
  session.signal.throwIfAborted();
  const byContact = groupBy(open, ({ contactId }) => contactId);
  const byDeal = groupBy(
    open.flatMap((row) => row.dealIds.map((dealId) => ({ dealId, row }))),
    ({ dealId }) => dealId,
  );
  const { portalId } = session;
  const contactClicks = await context.store.deliveries.countByContact({
    portalId,
    contactIds: [...byContact.keys()],
    since,
  });
  const dealClicks = await context.store.deliveries.countByDeal({ portalId, dealIds: [...byDeal.keys()], since });

  const mapped = await mappedValues(session, { plan, outcomes, byContact });
  const contactUpdates = [...byContact.keys()].map((id): ObjectUpdate => {
    const clicks = { [clickCounter]: String(contactClicks.get(id)?.clicks ?? 0) };
    return { id, properties: { ...mapped.get(id), ...clicks } };
  });
  const dealUpdates = [...byDeal.keys()].map((id): ObjectUpdate => {
    return { id, properties: { [clickCounter]: String(dealClicks.get(id) ?? 0) } };
  });
  const contactOutcomes = await updateContacts(session.api, contactUpdates);
  const dealOutcomes = await updateDeals(session.api, dealUpdates);
  await failRows(context, session, { outcomes, updates: contactOutcomes, rowsOf: (id) => byContact.get(id) ?? [] });
  await failRows(context, session, {
    outcomes,
    updates: dealOutcomes,
    rowsOf: (id) => (byDeal.get(id) ?? []).map(({ row }) => row),
  });
  return { since, clicks: contactClicks };
}

interface UpdatesDone {
  outcomes: Outcomes;
  updates: UpdateOutcomes;
  rowsOf: (id: string) => readonly Planned[];
}

async function failRows(
  context: Context,
  session: PortalSession,
  { outcomes, updates, rowsOf }: UpdatesDone,
): Promise<void> {
  for (const [id, outcome] of updates) {
    if (outcome.ok) continue;
    for (const { delivery } of rowsOf(id)) {
      if (outcome.error.code !== 'hubspot_validation') outcomes.fail(delivery, outcome.error);
      else if (lacksOurProperty(outcome.error)) {
        await requestProvisioning(context, session.portalId);
        outcomes.fail(delivery, propertyRepaired(outcome.error));
      } else {
        const detail = outcome.error.message.slice(0, 500);
        outcomes.decide(delivery, {
          state: 'dead',
          reason: 'property_refused',
          detail,
          attempts: delivery.attempts + 1,
          dueAt: null,
        });
      }
    }
  }
}

const faultsSchema = z.array(z.object({ code: z.string(), property: z.string().nullable() }));

/** Somebody deleted a property that we keep: it is made again, and the values are written after that. */
function lacksOurProperty(error: CodedError): boolean {
  const faults = faultsSchema.safeParse(error.details.errors).data ?? [];
  return faults.some(
    ({ code, property }) => code === 'PROPERTY_DOESNT_EXIST' && property?.startsWith('elido_') === true,
  );
}

function propertyRepaired(cause: CodedError): CodedError {
  return new CodedError('provisioning_incomplete', 'A property of Elido is missing in HubSpot. It is created again.', {
    cause,
  });
}
