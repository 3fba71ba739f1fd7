// Where a deal stands, as far as we were told: the latest of what a delivery saw, what a webhook said and what a rule did.
import type { DealFacts } from '../../domain/deals.ts';
import type { DealChange } from '../../store/deal-stages.ts';
import type { RuleMove } from '../../store/rule-moves.ts';
import type { MetDeal } from '../../store/seen-records.ts';

export interface DealNow {
  facts: DealFacts | null;
  seenAt: Date | null;
}

export function dealNow(
  seen: MetDeal | undefined,
  { changes, moves }: { changes: readonly DealChange[]; moves: readonly RuleMove[] },
): DealNow {
  if (!seen) return { facts: null, seenAt: null };
  let latest = { at: seen.seenAt.getTime(), stage: seen.stage };
  const said = [
    ...changes.flatMap(({ kind, stage, at }) => (kind === 'stage' && stage ? [{ at: at.getTime(), stage }] : [])),
    ...moves.flatMap(({ state, toStage, fromStage, settledAt }) => {
      if (!settledAt || (state !== 'done' && state !== 'undone')) return [];
      return [{ at: settledAt.getTime(), stage: state === 'done' ? toStage : fromStage }];
    }),
  ];
  for (const one of said) if (one.at >= latest.at) latest = one;
  const { id, name, pipeline, amount, createdAt } = seen;
  return { facts: { id, name, pipeline, amount, createdAt, stage: latest.stage }, seenAt: seen.seenAt };
}
