// Sessions of people at the console. The cookie names a session and proves it with a secret, of which only the hash is kept here.
// A session that has ended is gone.
import mongoose from 'mongoose';

export interface Session {
  _id: string;
  memberId: string;
  workspaceId: string;
  login: string;
  /** A session by link opens the workspace of the link and no other. */
  via: 'hubspot' | 'link';
  device: string;
  secretHash: string;
  /** The secret before the last rotation: requests under way still bring it. */
  previousHash: string | null;
  rotatedAt: Date;
  createdAt: Date;
  lastSeenAt: Date;
  /** The latest end, however much it is used. */
  expiresAt: Date;
}

export type Sessions = ReturnType<typeof makeSessions>;

const schema = new mongoose.Schema<Session>(
  {
    _id: String,
    memberId: { type: String, required: true },
    workspaceId: { type: String, required: true },
    login: { type: String, required: true },
    via: { type: String, required: true },
    device: { type: String, default: '' },
    secretHash: { type: String, required: true },
    previousHash: { type: String, default: null },
    rotatedAt: { type: Date, required: true },
    createdAt: { type: Date, required: true },
    lastSeenAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'sessions', versionKey: false, bufferCommands: false, strict: 'throw' },
);
schema.index({ login: 1 });
schema.index({ memberId: 1 });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

const listLimit = 100;

export function makeSessions(connection: mongoose.Connection) {
  const model = connection.model<Session>('Session', schema);

  return {
    async create(session: Session): Promise<void> {
      await model.create(session);
    },
    find: async (id: string): Promise<Session | null> => model.findOne({ _id: id }).lean<Session>(),
    async touch({ id, now }: { id: string; now: number }): Promise<void> {
      await model.updateOne({ _id: id }, { $max: { lastSeenAt: new Date(now) } });
    },
    /** A new secret in place of `from`, which becomes the previous one; false when another request was quicker. */
    async rotate({ id, current, presented, next, now }: Rotation): Promise<boolean> {
      const { matchedCount } = await model.updateOne(
        { _id: id, secretHash: current },
        { $set: { secretHash: next, previousHash: presented, rotatedAt: new Date(now) } },
      );
      return matchedCount === 1;
    },
    /** The next request gets a new secret. */
    async rotateSoon(memberId: string): Promise<void> {
      await model.updateMany({ memberId }, { $set: { rotatedAt: new Date(0) } });
    },
    /** To another workspace of the same login. */
    async move({ id, memberId, workspaceId }: { id: string; memberId: string; workspaceId: string }): Promise<void> {
      await model.updateOne({ _id: id }, { $set: { memberId, workspaceId, rotatedAt: new Date(0) } });
    },
    listOfLogin: async (login: string): Promise<Session[]> => model.find({ login }).limit(listLimit).lean<Session[]>(),
    listOfMember: async (memberId: string): Promise<Session[]> =>
      model.find({ memberId }).limit(listLimit).lean<Session[]>(),
    /** How many of these were there. */
    async end(ids: readonly string[]): Promise<number> {
      const { deletedCount } = await model.deleteMany({ _id: { $in: [...ids] } });
      return deletedCount;
    },
  };
}

interface Rotation {
  id: string;
  current: string;
  presented: string;
  next: string;
  now: number;
}
