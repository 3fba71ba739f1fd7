// What is to be written: the open deals of each contact, the timeline events, and the touches. The plan is in the store
// before HubSpot hears of it, so that a crash at any point repeats into the same state.
import { emptyLedger, foldTouches, type TouchLedger } from '../../domain/attribution.ts';
import { touchOf } from '../../domain/event.ts';
import { recountAt } from '../../domain/recount.ts';
import { planSends } from '../../domain/sends.ts';
import { readAssociations } from '../../hubspot/associations.ts';
import { readDeals } from '../../hubspot/deals.ts';
import { groupBy } from '../../lib/chunk.ts';
import type { Context } from '../context.ts';
import type { Matched, Planned } from './batch.ts';
import type { PortalSession } from './session.ts';

const dealProperties = ['dealstage', 'pipeline', 'createdate'];

export interface Plan {
  planned: Planned[];
  /** The touches of each contact of the batch, with the batch folded in. */
  ledgers: ReadonlyMap<string, TouchLedger>;
}

export async function planBatch(context: Context, session: PortalSession, matched: Matched[]): Promise<Plan> {
  if (matched.length === 0) return { planned: [], ledgers: new Map() };
  const deals = await openDeals(session, matched);
  const planned = matched.map((row): Planned => {
    const { dealIds, newestAt } = deals.of(row.contactId);
    const sends = planSends(row.delivery.sends, dealIds);
    return { ...row, sends, dealIds: dealIdsOf(sends), dealCreatedAt: newestAt };
  });
  return { planned, ledgers: await foldLedgers(context, session.portalId, planned) };
}

/** The deals that a plan writes to: what was planned once stays, even if a deal was closed meanwhile. */
function dealIdsOf(sends: Planned['sends']): string[] {
  return sends.flatMap(({ target }) => (target.startsWith('deal:') ? [target.slice('deal:'.length)] : []));
}

async function openDeals(session: PortalSession, matched: Matched[]) {
  const contactIds = [...new Set(matched.map(({ contactId }) => contactId))];
  const { found: dealsOf } = await readAssociations(session.api, { from: 'contacts', to: 'deals', ids: contactIds });
  const ids = [...new Set([...dealsOf.values()].flat())];
  const { found } = await readDeals(session.api, { ids, properties: dealProperties });
  const closedStages = ids.length > 0 ? await session.closedStages() : new Set<string>();
  return {
    of(contactId: string): { dealIds: string[]; newestAt: number | null } {
      const open = (dealsOf.get(contactId) ?? []).flatMap((dealId) => {
        const deal = found.get(dealId);
        return deal && !closedStages.has(deal.properties.dealstage ?? '') ? [deal] : [];
      });
      const created = open
        .map(({ properties }) => Date.parse(properties.createdate ?? ''))
        .filter((at) => !Number.isNaN(at));
      return {
        dealIds: [...new Set(open.map(({ id }) => id))],
        newestAt: created.length > 0 ? Math.max(...created) : null,
      };
    },
  };
}

async function foldLedgers(
  { store, config }: Context,
  portalId: number,
  planned: Planned[],
): Promise<Map<string, TouchLedger>> {
  const byContact = groupBy(planned, ({ contactId }) => contactId);
  const known = await store.touches.findMany({ portalId, contactIds: [...byContact.keys()] });
  const ledgers = new Map<string, TouchLedger>();
  const recounts = new Map<string, number>();
  for (const [contactId, rows] of byContact) {
    const [first] = rows;
    const milestones = {
      contactCreatedAt: first?.contactCreatedAt ?? null,
      dealCreatedAt: first?.dealCreatedAt ?? null,
    };
    const touchesOf = (kind: Planned['delivery']['kind']) =>
      rows.filter(({ delivery }) => delivery.kind === kind).map(({ delivery }) => touchOf(delivery));
    const clicks = touchesOf('click');
    const oldestAt = Math.min(...clicks.map(({ at }) => at));
    if (clicks.length > 0) recounts.set(contactId, recountAt(oldestAt, config.recentClicksDays));
    ledgers.set(
      contactId,
      foldTouches(known.get(contactId) ?? emptyLedger, { clicks, conversions: touchesOf('conversion') }, milestones),
    );
  }
  await store.touches.saveMany({ portalId, ledgers, recountAt: recounts });
  return ledgers;
}
