// What a replay would do, before anybody asks for it. Counts a bounded number of entries and says when there are more.
import type { LogFilter } from '../../domain/log-filter.ts';
import type { LogCount } from '../../store/delivery-log.ts';
import type { ReplayableState } from '../../store/replays.ts';
import type { Context } from '../context.ts';
import { findByIds } from './find-by-ids.ts';

const mostEntries = 100_000;

export interface ReplayPreview {
  wouldReplay: number;
  /** Of no connection, or neither skipped nor dead. */
  notReplayable: number;
  more: boolean;
  groups: Omit<LogCount, 'connected'>[];
}

export const replayableStates: readonly ReplayableState[] = ['skipped', 'dead'];

export function statesOf(filter: LogFilter): ReplayableState[] {
  return replayableStates.filter((state) => filter.states?.includes(state) ?? true);
}

interface OfWorkspace {
  workspaceId: string;
}

export async function previewFilter(
  { store }: Context,
  { workspaceId, filter }: OfWorkspace & { filter: LogFilter },
): Promise<ReplayPreview> {
  const counts: LogCount[] = [];
  let more = false;
  for (const state of statesOf(filter)) {
    const counted = await store.deliveries.countLog({
      workspaceId,
      filter: { ...filter, states: [state] },
      entries: mostEntries,
    });
    counts.push(...counted.counts);
    more ||= counted.more;
  }
  return previewOf(counts, more);
}

export async function previewIds(
  context: Context,
  { workspaceId, ids }: OfWorkspace & { ids: readonly string[] },
): Promise<ReplayPreview> {
  const found = await findByIds(context, { workspaceId, ids });
  const counts = new Map<string, LogCount>();
  for (const { state, reason, portalId } of found) {
    const key = `${state} ${reason} ${portalId === null}`;
    const count = counts.get(key) ?? { state, reason, connected: portalId !== null, deliveries: 0 };
    counts.set(key, { ...count, deliveries: count.deliveries + 1 });
  }
  return previewOf([...counts.values()], false);
}

function previewOf(counts: readonly LogCount[], more: boolean): ReplayPreview {
  const can = counts.filter(({ state, connected }) => connected && (state === 'skipped' || state === 'dead'));
  const sum = (some: readonly LogCount[]) => some.reduce((total, { deliveries }) => total + deliveries, 0);
  return {
    wouldReplay: sum(can),
    notReplayable: sum(counts) - sum(can),
    more,
    groups: can
      .map(({ state, reason, deliveries }) => ({ state, reason, deliveries }))
      .sort((a, b) => b.deliveries - a.deliveries),
  };
}
