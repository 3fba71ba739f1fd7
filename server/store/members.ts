// Members: a person in a workspace, with a role. A person of several workspaces is a member of each, under the same login.
import mongoose from 'mongoose';
import { unlessDuplicate } from './duplicates.ts';

export const memberRoles = ['owner', 'admin', 'viewer'] as const;
export type MemberRole = (typeof memberRoles)[number];

export interface Member {
  _id: string;
  workspaceId: string;
  /** Who it is wherever they sign in: `hubspot:{hub}:{user}`, or `link:` and something random. */
  login: string;
  name: string;
  email: string | null;
  role: MemberRole;
  createdAt: Date;
  lastSeenAt: Date | null;
}

export type Members = ReturnType<typeof makeMembers>;

const schema = new mongoose.Schema<Member>(
  {
    _id: String,
    workspaceId: { type: String, required: true },
    login: { type: String, required: true },
    name: { type: String, default: '' },
    email: { type: String, default: null },
    role: { type: String, enum: memberRoles, required: true },
    createdAt: { type: Date, required: true },
    lastSeenAt: { type: Date, default: null },
  },
  { collection: 'members', versionKey: false, bufferCommands: false, strict: 'throw' },
);
schema.index({ workspaceId: 1, login: 1 }, { unique: true });
schema.index({ login: 1 });
schema.index({ workspaceId: 1, email: 1 }, { name: 'email', partialFilterExpression: { email: { $gt: '' } } });

/** More people than this share no workspace. */
const listLimit = 500;

export function makeMembers(connection: mongoose.Connection) {
  const model = connection.model<Member>('Member', schema);

  return {
    /** False when the login is a member of the workspace already. */
    async insert(member: Member): Promise<boolean> {
      return (await unlessDuplicate(model.insertMany([member], { ordered: false }), 1)) === 1;
    },
    find: async ({ workspaceId, memberId }: MemberKey): Promise<Member | null> =>
      model.findOne({ _id: memberId, workspaceId }).lean<Member>(),
    findByLogin: async ({ workspaceId, login }: { workspaceId: string; login: string }): Promise<Member | null> =>
      model.findOne({ workspaceId, login }).lean<Member>(),
    findByEmail: async ({ workspaceId, email }: { workspaceId: string; email: string }): Promise<Member | null> =>
      model.findOne({ workspaceId, email }).lean<Member>(),
    /** Every workspace that a login opens. */
    listOfLogin: async (login: string): Promise<Member[]> => model.find({ login }).limit(listLimit).lean<Member[]>(),
    listOfWorkspace: async (workspaceId: string): Promise<Member[]> =>
      model.find({ workspaceId }).limit(listLimit).lean<Member[]>(),
    setRole: async ({ workspaceId, memberId, role }: MemberKey & { role: MemberRole }): Promise<Member | null> =>
      model
        .findOneAndUpdate({ _id: memberId, workspaceId }, { $set: { role } }, { returnDocument: 'after' })
        .lean<Member>(),
    async setLogin({ workspaceId, memberId, login }: MemberKey & { login: string }): Promise<void> {
      await model.updateOne({ _id: memberId, workspaceId }, { $set: { login } });
    },
    async markSeen({ workspaceId, memberId, now }: MemberKey & { now: number }): Promise<void> {
      await model.updateOne({ _id: memberId, workspaceId }, { $max: { lastSeenAt: new Date(now) } });
    },
    async remove({ workspaceId, memberId }: MemberKey): Promise<boolean> {
      const { deletedCount } = await model.deleteOne({ _id: memberId, workspaceId });
      return deletedCount === 1;
    },
  };
}

interface MemberKey {
  workspaceId: string;
  memberId: string;
}
