// API keys: only the hash of a key is kept, so that a copy of the database opens nothing.
import mongoose from 'mongoose';

export interface ApiKey {
  _id: string;
  workspaceId: string;
  name: string;
  /** Hex SHA-256. A key has 160 random bits, so a slow hash would add nothing. */
  hash: string;
  scopes: string[];
  /** How the key begins, to tell keys apart. Absent for keys made before it was kept. */
  prefix?: string;
  /** After a rotation: when it stops working. */
  endsAt?: Date | null;
  createdAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

export type ApiKeys = ReturnType<typeof makeApiKeys>;

const schema = new mongoose.Schema<ApiKey>(
  {
    _id: String,
    workspaceId: { type: String, required: true },
    name: { type: String, default: '' },
    hash: { type: String, required: true },
    scopes: { type: [String], required: true },
    prefix: String,
    endsAt: { type: Date, default: null },
    createdAt: { type: Date, required: true },
    lastUsedAt: { type: Date, default: null },
    revokedAt: { type: Date, default: null },
  },
  { collection: 'api_keys', versionKey: false, bufferCommands: false, strict: 'throw' },
);
schema.index({ hash: 1 }, { unique: true });
schema.index({ workspaceId: 1, _id: 1 });

export function makeApiKeys(connection: mongoose.Connection) {
  const model = connection.model<ApiKey>('ApiKey', schema);

  return {
    async create({ now, id, ...key }: NewApiKey): Promise<ApiKey> {
      const document = { _id: id, ...key, createdAt: new Date(now), lastUsedAt: null, revokedAt: null };
      await model.create(document);
      return document;
    },
    /** Revoked keys included: the caller says what is wrong with one. */
    findByHash: async (hash: string): Promise<ApiKey | null> => model.findOne({ hash }).lean<ApiKey>(),
    findById: async (id: string): Promise<ApiKey | null> => model.findOne({ _id: id }).lean<ApiKey>(),
    listOfWorkspace: async (workspaceId: string): Promise<ApiKey[]> =>
      model.find({ workspaceId }).sort({ _id: 1 }).lean<ApiKey[]>(),
    /** Ends a live key of the workspace now or later; null when it has none of that id. */
    end: async ({ workspaceId, id, change }: EndKey): Promise<ApiKey | null> =>
      model
        .findOneAndUpdate({ _id: id, workspaceId, revokedAt: null }, { $set: change }, { returnDocument: 'after' })
        .lean<ApiKey>(),
    /** False when there is no such key, or it was revoked before. */
    async revoke({ id, now }: { id: string; now: number }): Promise<boolean> {
      const { modifiedCount } = await model.updateOne(
        { _id: id, revokedAt: null },
        { $set: { revokedAt: new Date(now) } },
      );
      return modifiedCount === 1;
    },
    async markUsed({ id, now }: { id: string; now: number }): Promise<void> {
      await model.updateOne({ _id: id }, { $max: { lastUsedAt: new Date(now) } });
    },
  };
}

interface NewApiKey {
  id: string;
  workspaceId: string;
  name: string;
  hash: string;
  scopes: string[];
  prefix?: string;
  now: number;
}

interface EndKey {
  workspaceId: string;
  id: string;
  change: { revokedAt: Date } | { endsAt: Date };
}
