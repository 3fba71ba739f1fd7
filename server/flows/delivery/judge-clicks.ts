// Is it a person? Each click is judged once, with the clicks around it, before anything of it can reach HubSpot (product A10).
import type { Click } from '../../domain/click.ts';
import type { Delivery } from '../../domain/delivery.ts';
import type { ClickEvidence } from '../../domain/human-verdict/evidence.ts';
import { judgeClick } from '../../domain/human-verdict/judge-click.ts';
import { neighbourhoodMs } from '../../domain/human-verdict/options.ts';
import { defaultCountPolicy, isCounted, type CountPolicy } from '../../domain/human-verdict/policy.ts';
import { evidenceOf, storedVerdict } from '../../domain/human-verdict/stored.ts';
import { whoOf } from '../../domain/identity.ts';
import { closed } from '../../domain/outcome.ts';
import { groupBy } from '../../lib/chunk.ts';
import type { LandedAt } from '../../store/landings.ts';
import type { Context } from '../context.ts';
import type { Admitted } from './admit.ts';
import type { Outcomes } from './batch.ts';
import { workspaceOf } from './portal-settings.ts';
import type { PortalSession } from './session.ts';

/** More neighbours than this say nothing that these do not say. */
const mostNeighbours = 5_000;

interface Batch {
  admitted: Admitted[];
  outcomes: Outcomes;
}

/** The deliveries that go on. Sets `verdict` on every click; what does not count is closed with the reason. */
export async function judgeClicks(
  context: Context,
  { settings }: PortalSession,
  { admitted, outcomes }: Batch,
): Promise<Admitted[]> {
  const goOn: Admitted[] = [];
  for (const [workspaceId, rows] of groupBy(admitted, ({ delivery }) => delivery.workspaceId)) {
    const workspace = await workspaceOf(context, settings, workspaceId);
    const policy = workspace?.countPolicy ?? defaultCountPolicy;
    const unjudged = rows.flatMap(({ delivery }) => clickToJudge(delivery) ?? []);
    const neighbours = await neighboursOf(context, workspaceId, unjudged);
    // Only pages that were given a key can have said anything.
    const landedAt: LandedAt = workspace?.browser
      ? await context.store.landings.among({ workspaceId, clickIds: clickIdsOf(unjudged, neighbours) })
      : new Map();
    const seen = (click: Click, who = whoOf(click)) =>
      evidenceOf(click, { who, landedAt: landedAt.get(click.clickId) });
    const around = groupBy(
      neighbours.map((click) => seen(click)),
      ({ who }) => who ?? '',
    );
    for (const row of rows) {
      if (countsAfterJudging(context, row.delivery, { seen, around, policy })) goOn.push(row);
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
  seen: (click: Click, who: string | null) => ClickEvidence;
  around: ReadonlyMap<string, ClickEvidence[]>;
  policy: CountPolicy;
}

function countsAfterJudging(
  { scannerNetworks }: Context,
  delivery: Delivery,
  { seen, around, policy }: Surroundings,
): boolean {
  if (delivery.kind !== 'click') return true;
  const neighbours = around.get(delivery.who ?? '') ?? [];
  delivery.verdict ??= storedVerdict(
    judgeClick(seen(delivery.click, delivery.who), neighbours, { scannerNetworks: scannerNetworks ?? undefined }),
  );
  return isCounted(delivery.verdict, policy);
}

type ClickDelivery = Delivery & { kind: 'click' };

function clickToJudge(delivery: Delivery): ClickDelivery | null {
  return delivery.kind === 'click' && delivery.verdict === null ? delivery : null;
}

/** The clicks around the unjudged ones, by the same people. */
async function neighboursOf({ store }: Context, workspaceId: string, unjudged: ClickDelivery[]): Promise<Click[]> {
  const who = [...new Set(unjudged.flatMap((delivery) => delivery.who ?? []))];
  if (who.length === 0) return [];
  const moments = unjudged.flatMap((delivery) => (delivery.who === null ? [] : delivery.occurredAt.getTime()));
  const reach = neighbourhoodMs();
  const [from, to] = [Math.min(...moments) - reach, Math.max(...moments) + reach];
  return store.deliveries.clicksAround({ workspaceId, who, from, to, limit: mostNeighbours });
}

function clickIdsOf(unjudged: readonly ClickDelivery[], neighbours: readonly Click[]): Set<string> {
  return new Set([...unjudged.map(({ eventId }) => eventId), ...neighbours.map(({ clickId }) => clickId)]);
}
