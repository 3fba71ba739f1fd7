// The way to a portal for the few calls that an administrator waits for, outside the worker's lease.
import type { PortalApi } from '../hubspot/client.ts';
import type { Context } from './context.ts';
import { sideBudget } from './side-budget.ts';

/** Its calls are paid from the side budget, which all processes share. */
export function askPortal(context: Context, portalId: number): PortalApi {
  const { hubspot, tokens } = context;
  return hubspot.portal({
    portalId,
    accessToken: (rejected) => tokens.fresh(portalId, rejected),
    governor: sideBudget(context, portalId),
    lane: 'card',
  });
}
