// What a batch says about HubSpot's being there for this portal; the circuit breaker opens and closes here.
import { afterBatch, resultOf } from '../../domain/breaker.ts';
import type { Settlement } from '../../store/deliveries.ts';
import type { Context } from '../context.ts';
import type { PortalSession } from './session.ts';

export async function noteOutage(
  { store, now, log, metrics }: Context,
  { portalId, breaker, answers }: Pick<PortalSession, 'portalId' | 'breaker' | 'answers'>,
  settlements: readonly Pick<Settlement, 'state' | 'reason'>[],
): Promise<void> {
  const known = breaker ?? null;
  const batch = { result: resultOf(settlements), longestAnswerMs: answers.takeLongestMs() };
  const next = afterBatch(known, batch, { now: now(), random: Math.random });
  if (next === known) return;
  await store.portals.saveBreaker({ portalId, breaker: next });
  if (next?.openUntil) {
    metrics.breakerChanges.inc({ to: 'open' });
    log.warn(
      { portalId, failures: next.failures, until: next.openUntil },
      'HubSpot does not serve this account: it rests',
    );
  } else if (known?.openUntil) {
    metrics.breakerChanges.inc({ to: 'closed' });
    log.info({ portalId }, 'HubSpot serves this account again');
  }
}
