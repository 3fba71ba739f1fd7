// Workspaces: who owns links, keys and connections. Everything else names its workspace in every query.
import mongoose from 'mongoose';
import type { CountPolicy } from '../domain/human-verdict/policy.ts';
import { countSettings } from './count-settings.ts';

/** What pages in a browser may do. */
export interface BrowserAccess {
  /** `elp_…`: stands in pages, so it is no secret; it can only report conversions. */
  publicKey: string;
  /** As browsers send them: `https://www.example.com`. */
  origins: string[];
  /** Whether an email that a page names is believed. */
  acceptEmail: boolean;
}

export interface Workspace {
  _id: string;
  name: string;
  createdAt: Date;
  /** Which clicks count; absent: people and the unsure. */
  countPolicy?: CountPolicy;
  /** What new connections begin with; absent: clicks and conversions. */
  defaultMode?: 'clicks_and_conversions' | 'conversions_only';
  /** How long settled deliveries are kept; absent or null: as long as the operator keeps them. */
  retentionDays?: number | null;
  /** Absent: no page may send anything. */
  browser?: BrowserAccess;
}

export type Workspaces = ReturnType<typeof makeWorkspaces>;

const schema = new mongoose.Schema<Workspace>(
  {
    _id: String,
    name: { type: String, required: true },
    createdAt: { type: Date, required: true },
    countPolicy: mongoose.Schema.Types.Mixed,
    defaultMode: String,
    retentionDays: Number,
    browser: mongoose.Schema.Types.Mixed,
  },
  { collection: 'workspaces', versionKey: false, bufferCommands: false, strict: 'throw' },
);
schema.index(
  { 'browser.publicKey': 1 },
  { name: 'public_key', unique: true, partialFilterExpression: { 'browser.publicKey': { $exists: true } } },
);

export function makeWorkspaces(connection: mongoose.Connection) {
  const model = connection.model<Workspace>('Workspace', schema);
  const settings = countSettings(connection);

  return {
    async create({ id, name, now }: { id: string; name: string; now: number }): Promise<Workspace> {
      const workspace = { _id: id, name, createdAt: new Date(now) };
      await model.create(workspace);
      return workspace;
    },
    find: async (id: string): Promise<Workspace | null> => model.findOne({ _id: id }).lean<Workspace>(),
    async setCountPolicy({
      workspaceId,
      countPolicy,
    }: {
      workspaceId: string;
      countPolicy: CountPolicy;
    }): Promise<void> {
      await model.updateOne({ _id: workspaceId }, { $set: { countPolicy } });
      await settings.ofWorkspace(workspaceId);
    },
    findByPublicKey: async (publicKey: string): Promise<Workspace | null> =>
      model.findOne({ 'browser.publicKey': publicKey }).lean<Workspace>(),
    async change({ workspaceId, set }: WorkspaceSettings): Promise<void> {
      await model.updateOne({ _id: workspaceId }, { $set: set });
      await settings.ofWorkspace(workspaceId);
    },
    async setBrowser({ workspaceId, browser }: { workspaceId: string; browser: BrowserAccess }): Promise<void> {
      await model.updateOne({ _id: workspaceId }, { $set: { browser } });
      await settings.ofWorkspace(workspaceId);
    },
    /** Oldest first: ids sort by time of creation. */
    list: async (): Promise<Workspace[]> => model.find().sort({ _id: 1 }).lean<Workspace[]>(),
  };
}

interface WorkspaceSettings {
  workspaceId: string;
  set: Partial<Pick<Workspace, 'name' | 'defaultMode' | 'retentionDays'>>;
}
