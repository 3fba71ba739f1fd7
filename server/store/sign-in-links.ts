// Links that sign somebody in once: invitations, links for members who come back, links of the command line. Kept only as hashes.
import mongoose from 'mongoose';
import type { MemberRole } from './members.ts';

export interface SignInLink {
  _id: string;
  /** Hex SHA-256 of what stands in the link. */
  hash: string;
  workspaceId: string;
  kind: 'invitation' | 'member' | 'operator';
  /** Of a link for a member. */
  memberId: string | null;
  /** Null: as the member is, or owner for somebody new. */
  role: MemberRole | null;
  name: string;
  email: string | null;
  createdAt: Date;
  expiresAt: Date;
}

export type SignInLinks = ReturnType<typeof makeSignInLinks>;

const schema = new mongoose.Schema<SignInLink>(
  {
    _id: String,
    hash: { type: String, required: true },
    workspaceId: { type: String, required: true },
    kind: { type: String, required: true },
    memberId: { type: String, default: null },
    role: { type: String, default: null },
    name: { type: String, default: '' },
    email: { type: String, default: null },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'sign_in_links', versionKey: false, bufferCommands: false, strict: 'throw' },
);
schema.index({ hash: 1 }, { unique: true });
schema.index({ workspaceId: 1, kind: 1, _id: 1 });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

const listLimit = 200;

export function makeSignInLinks(connection: mongoose.Connection) {
  const model = connection.model<SignInLink>('SignInLink', schema);

  return {
    async save(link: SignInLink): Promise<void> {
      await model.create(link);
    },
    find: async (hash: string): Promise<SignInLink | null> => model.findOne({ hash }).lean<SignInLink>(),
    /** Removes and returns it: of two callers one gets it. The caller looks at `expiresAt`. */
    take: async (hash: string): Promise<SignInLink | null> => model.findOneAndDelete({ hash }).lean<SignInLink>(),
    listInvitations: async (workspaceId: string): Promise<SignInLink[]> =>
      model.find({ workspaceId, kind: 'invitation' }).sort({ _id: 1 }).limit(listLimit).lean<SignInLink[]>(),
    findInvitation: async ({ workspaceId, id }: { workspaceId: string; id: string }): Promise<SignInLink | null> =>
      model.findOne({ _id: id, workspaceId, kind: 'invitation' }).lean<SignInLink>(),
    async removeInvitation({ workspaceId, id }: { workspaceId: string; id: string }): Promise<boolean> {
      const { deletedCount } = await model.deleteOne({ _id: id, workspaceId, kind: 'invitation' });
      return deletedCount === 1;
    },
    /** Links for a member end with the member, and with a change of role. */
    async removeOfMember({ workspaceId, memberId }: { workspaceId: string; memberId: string }): Promise<void> {
      await model.deleteMany({ workspaceId, kind: 'member', memberId });
    },
  };
}
