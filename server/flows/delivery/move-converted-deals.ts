// A conversion moves the open deals of its contact to the stage that the connection names (product B4), forward only.
import { isAhead } from '../../domain/deals.ts';
import { updateDeals } from '../../hubspot/deals.ts';
import type { Context } from '../context.ts';
import type { Outcomes, Planned } from './batch.ts';
import type { Plan } from './plan-batch.ts';
import type { PortalSession } from './session.ts';

interface Batch {
  plan: Plan;
  outcomes: Outcomes;
}

export async function moveConvertedDeals(
  { log }: Context,
  session: PortalSession,
  { plan, outcomes }: Batch,
): Promise<void> {
  const rows = plan.planned.filter(({ delivery }) => delivery.kind === 'conversion' && outcomes.isOpen(delivery));
  const wanted = rows.filter(({ connection, deals }) => connection.conversionStage && deals.length > 0);
  if (wanted.length === 0) return;
  const boards = await session.boards();
  const moves = new Map<string, { stage: string; rows: Planned[] }>();
  for (const row of wanted) {
    const to = row.connection.conversionStage;
    for (const deal of row.deals) {
      if (!to || !isAhead(boards, deal, to)) continue;
      moves.set(deal.id, { stage: to.stage, rows: [...(moves.get(deal.id)?.rows ?? []), row] });
    }
  }
  session.signal.throwIfAborted();
  const updates = [...moves].map(([id, { stage }]) => ({ id, properties: { dealstage: stage } }));
  for (const [id, outcome] of await updateDeals(session.api, updates)) {
    if (outcome.ok) continue;
    log.warn({ portalId: session.portalId, dealId: id, code: outcome.error.code }, 'a deal could not be moved');
    for (const { delivery } of moves.get(id)?.rows ?? []) outcomes.fail(delivery, outcome.error);
  }
}
