// The overview: what needs a person, days, calls and portals. Its cost depends on the days shown and not on the history.
import type { Overview } from '../../../contract/overview.ts';
import { addCounts, noCounts, type Counts } from '../../../domain/hour-plan.ts';
import type { Context } from '../../context.ts';
import { listConnections, type ConnectionView } from '../../list-connections.ts';
import { countHours } from './count-hours.ts';
import { needsOf } from './needs.ts';

const dayMs = 24 * 3600_000;

type WireCounts = Overview['totals'];

export interface OverviewFacts extends Pick<Overview, 'needs' | 'totals' | 'days' | 'calls' | 'complete'> {
  views: ConnectionView[];
  at: number;
}

export async function readOverview(
  context: Context,
  { workspaceId, days }: { workspaceId: string; days: number },
): Promise<OverviewFacts> {
  const { store, now } = context;
  const at = now();
  const today = at - (at % dayMs);
  const from = today - (days - 1) * dayMs;
  const [{ hours, complete }, views, links] = await Promise.all([
    countHours(context, { workspaceId, from }),
    listConnections(context, workspaceId),
    store.links.page({ workspaceId, before: null, limit: 1, archived: true }),
  ]);
  const byDay = new Map<number, Counts>();
  for (const count of hours) {
    const hour = count.hour.getTime();
    const day = hour - (hour % dayMs);
    byDay.set(day, addCounts(byDay.get(day) ?? noCounts, count));
  }
  const shown = Array.from({ length: days }, (_, at) => from + at * dayMs);
  const totals = toWire(shown.reduce((sum, day) => addCounts(sum, byDay.get(day) ?? noCounts), noCounts));
  const portalIds = views.map(({ connection }) => connection.portalId);
  const calls = await store.portalCalls.sum({ portalIds, from });
  return {
    needs: needsOf({ views, failed: totals.failed, days, hasLinks: links.length > 0 }),
    totals,
    days: shown.map((day) => ({
      day: new Date(day).toISOString().slice(0, 10),
      ...toWire(byDay.get(day) ?? noCounts),
    })),
    calls: {
      total: calls,
      per_1000_clicks: totals.clicks === 0 ? null : Math.round((calls * 10_000) / totals.clicks) / 10,
    },
    complete,
    views,
    at,
  };
}

function toWire(counts: Counts): WireCounts {
  const rounded = { ...noCounts };
  for (const name of Object.keys(rounded) as (keyof Counts)[]) rounded[name] = Math.round(counts[name]);
  const judged = counts.human + counts.machine + counts.unsure;
  return { ...rounded, human_share: judged === 0 ? null : Math.round((counts.human / judged) * 1_000) / 1_000 };
}
