// A conversion moves the open deals of its contact to the stage that the connection names (product B4), forward only.
import { closedStagesOf, hasStage, isAhead, type Board, type DealFacts } from '../../domain/deals.ts';
import { readDeals, updateDeals } from '../../hubspot/deals.ts';
import type { Context } from '../context.ts';
import type { Outcomes, Planned } from './batch.ts';
import type { Plan } from './plan-batch.ts';
import type { PortalSession } from './session.ts';

interface Batch {
  plan: Plan;
  outcomes: Outcomes;
}

interface Move {
  stage: string;
  rows: Planned[];
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
  const moves = await stillAhead(session, boards, movesOf(boards, wanted, outcomes));
  session.signal.throwIfAborted();
  const updates = [...moves].map(([id, { stage }]) => ({ id, properties: { dealstage: stage } }));
  for (const [id, outcome] of await updateDeals(session.api, updates)) {
    if (outcome.ok) continue;
    log.warn({ portalId: session.portalId, dealId: id, code: outcome.error.code }, 'a deal could not be moved');
    for (const { delivery } of moves.get(id)?.rows ?? []) outcomes.fail(delivery, outcome.error);
  }
}

/** By deal. Of two workspaces that name different stages the one further ahead is taken. */
function movesOf(boards: readonly Board[], wanted: readonly Planned[], outcomes: Outcomes): Map<string, Move> {
  const moves = new Map<string, Move>();
  for (const row of wanted) {
    const to = row.connection.conversionStage;
    if (!to) continue;
    if (!hasStage(boards, to)) {
      outcomes.note(row.delivery, 'No deal was moved: the stage for conversions is no longer in the portal.');
      continue;
    }
    for (const deal of row.deals) {
      const known = moves.get(deal.id);
      const { stage } = known ?? deal;
      if (isAhead(boards, { ...deal, stage }, to)) {
        moves.set(deal.id, { stage: to.stage, rows: [...(known?.rows ?? []), row] });
      } else known?.rows.push(row);
    }
  }
  return moves;
}

/** The deals were read before the timeline was written: somebody may have moved or closed one meanwhile. */
async function stillAhead(
  session: PortalSession,
  boards: readonly Board[],
  moves: ReadonlyMap<string, Move>,
): Promise<Map<string, Move>> {
  if (moves.size === 0) return new Map();
  const properties = ['dealstage', 'pipeline'];
  const { found } = await readDeals(session.api, { ids: new Set(moves.keys()), properties });
  const closed = closedStagesOf(boards);
  return new Map(
    [...moves].filter(([id, { stage }]) => {
      const { dealstage, pipeline } = found.get(id)?.properties ?? {};
      const deal: Pick<DealFacts, 'pipeline' | 'stage'> = { pipeline: pipeline ?? '', stage: dealstage ?? '' };
      return !closed.has(deal.stage) && isAhead(boards, deal, { pipeline: deal.pipeline, stage });
    }),
  );
}
