// What is to be written: the open deals of each contact, the timeline events, and the touches. The plan is in the store
// before HubSpot hears of it, so that a crash at any point repeats into the same state.
import { emptyLedger, foldTouches, type TouchLedger } from '../../domain/attribution.ts';
import { touchOf } from '../../domain/event.ts';
import { recountAt } from '../../domain/recount.ts';
import { planSends } from '../../domain/sends.ts';
import { groupBy } from '../../lib/chunk.ts';
import type { Context } from '../context.ts';
import type { Matched, Planned } from './batch.ts';
import { readOpenDeals } from './open-deals.ts';
import type { PortalSession } from './session.ts';

export interface Plan {
  planned: Planned[];
  /** The touches of each contact of the batch, with the batch folded in. */
  ledgers: ReadonlyMap<string, TouchLedger>;
}

export async function planBatch(context: Context, session: PortalSession, matched: Matched[]): Promise<Plan> {
  if (matched.length === 0) return { planned: [], ledgers: new Map() };
  const contactIds = [...new Set(matched.map(({ contactId }) => contactId))];
  const dealsOf = await readOpenDeals(session, contactIds);
  const planned = matched.map((row): Planned => {
    const deals = dealsOf.get(row.contactId) ?? [];
    const sends = planSends(
      row.delivery.sends,
      deals.map(({ id }) => id),
    );
    return { ...row, sends, deals, dealIds: dealIdsOf(sends) };
  });
  return { planned, ledgers: await foldLedgers(context, session, planned) };
}

/** The deals that a plan writes to: what was planned once stays, even if a deal was closed meanwhile. */
function dealIdsOf(sends: Planned['sends']): string[] {
  return sends.flatMap(({ target }) => (target.startsWith('deal:') ? [target.slice('deal:'.length)] : []));
}

async function foldLedgers(
  { store, config }: Context,
  { portalId, outlook }: PortalSession,
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
      dealCreatedAt: newestOf(first?.deals.flatMap(({ createdAt }) => createdAt ?? []) ?? []),
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
  for (const at of recounts.values()) outlook.expect('recounts', at);
  return ledgers;
}

function newestOf(moments: readonly number[]): number | null {
  return moments.length > 0 ? Math.max(...moments) : null;
}
