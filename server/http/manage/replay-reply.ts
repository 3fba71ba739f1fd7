// Replays and their previews in the words of the wire.
import type { z } from 'zod';
import type { previewSchema, replaySchema } from '../../contract/replay.ts';
import type { ReplayPreview } from '../../flows/log/preview-replay.ts';
import type { readReplay } from '../../flows/log/replay.ts';
import { reasonReply } from './connection-reply.ts';

type Replay = Awaited<ReturnType<typeof readReplay>>;

export function replayReply(replay: Replay): z.infer<typeof replaySchema> {
  return {
    id: replay._id,
    state: replay.state,
    looked_at: replay.lookedAt,
    replayed: replay.replayed,
    waiting_for: replay.waitingFor,
    requested_at: replay.requestedAt.toISOString(),
    ended_at: replay.endedAt?.toISOString() ?? null,
  };
}

export function previewReply(preview: ReplayPreview): z.infer<typeof previewSchema> {
  return {
    preview: true,
    would_replay: preview.wouldReplay,
    not_replayable: preview.notReplayable,
    more: preview.more,
    groups: preview.groups.map(({ state, reason, deliveries }) => ({ state, reason: reasonReply(reason), deliveries })),
  };
}
