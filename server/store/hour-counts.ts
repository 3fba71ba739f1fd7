// What arrived in an hour and where it stands, counted from the deliveries and kept for the overview. Counts are replaced as a whole,
// never added to, so that nothing that is done twice is counted twice.
import mongoose from 'mongoose';

export interface HourCount {
  /** `{workspace}:{hour}`. */
  _id: string;
  workspaceId: string;
  hour: Date;
  /** Events; a fraction where an event went to several portals and is only counted in part. */
  clicks: number;
  conversions: number;
  human: number;
  machine: number;
  unsure: number;
  /** Deliveries: one per event and connection. */
  delivered: number;
  waiting: number;
  failed: number;
  skipped: number;
  /** There were more than are counted. */
  capped: boolean;
  countedAt: Date;
}

export type HourCounts = ReturnType<typeof makeHourCounts>;

const number = { type: Number, required: true };
const schema = new mongoose.Schema<HourCount>(
  {
    _id: String,
    workspaceId: { type: String, required: true },
    hour: { type: Date, required: true },
    clicks: number,
    conversions: number,
    human: number,
    machine: number,
    unsure: number,
    delivered: number,
    waiting: number,
    failed: number,
    skipped: number,
    capped: { type: Boolean, required: true },
    countedAt: { type: Date, required: true },
  },
  { collection: 'hour_counts', versionKey: false, bufferCommands: false, strict: 'throw' },
);
schema.index({ workspaceId: 1, hour: 1 });
// Longer than the overview looks back.
schema.index({ hour: 1 }, { expireAfterSeconds: 100 * 24 * 3600 });

export function makeHourCounts(connection: mongoose.Connection) {
  const model = connection.model<HourCount>('HourCount', schema);

  return {
    list: async ({ workspaceId, from }: { workspaceId: string; from: number }): Promise<HourCount[]> =>
      model
        .find({ workspaceId, hour: { $gte: new Date(from) } })
        .sort({ hour: 1 })
        .lean<HourCount[]>(),
    async replace(counts: readonly HourCount[]): Promise<void> {
      if (counts.length === 0) return;
      await model.bulkWrite(
        counts.map(({ _id, ...facts }) => ({
          updateOne: { filter: { _id }, update: { $set: facts }, upsert: true },
        })),
        { ordered: false },
      );
    },
  };
}
