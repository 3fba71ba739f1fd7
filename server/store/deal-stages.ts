// What happened to the deals of a portal, as HubSpot told it: a ledger that is only added to, so that order and repeats do not matter.
import mongoose from 'mongoose';
import { unlessDuplicate } from './duplicates.ts';

export const dealChangeKinds = ['created', 'stage', 'deleted', 'restored', 'merged'] as const;

export interface DealChange {
  /** The receipt it came with. */
  _id: string;
  portalId: number;
  dealId: string;
  kind: (typeof dealChangeKinds)[number];
  /** For `stage`. */
  stage: string | null;
  /** For `merged`: the deal that answers for it now. */
  mergedInto: string | null;
  at: Date;
  /** HubSpot's word for who did it: `CRM_UI`, `INTEGRATION`, `IMPORT`. */
  source: string | null;
}

const changeSchema = new mongoose.Schema<DealChange>(
  {
    _id: { type: String, required: true },
    portalId: { type: Number, required: true },
    dealId: { type: String, required: true },
    kind: String,
    stage: String,
    mergedInto: String,
    at: Date,
    source: String,
  },
  { versionKey: false },
);
changeSchema.index({ portalId: 1, dealId: 1, at: 1 }, { name: 'history' });

export type DealStages = ReturnType<typeof makeDealStages>;

export function makeDealStages(connection: mongoose.Connection) {
  const model = connection.model('DealStage', changeSchema, 'deal_stages');

  return {
    async record(changes: readonly DealChange[]): Promise<void> {
      if (changes.length === 0) return;
      await unlessDuplicate(model.collection.insertMany([...changes] as never[], { ordered: false }), changes.length);
    },

    /** Oldest first, by deal; absent where nothing is known. */
    listOfDeals: ({ portalId, dealIds }: { portalId: number; dealIds: readonly string[] }): Promise<DealChange[]> =>
      model
        .find({ portalId, dealId: { $in: [...dealIds] } })
        .sort({ dealId: 1, at: 1 })
        .lean<DealChange[]>(),
  };
}
