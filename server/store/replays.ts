// Replays: which part of the delivery log is to be sent again, and how far that has come. A replay is worked in portions;
// whoever takes a portion has the replay until `dueAt`, then another process may.
import mongoose from 'mongoose';
import type { LogFilter, LogPosition } from '../domain/log-filter.ts';

export const replayStates = ['running', 'done', 'canceled'] as const;
export type ReplayState = (typeof replayStates)[number];

/** The states that a replay goes through, one after the other. */
export type ReplayableState = 'skipped' | 'dead';

export interface ReplayProgress {
  /** What is left: the first one is under way. Empty at the end. */
  pending: ReplayableState[];
  position: LogPosition | null;
  lookedAt: number;
  replayed: number;
  /** Why it rests, for people. */
  waitingFor: string | null;
}

export interface Replay extends ReplayProgress {
  _id: string;
  workspaceId: string;
  /** The caller's own; one replay each. Absent when the caller gave none. */
  key?: string;
  filter: LogFilter;
  state: ReplayState;
  requestedAt: Date;
  endedAt: Date | null;
  /** When it goes on, or when its portion is given to somebody else. */
  dueAt: Date;
}

const schema = new mongoose.Schema<Replay>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    key: String,
    filter: mongoose.Schema.Types.Mixed,
    state: String,
    pending: [String],
    position: mongoose.Schema.Types.Mixed,
    lookedAt: Number,
    replayed: Number,
    waitingFor: String,
    requestedAt: Date,
    endedAt: Date,
    dueAt: Date,
  },
  { versionKey: false, minimize: false },
);
schema.index({ state: 1, dueAt: 1 }, { name: 'turn' });
schema.index({ workspaceId: 1, _id: -1 }, { name: 'newest' });
schema.index(
  { workspaceId: 1, key: 1 },
  { name: 'key', unique: true, partialFilterExpression: { key: { $exists: true } } },
);

export type Replays = ReturnType<typeof makeReplays>;

export function makeReplays(connection: mongoose.Connection) {
  const model = connection.model('Replay', schema, 'replays');

  return {
    /** The replay itself, or the one that had the key before. */
    async create(replay: Replay): Promise<Replay> {
      try {
        await model.create(replay);
        return replay;
      } catch (error) {
        if (!(error instanceof mongoose.mongo.MongoServerError) || error.code !== 11000 || !replay.key) throw error;
        return model.findOne({ workspaceId: replay.workspaceId, key: replay.key }).lean<Replay>().orFail();
      }
    },

    find: ({ workspaceId, replayId }: { workspaceId: string; replayId: string }): Promise<Replay | null> =>
      model.findOne({ _id: replayId, workspaceId }).lean<Replay>(),

    newest: ({ workspaceId, limit }: { workspaceId: string; limit: number }): Promise<Replay[]> =>
      model.find({ workspaceId }).sort({ _id: -1 }).limit(limit).lean<Replay[]>(),

    /** Takes the replay that waits longest; nobody else has it until `until`. */
    claim: ({ now, until }: { now: number; until: number }): Promise<Replay | null> =>
      model
        .findOneAndUpdate(
          { state: 'running', dueAt: { $lte: new Date(now) } },
          { $set: { dueAt: new Date(until) } },
          { sort: { dueAt: 1 }, returnDocument: 'after' },
        )
        .lean<Replay>(),

    /** Writes down how far a claimed replay has come; false when it was canceled or taken over meanwhile. */
    async saveProgress({ replay, progress, dueAt, endedAt }: SaveProgress): Promise<boolean> {
      const end = endedAt === null ? {} : { state: 'done' as const, endedAt: new Date(endedAt) };
      const { matchedCount } = await model.updateOne(
        { _id: replay._id, state: 'running', dueAt: replay.dueAt },
        { $set: { ...progress, dueAt: new Date(dueAt), ...end } },
      );
      return matchedCount === 1;
    },

    async noteReplayed({ replayId, replayed }: { replayId: string; replayed: number }): Promise<void> {
      await model.updateOne({ _id: replayId }, { $set: { replayed } });
    },

    /** Ends one that runs; one that has ended stays as it is. */
    async cancel({ workspaceId, replayId, now }: CancelReplay): Promise<void> {
      await model.updateOne(
        { _id: replayId, workspaceId, state: 'running' },
        { $set: { state: 'canceled', endedAt: new Date(now), waitingFor: null } },
      );
    },
  };
}

interface SaveProgress {
  replay: Pick<Replay, '_id' | 'dueAt'>;
  progress: ReplayProgress;
  dueAt: number;
  /** Null while it runs. */
  endedAt: number | null;
}

interface CancelReplay {
  workspaceId: string;
  replayId: string;
  now: number;
}
