// The UTM ledger of each contact of a portal: first, lead, deal and last touch, and the newest click.
import mongoose from 'mongoose';
import type { TouchLedger } from '../domain/attribution.ts';

interface TouchDocument extends TouchLedger {
  /** `{portal}:{contact}` */
  _id: string;
  portalId: number;
  contactId: string;
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
  },
  { versionKey: false, minimize: false },
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
        found.map(({ contactId, first, lead, deal, last, lastClick }) => [
          contactId,
          { first, lead, deal, last, lastClick },
        ]),
      );
    },

    /** Only the holder of the portal's lease writes ledgers, so that whole ones can be replaced. */
    async saveMany({
      portalId,
      ledgers,
    }: {
      portalId: number;
      ledgers: ReadonlyMap<string, TouchLedger>;
    }): Promise<void> {
      if (ledgers.size === 0) return;
      await model.bulkWrite(
        [...ledgers].map(([contactId, ledger]) => ({
          updateOne: {
            filter: { _id: idOf(portalId, contactId) },
            update: { $set: { ...ledger, portalId, contactId } },
            upsert: true,
          },
        })),
        { ordered: false },
      );
    },

    async remove({ portalId, contactId }: { portalId: number; contactId: string }): Promise<void> {
      await model.deleteOne({ _id: idOf(portalId, contactId) });
    },
  };
}
