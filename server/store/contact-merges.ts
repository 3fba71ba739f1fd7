// Which contact answers for which since a merge in HubSpot. Kept so that merges may arrive in any order.
import mongoose from 'mongoose';

interface ContactMerge {
  /** `{portal}:{former contact}` */
  _id: string;
  portalId: number;
  from: string;
  to: string;
}

const mergeSchema = new mongoose.Schema<ContactMerge>(
  { _id: { type: String, required: true }, portalId: Number, from: String, to: String },
  { versionKey: false },
);
mergeSchema.index({ portalId: 1, to: 1 }, { name: 'by_survivor' });

/** More merges in a row than this are not followed. */
const longestChain = 100;

export type ContactMerges = ReturnType<typeof makeContactMerges>;

export function makeContactMerges(connection: mongoose.Connection) {
  const model = connection.model('ContactMerge', mergeSchema, 'contact_merges');
  const idOf = (portalId: number, contactId: string) => `${portalId}:${contactId}`;

  return {
    async save({ portalId, from, to }: { portalId: number; from: readonly string[]; to: string }): Promise<void> {
      if (from.length === 0) return;
      await model.bulkWrite(
        from.map((one) => ({
          updateOne: {
            filter: { _id: idOf(portalId, one) },
            update: { $set: { portalId, from: one, to } },
            upsert: true,
          },
        })),
        { ordered: false },
      );
    },

    /** The contact that answers for this one now; itself when it was never merged. */
    async survivorOf({ portalId, contactId }: { portalId: number; contactId: string }): Promise<string> {
      let current = contactId;
      for (let step = 0; step < longestChain; step++) {
        const merge = await model.findById(idOf(portalId, current)).lean<ContactMerge>();
        if (!merge) return current;
        current = merge.to;
      }
      return current;
    },

    /** Every id that leads to this contact, over any number of merges, with its own. */
    async allIdsOf({ portalId, contactId }: { portalId: number; contactId: string }): Promise<string[]> {
      const ids = new Set([contactId]);
      let level = [contactId];
      for (let step = 0; level.length > 0 && step < longestChain; step++) {
        const merges = await model.find({ portalId, to: { $in: level } }).lean<ContactMerge[]>();
        level = merges.map(({ from }) => from).filter((from) => !ids.has(from));
        for (const from of level) ids.add(from);
      }
      return [...ids];
    },

    async remove({ portalId, contactIds }: { portalId: number; contactIds: readonly string[] }): Promise<void> {
      await model.deleteMany({ _id: { $in: contactIds.map((contactId) => idOf(portalId, contactId)) } });
    },
  };
}
