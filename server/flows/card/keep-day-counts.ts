// Counts the days that are over, once for each connection, so that nobody who opens a busy home page waits for it, and counts those again that
// changed since. It goes slowly: others ask the store as well. Any number of processes may do it; what one has kept the others find.
import { setTimeout as sleep } from 'node:timers/promises';
import { daysToCount, type CountedMonth } from '../../domain/card/counted-days.ts';
import { dayOf } from '../../domain/card/period.ts';
import { groupBy } from '../../lib/chunk.ts';
import type { ClickScope } from '../../store/click-reading.ts';
import type { Connection } from '../../store/connections.ts';
import type { Context } from '../context.ts';
import { mostClicksOfDay } from './count-days.ts';

const pageSize = 100;
const dayMs = 24 * 3_600_000;
const lookBackMs = 181 * dayMs;
/** With more days than this unknown, it is worth asking where the history begins. */
const fewDays = 3;
const pauseMs = 10;

/** Returns how many days were kept. */
export async function keepDayCounts(context: Context, signal?: AbortSignal): Promise<number> {
  const { store, now } = context;
  let kept = 0;
  let afterId = '';
  for (;;) {
    const connections = await store.connections.listInUse({ afterId, limit: pageSize });
    const connectionIds = connections.map(({ _id }) => _id);
    const months = await store.dayCounts.list({ connectionIds, fromMonth: dayOf(now() - lookBackMs).slice(0, 7) });
    const byConnection = groupBy(months, ({ connectionId }) => connectionId);
    for (const connection of connections) {
      if (signal?.aborted === true) return kept;
      kept += await keepOf(context, { connection, months: byConnection.get(connection._id) ?? [] });
    }
    afterId = connectionIds.at(-1) ?? '';
    if (connections.length < pageSize) return kept;
  }
}

interface OneConnection {
  connection: Pick<Connection, '_id' | 'portalId'>;
  /** What is known of it. */
  months: readonly CountedMonth[];
}

async function keepOf({ store, now }: Context, { connection, months }: OneConnection): Promise<number> {
  const { _id: connectionId, portalId } = connection;
  const days = daysToCount(months, connectionId, now());
  const oldest = days.length > fewDays ? await store.deliveries.oldestCounted(connectionId) : 0;
  let kept = 0;
  for (const [name, ofMonth] of groupBy(days, (day) => day.slice(0, 7))) {
    const known = months.find(({ month }) => month === name);
    const counts = new Map<string, number>();
    for (const day of ofMonth) {
      const from = Date.parse(day);
      const isBefore = oldest === null || from + dayMs <= oldest;
      counts.set(day, isBefore ? 0 : await countDay({ from, scope: { portalId, connectionIds: [connectionId] } }));
    }
    const month = known ?? { connectionId, month: name, seq: 0, days: {}, touched: {} };
    if (await store.dayCounts.save({ month, counts })) kept += counts.size;
  }
  return kept;

  async function countDay({ from, scope }: { from: number; scope: ClickScope }): Promise<number> {
    await sleep(pauseMs);
    return store.deliveries.countClicks({ ...scope, from, to: from + dayMs - 1, limit: mostClicksOfDay });
  }
}
