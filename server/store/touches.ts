// The UTM ledger of each contact of a portal: first, lead, deal and last touch, and the newest click.
import mongoose from 'mongoose';
import type { TouchLedger } from '../domain/attribution.ts';

interface TouchDocument extends TouchLedger {
  /** `{portal}:{contact}` */
  _id: string;
  portalId: number;
  contactId: string;
  /** When the contact's click counter must be counted again because clicks have grown old; absent when it is 0. */
  recountAt?: Date;
}

const mixed = { type: mongoose.Schema.Types.Mixed, default: null };

const touchSchema = new mongoose.Schema<TouchDocument>(
  {
    _id: { type: String, required: true },
    portalId: Number,
    contactId: String,
    first: mixed,
    lead: mixed,
    deal: mixed,
    last: mixed,
    lastClick: mixed,
    lastConversion: mixed,
    recountAt: Date,
  },
  { versionKey: false, minimize: false },
);
touchSchema.index(
  { portalId: 1, recountAt: 1 },
  { name: 'recount', partialFilterExpression: { recountAt: { $exists: true } } },
);

export type Touches = ReturnType<typeof makeTouches>;

export function makeTouches(connection: mongoose.Connection) {
  const model = connection.model('Touch', touchSchema, 'touches');
  const idOf = (portalId: number, contactId: string) => `${portalId}:${contactId}`;

  return {
    /** The ledgers of these contacts by contact id; absent where a contact never clicked. */
    async findMany({
      portalId,
      contactIds,
    }: {
      portalId: number;
      contactIds: readonly string[];
    }): Promise<Map<string, TouchLedger>> {
      const found = await model
        .find({ _id: { $in: contactIds.map((contactId) => idOf(portalId, contactId)) } })
        .lean<TouchDocument[]>();
      return new Map(
        found.map(({ contactId, first, lead, deal, last, lastClick, lastConversion }) => [
          contactId,
          { first, lead, deal, last, lastClick, lastConversion: lastConversion ?? null },
        ]),
      );
    },

    /** Only the holder of the portal's lease writes ledgers, so that whole ones can be replaced. */
    async saveMany({ portalId, ledgers, recountAt }: LedgersToSave): Promise<void> {
      if (ledgers.size === 0) return;
      await model.bulkWrite(
        [...ledgers].map(([contactId, ledger]) => {
          const recount = recountAt.get(contactId);
          return {
            updateOne: {
              filter: { _id: idOf(portalId, contactId) },
              update: {
                $set: { ...ledger, portalId, contactId },
                ...(recount === undefined ? {} : { $min: { recountAt: new Date(recount) } }),
              },
              upsert: true,
            },
          };
        }),
        { ordered: false },
      );
    },

    /** The contacts whose counters are to be counted again, longest overdue first. */
    async takeRecounts({ portalId, now, limit }: { portalId: number; now: number; limit: number }): Promise<string[]> {
      const found = await model
        .find({ portalId, recountAt: { $lte: new Date(now) } }, { contactId: 1 })
        .sort({ recountAt: 1 })
        .limit(limit)
        .lean();
      return found.map(({ contactId }) => contactId);
    },

    async nextRecountAt(portalId: number): Promise<number | null> {
      const next = await model
        .findOne({ portalId, recountAt: { $exists: true } }, { recountAt: 1 })
        .sort({ recountAt: 1 })
        .lean();
      return next?.recountAt?.getTime() ?? null;
    },

    /** After a recount: when the next one is due; null when nothing is left to grow old. */
    async setRecounts({ portalId, at }: { portalId: number; at: ReadonlyMap<string, number | null> }): Promise<void> {
      if (at.size === 0) return;
      await model.bulkWrite(
        [...at].map(([contactId, moment]) => ({
          updateOne: {
            filter: { _id: idOf(portalId, contactId) },
            update: moment === null ? { $unset: { recountAt: 1 as const } } : { $set: { recountAt: new Date(moment) } },
          },
        })),
        { ordered: false },
      );
    },

    async remove({ portalId, contactId }: { portalId: number; contactId: string }): Promise<void> {
      await model.deleteOne({ _id: idOf(portalId, contactId) });
    },

    /** Returns how many there were. */
    async removeMany({ portalId, contactIds }: { portalId: number; contactIds: readonly string[] }): Promise<number> {
      const { deletedCount } = await model.deleteMany({ _id: { $in: contactIds.map((id) => idOf(portalId, id)) } });
      return deletedCount;
    },
  };
}

export interface LedgersToSave {
  portalId: number;
  ledgers: ReadonlyMap<string, TouchLedger>;
  /** By contact; an earlier moment that is stored already stays. */
  recountAt: ReadonlyMap<string, number>;
}
