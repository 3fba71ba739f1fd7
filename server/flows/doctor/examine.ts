// The doctor: what of a portal is connected, readable, writable and registered, and what is wrong. Fewer than ten calls,
// paid from the reserve, and nothing in HubSpot is changed.
import { failed, isHealthy, type Check } from '../../domain/checkup.ts';
import type { Context } from '../context.ts';
import { checkAccess } from './check-access.ts';
import { checkEventTypes } from './check-event-types.ts';
import { checkInstallation } from './check-installation.ts';
import { checkQueue } from './check-queue.ts';
import { checkRecords } from './check-records.ts';
import { checkWebhooks } from './check-webhooks.ts';

export interface Checkup {
  portalId: number;
  hubDomain: string | null;
  healthy: boolean;
  examinedAt: Date;
  checks: Check[];
}

export async function examine(context: Context, portalId: number): Promise<Checkup> {
  const { store, now } = context;
  const portal = await store.portals.find(portalId);
  if (!portal) {
    const words = `Portal ${portalId} was never connected here.`;
    const remedy = 'Make an install link (POST /v1/connections/install-links) and open it as a super admin.';
    return checkupOf(context, { portalId, hubDomain: null, checks: [failed('installed', words, remedy)] });
  }
  const connections = await store.connections.listOfPortal(portalId);
  const active = connections.filter(({ state }) => state !== 'disconnected');
  const access = await checkAccess(context, portal);
  const checks = [
    ...checkInstallation({ portal, connections, now: now() }),
    ...access.checks,
    ...(await checkRecords(context, { portalId, access, connections: active })),
    await checkEventTypes(context, { portalId, access, connections: active }),
    await checkWebhooks(context, portalId),
    ...(await checkQueue(context, { portalId, connections: active })),
  ];
  return checkupOf(context, { portalId, hubDomain: portal.hubDomain, checks });
}

function checkupOf(
  { now }: Context,
  { portalId, hubDomain, checks }: Pick<Checkup, 'portalId' | 'hubDomain' | 'checks'>,
): Checkup {
  return { portalId, hubDomain, healthy: isHealthy(checks), examinedAt: new Date(now()), checks };
}
