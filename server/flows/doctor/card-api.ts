// HubSpot in the name of a portal, outside the worker's lease: paid from the reserve that the governor leaves free.
import { makeGovernor } from '../../hubspot/governor.ts';
import type { PortalApi } from '../../hubspot/client.ts';
import type { Context } from '../context.ts';

/** Hand back `close` when done. */
export function cardApi({ hubspot, tokens, config }: Context, portalId: number): { api: PortalApi; close: () => void } {
  const governor = makeGovernor({ limit: Math.max(1, config.hubspot.callReserve), reserve: 0 });
  const api = hubspot.portal({
    portalId,
    accessToken: (rejected) => tokens.fresh(portalId, rejected),
    governor,
    lane: 'card',
  });
  return { api, close: () => governor.close() };
}
