// The audit log: who changed what and when. Entries are only ever added; they end with the retention of the delivery log.
import mongoose from 'mongoose';

export interface AuditActor {
  kind: 'member' | 'key' | 'operator' | 'hubspot_user';
  id: string;
  /** As it was then. */
  name: string;
}

export interface AuditEntry {
  _id: string;
  workspaceId: string;
  at: Date;
  actor: AuditActor;
  action: string;
  target: { kind: string; id: string } | null;
  /** Names of what was sent. */
  fields: string[];
  /** Values that are no secret and no personal data: a role, a state. */
  details: Record<string, unknown>;
  requestId: string;
  expiresAt: Date;
}

export type Audit = ReturnType<typeof makeAudit>;

const schema = new mongoose.Schema<AuditEntry>(
  {
    _id: String,
    workspaceId: { type: String, required: true },
    at: { type: Date, required: true },
    actor: { type: mongoose.Schema.Types.Mixed, required: true },
    action: { type: String, required: true },
    target: { type: mongoose.Schema.Types.Mixed, default: null },
    fields: { type: [String], default: [] },
    details: { type: mongoose.Schema.Types.Mixed, default: {} },
    requestId: { type: String, default: '' },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'audit', versionKey: false, bufferCommands: false, minimize: false, strict: 'throw' },
);
// Ids sort by time of creation. One index per question, so that each page is read without looking further.
schema.index({ workspaceId: 1, _id: -1 });
schema.index({ workspaceId: 1, 'actor.id': 1, _id: -1 });
schema.index({ workspaceId: 1, action: 1, _id: -1 });
schema.index({ workspaceId: 1, 'target.id': 1, _id: -1 });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export function makeAudit(connection: mongoose.Connection) {
  const model = connection.model<AuditEntry>('AuditEntry', schema);

  return {
    async add(entry: AuditEntry): Promise<void> {
      await model.create(entry);
    },
    /** Newest first, after `before` (an id) and not below `floor` (the beginning of an id). */
    async page({ workspaceId, actorId, action, targetId, before, floor, limit }: AuditPage): Promise<AuditEntry[]> {
      const range = {
        ...(before === null ? {} : { $lt: before }),
        ...(floor === null ? {} : { $gte: floor }),
      };
      const filter = {
        workspaceId,
        ...(actorId === undefined ? {} : { 'actor.id': actorId }),
        ...(action === undefined ? {} : { action }),
        ...(targetId === undefined ? {} : { 'target.id': targetId }),
        ...(Object.keys(range).length > 0 ? { _id: range } : {}),
      };
      return model.find(filter).sort({ _id: -1 }).limit(limit).lean<AuditEntry[]>();
    },
  };
}

interface AuditPage {
  workspaceId: string;
  actorId?: string | undefined;
  action?: string | undefined;
  targetId?: string | undefined;
  before: string | null;
  floor: string | null;
  limit: number;
}
