// Moves the deals that rules fired for. The stage is read again first: a deal that somebody moved meanwhile is left alone,
// and one that stands at the target already was moved by us before a crash.
import { isCoded } from '../../errors.ts';
import { readDeals, updateDeals } from '../../hubspot/deals.ts';
import type { PortalApi } from '../../hubspot/client.ts';
import type { CrmRecord } from '../../hubspot/records.ts';
import { ensureTasks } from '../../hubspot/tasks.ts';
import type { MoveState, RuleMove } from '../../store/rule-moves.ts';
import type { Context } from '../context.ts';
import type { PortalSession } from '../delivery/session.ts';

/** True when nothing is left to move. What could not be done now stays planned; deliveries do not wait for it. */
export async function movePlannedDeals(context: Context, session: PortalSession): Promise<boolean> {
  const { portalId, outlook } = session;
  if (!outlook.mayHave('moves')) return true;
  const moves = await context.store.ruleMoves.listPlanned(portalId);
  // Until none is left, every batch looks.
  outlook.learn('moves', moves.length === 0 ? null : context.now());
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
  const { found } = await readDeals(api, { ids, properties: ['dealstage', 'pipeline', 'hubspot_owner_id'] });
  const due = new Map<string, RuleMove>();
  const suggested: RuleMove[] = [];
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
    // Of two rules that move one deal the first does; the other finds it moved in the next round.
    else if (move.mode === 'suggest') suggested.push(move);
    else if (!due.has(move.dealId)) due.set(move.dealId, move);
  }
  await suggest(context, { api, moves: suggested, deals: found });
  const updates = [...due.values()].map(({ dealId, toStage }) => ({ id: dealId, properties: { dealstage: toStage } }));
  for (const [dealId, outcome] of await updateDeals(api, updates)) {
    const move = due.get(dealId);
    if (!move) continue;
    if (outcome.ok) await settle(context, move, { to: 'done', detail: null });
    else await settle(context, move, { to: 'failed', detail: outcome.error.message.slice(0, 500) });
  }
}

interface Suggestions {
  api: PortalApi;
  moves: readonly RuleMove[];
  deals: ReadonlyMap<string, CrmRecord>;
}

/** A task for the owner of each deal; the deal stays where it is. */
async function suggest(context: Context, { api, moves, deals }: Suggestions): Promise<void> {
  if (moves.length === 0) return;
  await ensureTasks(
    api,
    moves.map(({ _id, dealId, words }) => ({
      dealId,
      reference: _id,
      subject: 'Elido: this deal looks ready for its next stage',
      body: words,
      ownerId: deals.get(dealId)?.properties['hubspot_owner_id'] ?? null,
      dueAt: context.now(),
    })),
  );
  for (const move of moves) await settle(context, move, { to: 'suggested', detail: 'A task was made on the deal.' });
}

async function settle(
  { store, now, log }: Context,
  { _id, ruleId, dealId, portalId }: RuleMove,
  { to, detail }: { to: MoveState; detail: string | null },
): Promise<void> {
  await store.ruleMoves.settle({ moveId: _id, from: 'planned', to, detail, now: now() });
  log.info({ portalId, ruleId, dealId, state: to }, 'a rule moved a deal or let it be');
}
