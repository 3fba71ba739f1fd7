// Moves the deals that rules fired for. The stage is read again first: a deal that somebody moved meanwhile is left alone,
// and one that stands at the target already was moved by us before a crash.
import { isCoded } from '../../errors.ts';
import { readDeals, updateDeals } from '../../hubspot/deals.ts';
import type { MoveState, RuleMove } from '../../store/rule-moves.ts';
import type { Context } from '../context.ts';
import type { PortalSession } from '../delivery/session.ts';

/** True when nothing is left to move. What could not be done now stays planned; deliveries do not wait for it. */
export async function movePlannedDeals(context: Context, session: PortalSession): Promise<boolean> {
  const moves = await context.store.ruleMoves.listPlanned(session.portalId);
  if (moves.length === 0) return true;
  session.signal.throwIfAborted();
  try {
    await moveDeals(context, session, moves);
    return true;
  } catch (error) {
    if (!isCoded(error)) throw error;
    context.log.warn({ portalId: session.portalId, code: error.code }, 'deals could not be moved by rules now');
    return false;
  }
}

async function moveDeals(context: Context, session: PortalSession, moves: RuleMove[]): Promise<void> {
  const api = session.api.withLane('rules');
  const ids = new Set(moves.map(({ dealId }) => dealId));
  const { found } = await readDeals(api, { ids, properties: ['dealstage', 'pipeline'] });
  const due = new Map<string, RuleMove>();
  for (const move of moves) {
    const deal = found.get(move.dealId);
    const stage = deal?.properties.dealstage ?? '';
    const isThere = stage === move.toStage;
    if (!isThere && (stage !== move.fromStage || deal?.properties.pipeline !== move.pipeline)) {
      await settle(context, move, {
        to: 'void',
        detail: 'The deal was moved by somebody else before the rule came to it.',
      });
    } else if (isThere) await settle(context, move, { to: 'done', detail: null });
    // Of two rules for one deal the first moves it; the other finds it moved in the next round.
    else if (!due.has(move.dealId)) due.set(move.dealId, move);
  }
  const updates = [...due.values()].map(({ dealId, toStage }) => ({ id: dealId, properties: { dealstage: toStage } }));
  for (const [dealId, outcome] of await updateDeals(api, updates)) {
    const move = due.get(dealId);
    if (!move) continue;
    if (outcome.ok) await settle(context, move, { to: 'done', detail: null });
    else await settle(context, move, { to: 'failed', detail: outcome.error.message.slice(0, 500) });
  }
}

async function settle(
  { store, now, log }: Context,
  { _id, ruleId, dealId, portalId }: RuleMove,
  { to, detail }: { to: MoveState; detail: string | null },
): Promise<void> {
  await store.ruleMoves.settle({ moveId: _id, from: 'planned', to, detail, now: now() });
  log.info({ portalId, ruleId, dealId, state: to }, 'a rule moved a deal or let it be');
}
