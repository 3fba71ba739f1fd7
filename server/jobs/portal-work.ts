// Works one portal under its lease: makes it ready, delivers until nothing is due, and leaves the budget to the next holder.
import { setTimeout as sleep } from 'node:timers/promises';
import { completeWaits } from '../flows/actions/complete-waits.ts';
import { endMissedWaits } from '../flows/actions/end-waits.ts';
import { deliverBatch, batchSize } from '../flows/delivery/deliver-batch.ts';
import { noteOutage } from '../flows/delivery/note-outage.ts';
import { openSession } from '../flows/delivery/open-session.ts';
import { recountClicks } from '../flows/delivery/recount-clicks.ts';
import { movePlannedDeals } from '../flows/rules/move-deals.ts';
import { blockQueue } from '../flows/tokens/block-queue.ts';
import { workReceipts } from '../flows/webhooks/work-receipts.ts';
import { provision } from '../flows/provision.ts';
import type { Context } from '../flows/context.ts';
import { isHalfOpen, isResting } from '../domain/breaker.ts';
import { gatherMs } from '../domain/gather-ms.ts';
import { makeOutlook, type Outlook } from '../domain/outlook.ts';
import { isCoded } from '../errors.ts';
import { makeGovernor, type Governor } from '../hubspot/governor.ts';
import type { AnswerWatch } from '../lib/answer-watch.ts';
import type { Portal } from '../store/portals.ts';
import { holdLease, type HeldLease } from './hold-lease.ts';
import { makePortalGauges, type PortalGauges } from './portal-gauges.ts';

/** How long a failed portal rests when nothing else says when to come back. */
const restAfterFailureMs = 5_000;
const provisioningRetryMs = 60_000;
const movesRetryMs = 60_000;
/** Shorter ones are waited for where they are met. */
const longPauseMs = 30_000;
/** A portal with a long queue lets others in after so long, if there are any. */
const turnMs = 10_000;

export async function workPortal(context: Context, portal: Portal, given: Turn): Promise<void> {
  const { signal, leave, answers, isCrowded } = given;
  const beganAt = performance.now();
  const fence = portal.lease?.fence ?? 0;
  const lease = holdLease(context, { portalId: portal._id, fence });
  const governor = governorOf(context, portal);
  const gauges = makePortalGauges(context, { portalId: portal._id, governor });
  let isGivenBack = false;
  try {
    const turn = { isOver: () => performance.now() - beganAt > turnMs && isCrowded() };
    isGivenBack = await workAll({ context, portal, fence, governor, lease, signal, leave, answers, turn, gauges });
  } catch (error) {
    await restAfter(context, { portal, lease, answers }, error);
  } finally {
    await lease.pause();
    gauges.end();
    const budget = governor.snapshot();
    governor.close();
    if (!isGivenBack) await context.store.portals.release({ portalId: portal._id, fence, budget });
  }
}

interface Turn {
  /** Ends the work after the current batch. */
  signal: AbortSignal;
  /** Ends it in the middle of a call: the account hangs, and others need its place. */
  leave: AbortSignal;
  answers: AnswerWatch;
  /** Others wait for their turn in this process. */
  isCrowded: () => boolean;
}

interface Work {
  context: Context;
  portal: Portal;
  fence: number;
  governor: Governor;
  lease: HeldLease;
  signal: AbortSignal;
  leave: AbortSignal;
  answers: AnswerWatch;
  turn: { isOver: () => boolean };
  gauges: PortalGauges;
}

/** True when the lease was given back with it. */
async function workAll(work: Work): Promise<boolean> {
  const { context, portal, lease, signal } = work;
  if (portal.state === 'connected') return deliverAll(work);
  await workReceipts(context, { portalId: portal._id, assertHeld: lease.assertHeld });
  await blockQueue(context, portal, signal);
  return false;
}

async function deliverAll(work: Work): Promise<boolean> {
  const { context, portal, fence, governor, lease, signal, leave, answers, turn, gauges } = work;
  const { store, now } = context;
  const portalId = portal._id;
  const { signal: lost, assertHeld } = lease;
  const either = AbortSignal.any([lost, leave]);
  const session = await openSession(context, { portalId, fence, governor, signal: either, answers, assertHeld });
  const { unasked } = session;
  for (let round = 0; ; round += 1) {
    if (round > 0) await endMissedWaits(context, { portalId, unasked });
    // It was read when it was claimed.
    const current = round === 0 ? portal : await store.portals.find(portalId);
    if (signal.aborted || either.aborted || current?.state !== 'connected') return false;
    if (isResting(current.breaker, now())) {
      await sleepUntil(context, current, current.breaker?.openUntil?.getTime() ?? 0);
      return false;
    }
    // The calls of the day are used up, or HubSpot said to stay away: no delivery is touched meanwhile.
    if (governor.pausedForMs > longPauseMs) {
      await sleepUntil(context, current, now() + governor.pausedForMs);
      return false;
    }
    // What the last holder left is believed once. Who goes round again has found more work or a hint, and asks for everything.
    const { lease: claimed, hintedUntil } = current;
    const outlook = makeOutlook(round === 0 ? { agenda: claimed?.agenda, hintedUntil } : null, now());
    const batch = await session.refresh(current, outlook);
    if (!(await provision(context, batch, current))) {
      await noteOutage(context, batch, []);
      await sleepUntil(context, current, now() + provisioningRetryMs);
      return false;
    }
    if (outlook.isDue('receipts', now())) {
      await workReceipts(context, { portalId, assertHeld });
      outlook.learn('receipts', null);
    }
    // The first after an outage goes alone.
    const limit = isHalfOpen(current.breaker, now()) ? 1 : batchSize;
    const batchAt = performance.now();
    const taken = await deliverBatch(context, batch, limit);
    if (leave.aborted) continue;
    const allMoved = await movePlannedDeals(context, batch);
    const moreWaits = await completeWaits(context, batch);
    await gauges.afterBatch(taken);
    if (turn.isOver()) {
      if (!(await sleepUntil(context, current, now()))) await endMissedWaits(context, { portalId, unasked });
      return false;
    }
    if (taken === limit || moreWaits) continue;
    if (taken > 0) await gather(governor, batchAt, signal);
    if (outlook.isDue('recounts', now()) && (await recountClicks(context, batch)) > 0) continue;
    const workAt = await nextWorkOf(context, { portalId, outlook, other: allMoved ? null : now() + movesRetryMs });
    if (workAt !== null && workAt <= now()) continue;
    await lease.pause();
    const next = { workSeq: current.workSeq, workAt, agenda: outlook.toAgenda(now()), budget: governor.snapshot() };
    // A hint that came after `workSeq` was read stays: then the loop looks once more.
    if (await store.portals.rest({ portalId, fence, ...next })) return true;
    lease.resume();
  }
}

/** Between two batches that were not full; ends early when the work is to end. */
async function gather(governor: Governor, batchAt: number, signal: AbortSignal): Promise<void> {
  const elapsedMs = performance.now() - batchAt;
  const calls = governor.snapshot().agesMs.filter((age) => age <= elapsedMs).length;
  const ms = gatherMs({ spent: governor.spent, limit: governor.limit, calls, elapsedMs });
  if (ms > 0) await sleep(ms, undefined, { signal }).catch(() => undefined);
}

/** False when a hint came meanwhile, which stays. */
async function sleepUntil({ store }: Context, { _id: portalId, workSeq }: Portal, workAt: number): Promise<boolean> {
  return store.portals.setNextWork({ portalId, workSeq, workAt });
}

interface NextWork {
  portalId: number;
  outlook: Outlook;
  other: number | null;
}

/** Asks only for what is not known; what was due is done, and something else comes next. */
async function nextWorkOf({ store, now }: Context, { portalId, outlook, other }: NextWork): Promise<number | null> {
  const questions = {
    deliveries: () => store.deliveries.nextDueAt(portalId),
    recounts: () => store.touches.nextRecountAt(portalId),
    waits: () => store.actionWaits.nextDueAt(portalId),
  };
  const kinds = ['deliveries', 'recounts', 'waits'] as const;
  for (const kind of kinds) if (outlook.isDue(kind, now())) outlook.learn(kind, await questions[kind]());
  const next = outlook.next(kinds);
  return next === null || other === null ? (next ?? other) : Math.min(next, other);
}

/** What other processes may spend on the side is left free, exactly. */
function governorOf({ config }: Context, { budget, lease }: Portal): Governor {
  const { callsPer10s, callReserve, sideCalls } = config.hubspot;
  const reserve = callReserve + sideCalls;
  const governor = makeGovernor({ limit: callsPer10s, reserve, dayReserve: callReserve / callsPer10s });
  if (budget) governor.restore(budget, lease?.budgetAgeMs ?? 0);
  return governor;
}

/** What is due stays due; the portal is looked at again a little later, or when somebody reinstalls. */
async function restAfter(
  context: Context,
  { portal, lease, answers }: Pick<Work, 'portal' | 'lease' | 'answers'>,
  error: unknown,
): Promise<void> {
  const { log, store, now } = context;
  const level = isCoded(error) ? 'warn' : 'error';
  log[level]({ portalId: portal._id, err: error }, 'the work on a portal was interrupted');
  await sleep(0);
  const current = await store.portals.find(portal._id);
  if (current) {
    const reason = isCoded(error) && !lease.signal.aborted ? error.code : null;
    await noteOutage(context, { portalId: portal._id, breaker: current.breaker, answers }, [
      { state: 'retrying', reason },
    ]);
    await store.portals.setNextWork({
      portalId: portal._id,
      workSeq: current.workSeq,
      workAt: now() + restAfterFailureMs,
    });
  }
}
