// Form submissions of the last 14 days: they tell which email a gclid, fbclid or Elido contact id belongs to.
import mongoose from 'mongoose';
import { groupBy } from '../lib/chunk.ts';

export interface FormSubmission {
  _id: string;
  workspaceId: string;
  email: string;
  hsContactId: string | null;
  /** `gclid:…`, `fbclid:…`, `eid:…` */
  keys: string[];
  submittedAt: Date;
}

const keepSeconds = 14 * 24 * 3600;

const submissionSchema = new mongoose.Schema<FormSubmission>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    email: String,
    hsContactId: String,
    keys: [String],
    submittedAt: Date,
  },
  { versionKey: false },
);
submissionSchema.index({ workspaceId: 1, keys: 1, submittedAt: -1 }, { name: 'newest_by_key' });
submissionSchema.index({ workspaceId: 1, email: 1 }, { name: 'by_email' });
submissionSchema.index(
  { workspaceId: 1, hsContactId: 1 },
  { name: 'by_contact', partialFilterExpression: { hsContactId: { $gt: '' } } },
);
submissionSchema.index({ submittedAt: 1 }, { name: 'expiry', expireAfterSeconds: keepSeconds });

export type FormSubmissions = ReturnType<typeof makeFormSubmissions>;

export function makeFormSubmissions(connection: mongoose.Connection) {
  const model = connection.model('FormSubmission', submissionSchema, 'form_submissions');

  return {
    /** False when a submission of this id is there already. The id is the workspace's own: `{workspace}:{id}`. */
    async insertNew(submission: FormSubmission): Promise<boolean> {
      const { upsertedCount } = await model.updateOne(
        { _id: submission._id },
        { $setOnInsert: submission },
        { upsert: true },
      );
      return upsertedCount === 1;
    },

    /** Newest first. */
    listByKeys: ({ workspaceId, keys }: { workspaceId: string; keys: string[] }): Promise<FormSubmission[]> =>
      model
        .find({ workspaceId, keys: { $in: keys } })
        .sort({ submittedAt: -1 })
        .lean<FormSubmission[]>(),

    /** Every submission that one of these belongs to. */
    async listOfPerson({
      workspaceIds,
      hsContactIds,
      emails,
      keys,
      ownKeys,
    }: PersonInForms): Promise<FormSubmission[]> {
      const workspaceId = { $in: [...workspaceIds] };
      const queries = [
        { workspaceId, hsContactId: { $in: [...hsContactIds] } },
        { workspaceId, email: { $in: [...emails] } },
        { workspaceId, keys: { $in: [...keys] } },
        ...[...groupBy(ownKeys, (one) => one.workspaceId)].map(([workspace, named]) => ({
          workspaceId: workspace,
          keys: { $in: named.map(({ key }) => key) },
        })),
      ];
      const found = new Map<string, FormSubmission>();
      for (const query of queries) {
        for (const one of await model.find(query).lean<FormSubmission[]>()) found.set(one._id, one);
      }
      return [...found.values()];
    },

    async remove(ids: readonly string[]): Promise<void> {
      if (ids.length > 0) await model.deleteMany({ _id: { $in: [...ids] } });
    },
  };
}

export interface PersonInForms {
  workspaceIds: readonly string[];
  hsContactIds: readonly string[];
  emails: readonly string[];
  /** In any of the workspaces. */
  keys: readonly string[];
  ownKeys: readonly { workspaceId: string; key: string }[];
}
