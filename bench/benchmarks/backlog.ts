// What `flush` and `sustained` share: an account with clicks that wait, and the time until all of them are on its timelines.
import { isOnContact } from '../verify/timelines.ts';
import type { Tenant, World } from '../world/start-world.ts';
import { waitFor } from '../world/wait-for.ts';
import type { Person } from '../world/seed.ts';

const rowsPerRequest = 1_000;

interface Backlog {
  tenant: Tenant;
  people: readonly Person[];
  clicks: number;
  name: string;
}

export async function sendBacklog({ tenant, people, clicks, name }: Backlog): Promise<void> {
  for (let sent = 0; sent < clicks; sent += rowsPerRequest) {
    const rows = Array.from({ length: Math.min(rowsPerRequest, clicks - sent) }, (_, row) => ({
      click_id: `${name}-${sent + row}`,
      slug: `q2-pricing-${tenant.portalId}`,
      eid: people[(sent + row) % people.length]?.contactId,
      utm: { source: `source-${sent + row}` },
    }));
    await tenant.api.post('/v1/clicks', { clicks: rows });
  }
}

/** Nothing will happen by itself any more, and all that was to be delivered is. */
export async function untilIdle({ context }: World, { portalId }: Tenant, withinMs: number): Promise<void> {
  const isIdle = async () => (await context.store.deliveries.nextDueAt(portalId)) === null;
  await waitFor('the last delivery', isIdle, { withinMs, everyMs: 50 });
}

/** Contact events on the timelines of an account, by click. */
export function deliveredTo({ sandbox }: World, { portalId }: Tenant): number {
  const { events } = sandbox.control.dump(portalId);
  return events.filter(isOnContact).length;
}

export function busiestTenSeconds({ sandbox }: World, { portalId }: Tenant): number {
  const load = sandbox.control.counts().loads.find((one) => one.portalId === portalId);
  return load?.maxCallsInTenSeconds ?? 0;
}
