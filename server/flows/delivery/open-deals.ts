// The open deals of the contacts of a batch: one association read and a few batch reads for all of them.
import { closedStagesOf, type DealFacts } from '../../domain/deals.ts';
import { readAssociations } from '../../hubspot/associations.ts';
import { readDeals } from '../../hubspot/deals.ts';
import type { CrmRecord } from '../../hubspot/records.ts';
import type { PortalSession } from './session.ts';

const dealProperties = ['dealname', 'dealstage', 'pipeline', 'createdate', 'amount'];

/** Open deals by contact; a contact without any is absent. */
export async function readOpenDeals(
  session: PortalSession,
  contactIds: readonly string[],
): Promise<ReadonlyMap<string, DealFacts[]>> {
  const { found: dealsOf } = await readAssociations(session.api, { from: 'contacts', to: 'deals', ids: contactIds });
  const ids = new Set([...dealsOf.values()].flat());
  if (ids.size === 0) return new Map();
  const { found } = await readDeals(session.api, { ids, properties: dealProperties });
  const closed = await closedStages(session, found);
  const open = new Map<string, DealFacts[]>();
  for (const [contactId, dealIds] of dealsOf) {
    // Two old ids may answer as one merged deal.
    const deals = new Map(dealIds.flatMap((dealId) => dealOf(found.get(dealId))));
    const stillOpen = [...deals.values()].filter(({ stage }) => !closed.has(stage));
    if (stillOpen.length > 0) open.set(contactId, stillOpen);
  }
  return open;
}

/** A stage that nobody knows was made since the pipelines were read: it may be a closed one. */
async function closedStages(session: PortalSession, found: ReadonlyMap<string, CrmRecord>): Promise<Set<string>> {
  const boards = await session.boards();
  const known = new Set(boards.flatMap(({ stages }) => stages.map(({ id }) => id)));
  const isNew = [...found.values()].some(({ properties }) => !known.has(properties.dealstage ?? ''));
  return closedStagesOf(isNew ? await session.boards({ anew: true }) : boards);
}

function dealOf(record: CrmRecord | undefined): [string, DealFacts][] {
  if (!record) return [];
  const { dealname, dealstage, pipeline, createdate, amount } = record.properties;
  const createdAt = Date.parse(createdate ?? '');
  const deal: DealFacts = {
    id: record.id,
    name: dealname?.trim() || null,
    pipeline: pipeline ?? '',
    stage: dealstage ?? '',
    amount: amount ? Number(amount) : null,
    createdAt: Number.isNaN(createdAt) ? null : createdAt,
  };
  return [[record.id, deal]];
}
