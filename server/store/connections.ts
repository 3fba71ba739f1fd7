// Connections: a workspace joined to a portal, with its mode, dialect and field mapping. One per pair.
import mongoose from 'mongoose';
import { countSettings } from './count-settings.ts';
import type { StageChoice } from '../domain/deals.ts';
import { defaultFieldMapping, type FieldMappingRow } from '../domain/field-mapping.ts';

export const connectionStates = ['active', 'paused', 'disconnected'] as const;
export const connectionModes = ['clicks_and_conversions', 'conversions_only'] as const;
export const dialectNames = ['app_events', 'timeline_v3', 'notes'] as const;
export type DialectName = (typeof dialectNames)[number];

export interface Connection {
  _id: string;
  workspaceId: string;
  portalId: number;
  state: (typeof connectionStates)[number];
  /** When somebody last paused, resumed or disconnected it. */
  stateSince?: Date;
  mode: (typeof connectionModes)[number];
  dialect: DialectName;
  mapping: FieldMappingRow[];
  /** Where a conversion moves the open deals of its contact; null leaves deals alone. */
  conversionStage: StageChoice | null;
  /** Events are forwarded from here on, never from before. */
  connectedAt: Date;
}

const mappingRowSchema = new mongoose.Schema<FieldMappingRow>(
  { source: String, object: String, property: String },
  { _id: false },
);

const connectionSchema = new mongoose.Schema<Connection>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    portalId: { type: Number, required: true },
    state: String,
    stateSince: Date,
    mode: String,
    dialect: String,
    mapping: [mappingRowSchema],
    conversionStage: { type: mongoose.Schema.Types.Mixed, default: null },
    connectedAt: Date,
  },
  { versionKey: false },
);
connectionSchema.index({ workspaceId: 1, portalId: 1 }, { unique: true, name: 'workspace_portal' });
connectionSchema.index({ portalId: 1 }, { name: 'portal' });

export type Connections = ReturnType<typeof makeConnections>;

export function makeConnections(connection: mongoose.Connection) {
  const model = connection.model('Connection', connectionSchema, 'connections');
  const settings = countSettings(connection);

  return {
    /** Joins a workspace to a portal; a second time it only makes the old connection active again. */
    async connect({ id, workspaceId, portalId, dialect, mode, now }: NewConnection): Promise<Connection> {
      const connected = await model
        .findOneAndUpdate(
          { workspaceId, portalId },
          {
            $set: { state: 'active' },
            $setOnInsert: {
              _id: id,
              mode: mode ?? 'clicks_and_conversions',
              dialect,
              mapping: [...defaultFieldMapping],
              conversionStage: null,
              connectedAt: new Date(now),
            },
          },
          { upsert: true, returnDocument: 'after' },
        )
        .lean<Connection>()
        .orFail();
      await settings.ofPortal(portalId);
      return connected;
    },

    find: ({ workspaceId, connectionId }: { workspaceId: string; connectionId: string }): Promise<Connection | null> =>
      model.findOne({ _id: connectionId, workspaceId }).lean<Connection>(),

    listOfWorkspace: (workspaceId: string): Promise<Connection[]> =>
      model.find({ workspaceId }).sort({ portalId: 1 }).lean<Connection[]>(),

    listOfPortal: (portalId: number): Promise<Connection[]> => model.find({ portalId }).lean<Connection[]>(),

    /** Of all that are not disconnected, in pages, for sweeps. */
    listInUse: ({ afterId, limit }: { afterId: string; limit: number }): Promise<Connection[]> =>
      model
        .find({ _id: { $gt: afterId }, state: { $ne: 'disconnected' } })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<Connection[]>(),

    async change({ workspaceId, connectionId, set }: ConnectionChange): Promise<Connection | null> {
      const changed = await model
        .findOneAndUpdate({ _id: connectionId, workspaceId }, { $set: set }, { returnDocument: 'after' })
        .lean<Connection>();
      if (changed) await settings.ofPortal(changed.portalId);
      return changed;
    },
  };
}

interface NewConnection {
  id: string;
  workspaceId: string;
  portalId: number;
  dialect: DialectName;
  /** Clicks and conversions when left out. */
  mode?: Connection['mode'] | undefined;
  now: number;
}

interface ConnectionChange {
  workspaceId: string;
  connectionId: string;
  set: Partial<Pick<Connection, 'mode' | 'dialect' | 'state' | 'stateSince' | 'mapping' | 'conversionStage'>>;
}
