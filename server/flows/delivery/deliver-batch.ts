// The story of a batch: take what is due, find out who clicked and which deals are theirs, write the plan down,
// write to HubSpot, and write down what came of it. Only the holder of the portal's lease may run it.
import type { Delivery } from '../../domain/delivery.ts';
import type { Context } from '../context.ts';
import { judgeLandedAnew } from '../judge-landed-anew.ts';
import { makeOutcomes, type Outcomes } from './batch.ts';
import { admit } from './admit.ts';
import { endWaits } from '../actions/end-waits.ts';
import { fireRules } from '../rules/fire-rules.ts';
import { judgeClicks } from './judge-clicks.ts';
import { matchContacts } from './match-contacts.ts';
import { moveConvertedDeals } from './move-converted-deals.ts';
import { forgetErased } from '../webhooks/forget-erased.ts';
import { holdDenied, noteRights } from './note-rights.ts';
import { noteOutage } from './note-outage.ts';
import { planBatch } from './plan-batch.ts';
import { rememberRecords } from '../reading/remember-records.ts';
import type { PortalSession } from './session.ts';
import { writeProperties } from './write-properties.ts';
import { writeTimeline } from './write-timeline.ts';
import { delivered } from '../../domain/outcome.ts';
import { isCoded, toCoded } from '../../errors.ts';

export const batchSize = 1_000;

/** How many deliveries were taken; fewer than `limit` means that nothing more is due now. */
export async function deliverBatch(
  context: Context,
  session: PortalSession,
  limit: number = batchSize,
): Promise<number> {
  const { store, now } = context;
  const { portalId } = session;
  const due = await store.deliveries.takeDue({ portalId, now: now(), limit });
  const taken = await forgetErased(context, portalId, due);
  if (taken.length === 0) return due.length;
  const outcomes = makeOutcomes({ now, random: Math.random() });
  try {
    if (!holdDenied(context, session, { taken, outcomes })) await deliver(context, session, { taken, outcomes });
  } catch (error) {
    const failure = toCoded(error);
    if (isCoded(failure, 'internal', 'store_unavailable')) throw error;
    for (const delivery of taken) outcomes.fail(delivery, failure);
  }
  await settle(context, session, { taken, outcomes });
  await noteRights(context, session, { settlements: outcomes.list(), scopes: outcomes.deniedScopes() });
  await noteOutage(context, session, outcomes.list());
  await judgeLandedAnew(context, closedAsMachines(taken, outcomes));
  return due.length;
}

interface Batch {
  taken: Delivery[];
  outcomes: Outcomes;
}

async function deliver(context: Context, session: PortalSession, { taken, outcomes }: Batch): Promise<void> {
  const admitted = admit(context, session, { taken, outcomes });
  const judged = await judgeClicks(context, session, { admitted, outcomes });
  const matched = await matchContacts(context, session, { admitted: judged, outcomes });
  const plan = await planBatch(context, session, matched);
  outcomes.follow(plan.planned);
  await rememberRecords(context, { portalId: session.portalId, planned: plan.planned });
  await writeTimeline(context, session, { plan, outcomes });
  const recent = await writeProperties(context, session, { plan, outcomes });
  await moveConvertedDeals(context, session, { plan, outcomes });
  await endWaits(context, session, plan.planned);
  await fireRules(context, session, { plan, outcomes, recent });
  for (const { delivery } of plan.planned) outcomes.decide(delivery, delivered(delivery.attempts));
}

async function settle(
  { store, now, metrics }: Context,
  { fence, outlook }: PortalSession,
  { taken, outcomes }: Batch,
): Promise<void> {
  const settlements = outcomes.list();
  const isComplete = await store.deliveries.settle({ settlements, now: now(), fence });
  if (!isComplete) outlook.doubt('deliveries');
  for (const { dueAt } of settlements) if (dueAt) outlook.expect('deliveries', dueAt.getTime());
  const receivedAt = new Map(taken.map((delivery) => [delivery._id, delivery.receivedAt.getTime()]));
  for (const { id, state } of settlements) {
    metrics.deliveries.inc({ state });
    if (state !== 'delivered') continue;
    metrics.deliveryLatencySeconds.observe(Math.max(0, now() - (receivedAt.get(id) ?? now())) / 1_000);
  }
}

function closedAsMachines(taken: Delivery[], outcomes: Outcomes): Delivery[] {
  const closed = new Set(outcomes.list().flatMap(({ id, reason }) => (reason === 'machine_click' ? id : [])));
  return closed.size === 0 ? [] : taken.filter(({ _id }) => closed.has(_id));
}
