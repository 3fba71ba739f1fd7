// Takes a move back while the deal still stands where the rule put it. The deal is then exempt from the rule.
// What HubSpot says of the deal decides: after a lost answer the same request again finds the deal back already, or moves it.
import { CodedError } from '../../errors.ts';
import { readDeals, updateDeals } from '../../hubspot/deals.ts';
import type { RuleMove } from '../../store/rule-moves.ts';
import type { Context } from '../context.ts';
import { askPortal } from '../ask-portal.ts';

/** Throws `conflict` when the move is not done, or the deal was moved on since. Once it is undone a further call changes nothing. */
export async function undoMove(
  context: Context,
  { workspaceId, moveId }: { workspaceId: string; moveId: string },
): Promise<RuleMove> {
  const { store, now } = context;
  const move = await store.ruleMoves.find({ workspaceId, moveId });
  if (!move) throw new CodedError('not_found', 'This workspace has no such move.');
  if (move.state === 'undone') return move;
  if (move.state !== 'done')
    throw new CodedError('conflict', `Only a move that was made can be taken back; this one is ${move.state}.`);
  const api = askPortal(context, move.portalId);
  const { found } = await readDeals(api, { ids: [move.dealId], properties: ['dealstage', 'pipeline'] });
  const deal = found.get(move.dealId);
  const stage = deal?.properties.pipeline === move.pipeline ? deal.properties.dealstage : null;
  if (!deal || (stage !== move.toStage && stage !== move.fromStage)) {
    throw new CodedError('conflict', 'The deal no longer stands where the rule put it. Move it by hand in HubSpot.');
  }
  // Exempt first, or the rule could fire again between HubSpot's answer and ours. Undone only when HubSpot says that the deal is back.
  await store.ruleMoves.askUndo({ moveId, now: now() });
  if (stage === move.toStage) {
    const [outcome] = (await updateDeals(api, [{ id: deal.id, properties: { dealstage: move.fromStage } }])).values();
    if (outcome?.ok === false) throw outcome.error;
  }
  await store.ruleMoves.settle({ moveId, from: 'done', to: 'undone', detail: 'Taken back by a person.', now: now() });
  return { ...move, state: 'undone' };
}
