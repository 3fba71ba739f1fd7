// How many calls each portal cost, by day. Added up in memory and written every few seconds.
import mongoose from 'mongoose';

interface PortalCalls {
  /** `{portal}:{day}`. */
  _id: string;
  portalId: number;
  day: Date;
  calls: number;
}

export interface CallsOfDay {
  portalId: number;
  /** The first moment of the UTC day. */
  day: number;
  calls: number;
}

export type PortalCallCounts = ReturnType<typeof makePortalCalls>;

const schema = new mongoose.Schema<PortalCalls>(
  {
    _id: String,
    portalId: { type: Number, required: true },
    day: { type: Date, required: true },
    calls: { type: Number, required: true },
  },
  { collection: 'portal_calls', versionKey: false, bufferCommands: false, strict: 'throw' },
);
schema.index({ portalId: 1, day: 1 });
schema.index({ day: 1 }, { expireAfterSeconds: 100 * 24 * 3600 });

export function makePortalCalls(connection: mongoose.Connection) {
  const model = connection.model<PortalCalls>('PortalCalls', schema);

  return {
    async add(counts: readonly CallsOfDay[]): Promise<void> {
      if (counts.length === 0) return;
      await model.bulkWrite(
        counts.map(({ portalId, day, calls }) => ({
          updateOne: {
            filter: { _id: `${portalId}:${day}` },
            update: { $inc: { calls }, $setOnInsert: { portalId, day: new Date(day) } },
            upsert: true,
          },
        })),
        { ordered: false },
      );
    },
    /** All calls of these portals since `from`: a row per portal and day is read. */
    async sum({ portalIds, from }: { portalIds: readonly number[]; from: number }): Promise<number> {
      if (portalIds.length === 0) return 0;
      const rows = await model
        .find({ portalId: { $in: [...portalIds] }, day: { $gte: new Date(from) } }, { calls: 1 })
        .lean<Pick<PortalCalls, 'calls'>[]>();
      return rows.reduce((sum, { calls }) => sum + calls, 0);
    },
  };
}
