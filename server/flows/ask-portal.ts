// The way to a portal for the few calls that an administrator waits for, outside the worker's lease.
import type { PortalApi } from '../hubspot/client.ts';
import { makeGovernor } from '../hubspot/governor.ts';
import type { Context } from './context.ts';

/** Its calls are paid from the reserve that the worker's governor leaves free. */
export function askPortal({ hubspot, tokens, config }: Context, portalId: number): PortalApi {
  return hubspot.portal({
    portalId,
    accessToken: (rejected) => tokens.fresh(portalId, rejected),
    governor: makeGovernor({ limit: Math.max(1, config.hubspot.callReserve), reserve: 0 }),
    lane: 'card',
  });
}
