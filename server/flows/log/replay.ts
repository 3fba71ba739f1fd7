// Sends again what was skipped or died. What is in HubSpot already stays written once: plans and finished sends are kept.
// A replay by filter runs in portions, behind newer events, until its part of the log is through.
import { CodedError } from '../../errors.ts';
import type { LogFilter } from '../../domain/log-filter.ts';
import type { Replay, ReplayableState, ReplayProgress } from '../../store/replays.ts';
import type { Context } from '../context.ts';
import { findByIds } from './find-by-ids.ts';
import { statesOf } from './preview-replay.ts';
import { readLog } from './read-log.ts';

const portion = 500;
/** How long a process may take for one portion before another one takes the replay. */
const claimMs = 30_000;
/** A portal whose oldest due event is older than this is busy: the replay lets it catch up. */
const behindMs = 5_000;
const restMs = 2_000;

interface StartReplay {
  workspaceId: string;
  key?: string | undefined;
}

/** Events that arrive after this are not part of it. */
export async function startReplay(
  context: Context,
  { workspaceId, key, filter }: StartReplay & { filter: LogFilter },
): Promise<Replay> {
  const { store, now, nudgeSweeps } = context;
  const to = Math.min(filter.received?.to ?? Number.POSITIVE_INFINITY, now() + 1);
  // Stored as it is: what is not asked must be absent, not null.
  const bounded = JSON.parse(JSON.stringify({ ...filter, received: { ...filter.received, to } })) as LogFilter;
  const replay = await store.replays.create(newReplay(context, { workspaceId, key }, bounded, statesOf(filter)));
  nudgeSweeps();
  return replay;
}

/** Done at once: at most a thousand. */
export async function replayIds(
  context: Context,
  { workspaceId, key, ids }: StartReplay & { ids: readonly string[] },
): Promise<Replay> {
  const { store, now } = context;
  const found = await findByIds(context, { workspaceId, ids });
  const ended = newReplay(context, { workspaceId, key }, {}, []);
  const at = new Date(now());
  const replay = await store.replays.create({ ...ended, state: 'done', endedAt: at, lookedAt: found.length });
  // The key was used before: what it asked for has been done.
  if (replay._id !== ended._id) return replay;
  const replayed = await requeue(
    context,
    workspaceId,
    found.map(({ _id }) => _id),
  );
  await store.replays.noteReplayed({ replayId: replay._id, replayed });
  return { ...replay, replayed };
}

export async function readReplay({ store }: Context, key: { workspaceId: string; replayId: string }): Promise<Replay> {
  const replay = await store.replays.find(key);
  if (replay) return replay;
  throw new CodedError('not_found', `This workspace has no replay ${key.replayId}.`, { field: 'replay_id' });
}

export async function cancelReplay(context: Context, key: { workspaceId: string; replayId: string }): Promise<Replay> {
  await context.store.replays.cancel({ ...key, now: context.now() });
  return readReplay(context, key);
}

/** Works one portion of the replay that waits longest; false when none is due. */
export async function workReplay(context: Context): Promise<boolean> {
  const { store, now } = context;
  const replay = await store.replays.claim({ now: now(), until: now() + claimMs });
  if (!replay) return false;
  const [state, ...later] = replay.pending;
  if (state === undefined) return finish(context, replay, progressOf(replay));
  const page = await readLog(context, {
    workspaceId: replay.workspaceId,
    filter: { ...replay.filter, states: [state] },
    after: replay.position,
    limit: portion,
  });
  const busy = await busyPortal(
    context,
    page.deliveries.flatMap(({ portalId }) => portalId ?? []),
  );
  if (busy !== null) {
    const waitingFor = `Portal ${busy} is busy with other events. The replay goes on when it has caught up.`;
    const progress = { ...progressOf(replay), waitingFor };
    return store.replays.saveProgress({ replay, progress, dueAt: now() + restMs, endedAt: null });
  }
  const ids = page.deliveries.map(({ _id }) => _id);
  const replayed = replay.replayed + (await requeue(context, replay.workspaceId, ids));
  const progress: ReplayProgress = {
    pending: page.next === null ? later : replay.pending,
    position: page.next,
    lookedAt: replay.lookedAt + ids.length,
    replayed,
    waitingFor: null,
  };
  if (progress.pending.length === 0) return finish(context, replay, progress);
  return store.replays.saveProgress({ replay, progress, dueAt: now(), endedAt: null });
}

function finish({ store, now }: Context, replay: Replay, progress: ReplayProgress): Promise<boolean> {
  return store.replays.saveProgress({ replay, progress, dueAt: now(), endedAt: now() });
}

async function requeue({ store, now, nudge }: Context, workspaceId: string, ids: string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const { portalIds, requeued } = await store.deliveries.requeue({ workspaceId, ids, now: now() });
  await store.portals.wake({ portalIds, at: now() });
  nudge();
  return requeued;
}

/** A portal that nobody can reach keeps what is replayed in its queue, so nothing is gained by waiting for it. */
async function busyPortal({ store, now }: Context, portalIds: readonly number[]): Promise<number | null> {
  for (const portal of await store.portals.findMany([...new Set(portalIds)])) {
    if (portal.state !== 'connected') continue;
    const next = await store.deliveries.nextDueAt(portal._id);
    if (next !== null && next < now() - behindMs) return portal._id;
  }
  return null;
}

function progressOf({ pending, position, lookedAt, replayed, waitingFor }: Replay): ReplayProgress {
  return { pending, position, lookedAt, replayed, waitingFor };
}

function newReplay(
  { newId, now }: Context,
  { workspaceId, key }: StartReplay,
  filter: LogFilter,
  pending: ReplayableState[],
): Replay {
  const at = new Date(now());
  return {
    _id: newId('replay'),
    workspaceId,
    ...(key === undefined ? {} : { key }),
    filter,
    state: 'running',
    pending,
    position: null,
    lookedAt: 0,
    replayed: 0,
    waitingFor: null,
    requestedAt: at,
    endedAt: null,
    dueAt: at,
  };
}
