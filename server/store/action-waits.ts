// Workflows that wait for a click of their contact (product F1): one document per execution, by HubSpot's own id of it,
// so that a repeated call is the same wait. `dueAt` says when HubSpot is to be told next; absent when it was.
import mongoose from 'mongoose';

export interface ActionWait {
  /** `{portal}:{callback id}` */
  _id: string;
  portalId: number;
  callbackId: string;
  contactId: string;
  /** A slug; null: any link. */
  link: string | null;
  tag: string | null;
  since: Date;
  until: Date;
  /** The click that ended it. */
  click: { at: Date; link: string } | null;
  dueAt?: Date;
  doneAt: Date | null;
  attempts: number;
}

const keepSeconds = 120 * 24 * 3600;

const schema = new mongoose.Schema<ActionWait>(
  {
    _id: { type: String, required: true },
    portalId: { type: Number, required: true },
    callbackId: String,
    contactId: String,
    link: { type: String, default: null },
    tag: { type: String, default: null },
    since: Date,
    until: Date,
    click: { type: mongoose.Schema.Types.Mixed, default: null },
    dueAt: Date,
    doneAt: { type: Date, default: null },
    attempts: { type: Number, default: 0 },
  },
  { versionKey: false, minimize: false },
);
schema.index({ portalId: 1, dueAt: 1 }, { name: 'due', partialFilterExpression: { dueAt: { $exists: true } } });
schema.index({ portalId: 1, contactId: 1 }, { name: 'of_contact' });
schema.index({ since: 1 }, { name: 'expiry', expireAfterSeconds: keepSeconds });

export type ActionWaits = ReturnType<typeof makeActionWaits>;

export function makeActionWaits(connection: mongoose.Connection) {
  const model = connection.model('ActionWait', schema, 'action_waits');
  const open = { dueAt: { $exists: true } };

  return {
    waitId: (portalId: number, callbackId: string) => `${portalId}:${callbackId}`,

    /** The wait as stored: a repeated call finds the first one. */
    save: (wait: ActionWait): Promise<ActionWait> =>
      model
        .findOneAndUpdate({ _id: wait._id }, { $setOnInsert: wait }, { upsert: true, returnDocument: 'after' })
        .lean<ActionWait>()
        .orFail(),

    /** Those that still wait for one of these contacts. */
    listOfContacts: ({ portalId, contactIds }: { portalId: number; contactIds: readonly string[] }) =>
      model
        .find({ portalId, contactId: { $in: [...contactIds] }, ...open, click: null })
        .limit(5_000)
        .lean<ActionWait[]>(),

    /** The first click ends the wait: HubSpot is told now. */
    async end({ ids, click, now }: { ids: readonly string[]; click: { at: Date; link: string }; now: number }) {
      await model.updateMany(
        { _id: { $in: [...ids] }, ...open, click: null },
        { $set: { click, dueAt: new Date(now), attempts: 0 } },
      );
    },

    takeDue: ({ portalId, now, limit }: { portalId: number; now: number; limit: number }): Promise<ActionWait[]> =>
      model
        .find({ portalId, dueAt: { $lte: new Date(now) } })
        .sort({ dueAt: 1 })
        .limit(limit)
        .lean<ActionWait[]>(),

    async nextDueAt(portalId: number): Promise<number | null> {
      const next = await model
        .findOne({ portalId, ...open }, { dueAt: 1 })
        .sort({ dueAt: 1 })
        .lean<ActionWait>();
      return next?.dueAt?.getTime() ?? null;
    },

    async settle({ ids, now }: { ids: readonly string[]; now: number }): Promise<void> {
      await model.updateMany({ _id: { $in: [...ids] } }, { $set: { doneAt: new Date(now) }, $unset: { dueAt: 1 } });
    },

    async postpone({ ids, dueAt }: { ids: readonly string[]; dueAt: number }): Promise<void> {
      await model.updateMany({ _id: { $in: [...ids] } }, { $set: { dueAt: new Date(dueAt) }, $inc: { attempts: 1 } });
    },

    /** After a privacy deletion: the workflow of somebody erased waits no more. */
    async removeContacts({ portalId, contactIds }: { portalId: number; contactIds: readonly string[] }): Promise<void> {
      await model.deleteMany({ portalId, contactId: { $in: [...contactIds] } });
    },

    async repointContact({ portalId, from, to }: { portalId: number; from: string; to: string }): Promise<void> {
      await model.updateMany({ portalId, contactId: from, ...open }, { $set: { contactId: to } });
    },
  };
}
