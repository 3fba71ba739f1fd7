// What the holder of a lease knows of its portal and nobody else: the budget left, and when the queue will be empty at this pace. The
// series end with the work, so that there are never more of them than portals under way.
import type { Context } from '../flows/context.ts';
import type { Governor } from '../hubspot/governor.ts';

export interface PortalGauges {
  afterBatch(taken: number): Promise<void>;
  end(): void;
}

const countEveryMs = 10_000;
/** Beyond this the forecast is "at least". */
const countedAtMost = 10_000;

export function makePortalGauges(
  { store, metrics }: Context,
  { portalId, governor }: { portalId: number; governor: Governor },
): PortalGauges {
  const portal = String(portalId);
  const beganAt = performance.now();
  let nextCountAt = beganAt + countEveryMs;
  let done = 0;

  return {
    async afterBatch(taken) {
      done += taken;
      metrics.governorBudgetLeft.set({ portal }, governor.left);
      if (governor.dayLeft !== null) metrics.governorDayLeft.set({ portal }, governor.dayLeft);
      if (performance.now() < nextCountAt) return;
      nextCountAt = performance.now() + countEveryMs;
      const queue = await store.deliveries.queueOf({ portalId, limit: countedAtMost });
      const waiting = queue.filter(({ state }) => state === 'queued' || state === 'retrying');
      const count = waiting.reduce((sum, { deliveries }) => sum + deliveries, 0);
      const perSecond = done / ((performance.now() - beganAt) / 1_000);
      if (perSecond > 0) metrics.queueForecastSeconds.set({ portal }, count / perSecond);
    },
    end() {
      for (const gauge of [metrics.governorBudgetLeft, metrics.governorDayLeft, metrics.queueForecastSeconds])
        gauge.remove({ portal });
    },
  };
}
