// Is it a person? Each click is judged once, with the clicks around it, before anything of it can reach HubSpot (product A10).
import type { Click } from '../../domain/click.ts';
import type { Delivery } from '../../domain/delivery.ts';
import type { ClickEvidence } from '../../domain/human-verdict/evidence.ts';
import { judgeClick } from '../../domain/human-verdict/judge-click.ts';
import { neighbourhoodMs } from '../../domain/human-verdict/options.ts';
import { isCounted, type CountPolicy } from '../../domain/human-verdict/policy.ts';
import { evidenceOf, storedVerdict } from '../../domain/human-verdict/stored.ts';
import { whoOf } from '../../domain/identity.ts';
import { closed } from '../../domain/outcome.ts';
import { groupBy } from '../../lib/chunk.ts';
import type { Context } from '../context.ts';
import { readCountPolicy } from '../count-policy.ts';
import type { Admitted } from './admit.ts';
import type { Outcomes } from './batch.ts';

/** More neighbours than this say nothing that these do not say. */
const mostNeighbours = 5_000;

interface Batch {
  admitted: Admitted[];
  outcomes: Outcomes;
}

/** The deliveries that go on. Sets `verdict` on every click; what does not count is closed with the reason. */
export async function judgeClicks(context: Context, { admitted, outcomes }: Batch): Promise<Admitted[]> {
  const goOn: Admitted[] = [];
  for (const [workspaceId, rows] of groupBy(admitted, ({ delivery }) => delivery.workspaceId)) {
    const policy = await readCountPolicy(context, workspaceId);
    const around = await neighboursOf(
      context,
      workspaceId,
      rows.map(({ delivery }) => delivery),
    );
    for (const row of rows) {
      if (countsAfterJudging(context, row.delivery, { around, policy })) goOn.push(row);
      else {
        const { verdict } = row.delivery;
        const outcome = { ...closed(row.delivery, 'machine_click'), detail: verdict?.words ?? null };
        outcomes.decide(row.delivery, verdict ? { ...outcome, verdict } : outcome);
      }
    }
  }
  return goOn;
}

interface Surroundings {
  around: ReadonlyMap<string, ClickEvidence[]>;
  policy: CountPolicy;
}

function countsAfterJudging(
  { scannerNetworks }: Context,
  delivery: Delivery,
  { around, policy }: Surroundings,
): boolean {
  if (delivery.kind !== 'click') return true;
  const evidence = evidenceOf(delivery.click, delivery.who);
  const neighbours = around.get(delivery.who ?? '') ?? [];
  delivery.verdict ??= storedVerdict(
    judgeClick(evidence, neighbours, { scannerNetworks: scannerNetworks ?? undefined }),
  );
  return isCounted(delivery.verdict, policy);
}

/** The clicks around the unjudged ones, by who made them. */
async function neighboursOf(
  { store }: Context,
  workspaceId: string,
  deliveries: Delivery[],
): Promise<Map<string, ClickEvidence[]>> {
  const unjudged = deliveries.filter(({ kind, verdict, who }) => kind === 'click' && verdict === null && who !== null);
  if (unjudged.length === 0) return new Map();
  const moments = unjudged.map(({ occurredAt }) => occurredAt.getTime());
  const reach = neighbourhoodMs();
  const clicks = await store.deliveries.clicksAround({
    workspaceId,
    who: [...new Set(unjudged.flatMap(({ who }) => who ?? []))],
    from: Math.min(...moments) - reach,
    to: Math.max(...moments) + reach,
    limit: mostNeighbours,
  });
  return groupBy(clicks.map(toEvidence), ({ who }) => who ?? '');
}

function toEvidence(click: Click): ClickEvidence {
  return evidenceOf(click, whoOf(click));
}
