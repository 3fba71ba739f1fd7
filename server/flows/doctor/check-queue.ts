// What waits, since when, and what died lately. Counts are bounded: a long queue is said to be long.
import { failed, ok, type Check } from '../../domain/checkup.ts';
import type { Connection } from '../../store/connections.ts';
import type { QueueDepth } from '../../store/delivery-log.ts';
import type { Context } from '../context.ts';

const most = 10_000;
const overdueMs = 5 * 60_000;
const latelyMs = 7 * 24 * 3600_000;

interface QueueChecks {
  portalId: number;
  connections: readonly Connection[];
}

export async function checkQueue(context: Context, { portalId, connections }: QueueChecks): Promise<Check[]> {
  return [await waiting(context, portalId), await dead(context, connections)];
}

async function waiting({ store, now }: Context, portalId: number): Promise<Check> {
  const depths = await store.deliveries.queueOf({ portalId, limit: most });
  if (depths.length === 0) return ok('queue', 'Nothing waits.');
  const words = wordsOf(depths, now());
  if (depths.some(({ state }) => state === 'blocked_auth'))
    return failed('queue', words, 'Reinstall the app: what is blocked is then sent.');
  const next = await store.deliveries.nextDueAt(portalId);
  if (next === null || now() - next < overdueMs) return ok('queue', words);
  const late = Math.round((now() - next) / 60_000);
  const remedy = 'Is a worker running (ROLE=all or worker)? Is the budget of calls used up?';
  return failed('queue', `${words} The first has been due for ${late} min.`, remedy);
}

function wordsOf(depths: readonly QueueDepth[], now: number): string {
  const total = depths.reduce((sum, { deliveries }) => sum + deliveries, 0);
  const byState = depths.map(({ state, deliveries }) => `${deliveries} ${state}`).join(', ');
  const oldest = Math.min(...depths.map(({ oldestAt }) => oldestAt));
  const minutes = Math.max(0, Math.round((now - oldest) / 60_000));
  return `${byState}${total >= most ? ` (of the first ${most})` : ''}; the oldest arrived ${minutes} min ago.`;
}

async function dead({ store, now }: Context, connections: readonly Connection[]): Promise<Check> {
  let deliveries = 0;
  let more = false;
  for (const { _id, workspaceId } of connections) {
    const filter = { connectionId: _id, states: ['dead'] as const, received: { from: now() - latelyMs } };
    const counted = await store.deliveries.countLog({ workspaceId, filter, entries: most });
    deliveries += counted.counts.reduce((sum, one) => sum + one.deliveries, 0);
    more ||= counted.more;
  }
  if (deliveries === 0) return ok('dead', 'None died in the last 7 days.');
  const words = `${deliveries}${more ? ' or more' : ''} died in the last 7 days.`;
  const remedy = 'npm run deliveries -- list --state dead says why. Then: npm run replay -- --state dead';
  return failed('dead', words, remedy);
}
