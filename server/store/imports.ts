// Imports of links from a file: the rows that are to be made, and how far that has come. An import is worked in portions; whoever
// takes a portion has the import until `dueAt`, then another process may. The rows go when the import is done.
import mongoose from 'mongoose';
import type { Utm } from '../domain/utm.ts';

export interface ImportRow {
  line: number;
  slug: string;
  title: string;
  destination: string;
  tags: string[];
  utm: Utm;
  track: boolean;
}

export interface ImportError {
  line: number;
  field: string;
  message: string;
}

export interface ImportProgress {
  done: number;
  created: number;
  unchanged: number;
  failed: number;
  errors: ImportError[];
}

export interface LinkImport extends ImportProgress {
  _id: string;
  workspaceId: string;
  state: 'running' | 'done';
  /** Rows of the file. */
  total: number;
  /** Those that can be made. */
  rows: ImportRow[];
  /** How many of `rows` were worked. */
  position: number;
  createdAt: Date;
  endedAt: Date | null;
  dueAt: Date;
  expiresAt: Date;
}

export type Imports = ReturnType<typeof makeImports>;

const schema = new mongoose.Schema<LinkImport>(
  {
    _id: String,
    workspaceId: { type: String, required: true },
    state: { type: String, required: true },
    total: { type: Number, required: true },
    rows: { type: mongoose.Schema.Types.Mixed, required: true },
    position: { type: Number, required: true },
    done: { type: Number, required: true },
    created: { type: Number, required: true },
    unchanged: { type: Number, required: true },
    failed: { type: Number, required: true },
    errors: { type: mongoose.Schema.Types.Mixed, required: true },
    createdAt: { type: Date, required: true },
    endedAt: { type: Date, default: null },
    dueAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  {
    collection: 'link_imports',
    versionKey: false,
    bufferCommands: false,
    minimize: false,
    strict: 'throw',
    // `errors` is a field of ours.
    suppressReservedKeysWarning: true,
  },
);
schema.index({ workspaceId: 1, _id: -1 });
schema.index({ state: 1, dueAt: 1 }, { name: 'turn' });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export function makeImports(connection: mongoose.Connection) {
  const model = connection.model<LinkImport>('LinkImport', schema);

  return {
    async create(one: LinkImport): Promise<void> {
      await model.collection.insertOne(one as never);
    },
    find: async ({ workspaceId, importId }: { workspaceId: string; importId: string }): Promise<LinkImport | null> =>
      model.findOne({ _id: importId, workspaceId }, { rows: 0 }).lean<LinkImport>(),
    /** Without their rows, newest first. */
    newest: async ({ workspaceId, limit }: { workspaceId: string; limit: number }): Promise<LinkImport[]> =>
      model.find({ workspaceId }, { rows: 0 }).sort({ _id: -1 }).limit(limit).lean<LinkImport[]>(),
    /** How many of a workspace are under way, among the newest. */
    async running({ workspaceId }: { workspaceId: string }): Promise<number> {
      const newest = await model.find({ workspaceId }, { state: 1 }).sort({ _id: -1 }).limit(20).lean<LinkImport[]>();
      return newest.filter(({ state }) => state === 'running').length;
    },
    /** Takes the import that waits longest; nobody else has it until `until`. */
    claim: async ({ now, until }: { now: number; until: number }): Promise<LinkImport | null> =>
      model
        .findOneAndUpdate(
          { state: 'running', dueAt: { $lte: new Date(now) } },
          { $set: { dueAt: new Date(until) } },
          { sort: { dueAt: 1 }, returnDocument: 'after' },
        )
        .lean<LinkImport>(),
    /** Writes down how far a claimed import has come; nothing when it was taken over meanwhile. */
    async saveProgress({ claimed, progress, position, now }: SaveProgress): Promise<void> {
      const ended = position >= claimed.rows.length;
      await model.updateOne(
        { _id: claimed._id, state: 'running', dueAt: claimed.dueAt },
        {
          $set: {
            ...progress,
            position,
            dueAt: new Date(now),
            ...(ended ? { state: 'done' as const, endedAt: new Date(now), rows: [] } : {}),
          },
        },
      );
    },
  };
}

interface SaveProgress {
  claimed: LinkImport;
  progress: ImportProgress;
  position: number;
  now: number;
}
