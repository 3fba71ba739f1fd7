// Works one portal under its lease: makes it ready, delivers until nothing is due, and leaves the budget to the next holder.
import { setTimeout as sleep } from 'node:timers/promises';
import { completeWaits } from '../flows/actions/complete-waits.ts';
import { deliverBatch, batchSize } from '../flows/delivery/deliver-batch.ts';
import { noteOutage } from '../flows/delivery/note-outage.ts';
import { openSession } from '../flows/delivery/open-session.ts';
import { recountClicks } from '../flows/delivery/recount-clicks.ts';
import { movePlannedDeals } from '../flows/rules/move-deals.ts';
import { workReceipts } from '../flows/webhooks/work-receipts.ts';
import { provision } from '../flows/provision.ts';
import type { Context } from '../flows/context.ts';
import { isHalfOpen, isResting } from '../domain/breaker.ts';
import { gatherMs } from '../domain/gather-ms.ts';
import { CodedError, isCoded } from '../errors.ts';
import { makeGovernor, type Governor } from '../hubspot/governor.ts';
import type { AnswerWatch } from '../lib/answer-watch.ts';
import type { Portal } from '../store/portals.ts';
import { makePortalGauges, type PortalGauges } from './portal-gauges.ts';

/** Longer than HubSpot's window of ten seconds plus the pause between renewals, so that a dead holder's calls have aged out. */
export const leaseTtlMs = 15_000;
const renewEveryMs = 3_500;
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
  try {
    const turn = { isOver: () => performance.now() - beganAt > turnMs && isCrowded() };
    await deliverAll({ context, portal, governor, lease, signal, leave, answers, turn, gauges });
  } catch (error) {
    await restAfter(context, { portal, lease, answers }, error);
  } finally {
    lease.stop();
    gauges.end();
    const budget = governor.snapshot();
    governor.close();
    await context.store.portals.release({ portalId: portal._id, fence, budget });
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
  governor: Governor;
  lease: Lease;
  signal: AbortSignal;
  leave: AbortSignal;
  answers: AnswerWatch;
  turn: { isOver: () => boolean };
  gauges: PortalGauges;
}

async function deliverAll(work: Work): Promise<void> {
  const { context, portal, governor, lease, signal, leave, answers, turn, gauges } = work;
  const { store } = context;
  const portalId = portal._id;
  const session = await openSession(context, {
    portalId,
    fence: portal.lease?.fence ?? 0,
    governor,
    signal: AbortSignal.any([lease.signal, leave]),
    answers,
    assertHeld: lease.assertHeld,
  });
  for (;;) {
    const current = await store.portals.find(portalId);
    if (signal.aborted || lease.signal.aborted || leave.aborted || current?.state !== 'connected') return;
    if (isResting(current.breaker, context.now())) {
      await sleepUntil(context, current, current.breaker?.openUntil?.getTime() ?? 0);
      return;
    }
    // The calls of the day are used up, or HubSpot said to stay away: no delivery is touched meanwhile.
    if (governor.pausedForMs > longPauseMs) {
      await sleepUntil(context, current, context.now() + governor.pausedForMs);
      return;
    }
    const batch = await session.refresh(current);
    if (!(await provision(context, batch, current))) {
      await noteOutage(context, batch, []);
      await store.portals.setNextWork({
        portalId,
        workSeq: current.workSeq,
        workAt: context.now() + provisioningRetryMs,
      });
      return;
    }
    await workReceipts(context, { portalId, assertHeld: lease.assertHeld });
    // The first after an outage goes alone.
    const limit = isHalfOpen(current.breaker, context.now()) ? 1 : batchSize;
    const batchAt = performance.now();
    const taken = await deliverBatch(context, batch, limit);
    if (leave.aborted) continue;
    const allMoved = await movePlannedDeals(context, batch);
    const moreWaits = await completeWaits(context, batch);
    await gauges.afterBatch(taken);
    if (turn.isOver()) {
      await sleepUntil(context, current, context.now());
      return;
    }
    if (taken === limit || moreWaits) continue;
    if (taken > 0) await gather(governor, batchAt, signal);
    if ((await recountClicks(context, batch)) > 0) continue;
    const next = await nextWorkOf(context, portalId, allMoved ? null : context.now() + movesRetryMs);
    if (next !== null && next <= context.now()) continue;
    // A hint that came after `workSeq` was read stays: then the loop looks once more.
    if (await store.portals.setNextWork({ portalId, workSeq: current.workSeq, workAt: next })) return;
  }
}

/** Between two batches that were not full; ends early when the work is to end. */
async function gather(governor: Governor, batchAt: number, signal: AbortSignal): Promise<void> {
  const elapsedMs = performance.now() - batchAt;
  const calls = governor.snapshot().agesMs.filter((age) => age <= elapsedMs).length;
  const ms = gatherMs({ spent: governor.spent, limit: governor.limit, calls, elapsedMs });
  if (ms > 0) await sleep(ms, undefined, { signal }).catch(() => undefined);
}

async function sleepUntil({ store }: Context, { _id: portalId, workSeq }: Portal, workAt: number): Promise<void> {
  await store.portals.setNextWork({ portalId, workSeq, workAt });
}

async function nextWorkOf({ store }: Context, portalId: number, other: number | null): Promise<number | null> {
  const moments = [
    other,
    await store.deliveries.nextDueAt(portalId),
    await store.touches.nextRecountAt(portalId),
    await store.actionWaits.nextDueAt(portalId),
  ];
  const known = moments.filter((moment) => moment !== null);
  return known.length === 0 ? null : Math.min(...known);
}

interface Lease {
  signal: AbortSignal;
  /** Throws once the lease may have passed to somebody else, even if this process slept through it. */
  assertHeld: () => void;
  stop: () => void;
}

function holdLease({ store, log }: Context, { portalId, fence }: { portalId: number; fence: number }): Lease {
  const lost = new AbortController();
  let heldUntil = performance.now() + leaseTtlMs;
  const renew = async (askedAt: number): Promise<void> => {
    if (await store.portals.renew({ portalId, fence, ttlMs: leaseTtlMs })) heldUntil = askedAt + leaseTtlMs;
    else lost.abort();
  };
  const timer = setInterval(() => {
    const askedAt = performance.now();
    renew(askedAt).catch((error: unknown) => log.warn({ portalId, err: error }, 'the lease could not be renewed'));
  }, renewEveryMs);
  timer.unref();
  return {
    signal: lost.signal,
    assertHeld() {
      if (performance.now() < heldUntil && !lost.signal.aborted) return;
      lost.abort();
      throw new CodedError('hubspot_unavailable', 'The lease of the portal was lost. Another process goes on.');
    },
    stop: () => clearInterval(timer),
  };
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
