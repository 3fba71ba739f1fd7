// How many counted clicks each day of a connection has, a document per connection and month, so that a restart forgets none of them. A count is
// replaced as a whole, never added to; a change of a day that is over says so first, and no count that began before is kept.
import mongoose from 'mongoose';
import type { CountedMonth } from '../domain/card/counted-days.ts';

type DayCountDocument = CountedMonth & { _id: string; monthAt: Date };

export type DayCounts = ReturnType<typeof makeDayCounts>;

const schema = new mongoose.Schema<DayCountDocument>(
  {
    _id: String,
    connectionId: { type: String, required: true },
    month: { type: String, required: true },
    monthAt: { type: Date, required: true },
    seq: { type: Number, required: true },
    days: mongoose.Schema.Types.Mixed,
    touched: mongoose.Schema.Types.Mixed,
  },
  { collection: 'day_counts', versionKey: false, bufferCommands: false, strict: 'throw', minimize: false },
);
schema.index({ connectionId: 1, month: 1 }, { name: 'months' });
// Longer than cards look back.
schema.index({ monthAt: 1 }, { expireAfterSeconds: 240 * 24 * 3600 });

export function makeDayCounts(connection: mongoose.Connection) {
  const model = connection.model<DayCountDocument>('DayCount', schema);
  const idOf = ({ connectionId, month }: Pick<CountedMonth, 'connectionId' | 'month'>) => `${connectionId}:${month}`;
  const factsOf = ({ connectionId, month }: Pick<CountedMonth, 'connectionId' | 'month'>) => {
    return { connectionId, month, monthAt: new Date(`${month}-01T00:00:00Z`) };
  };

  return {
    async list({ connectionIds, fromMonth }: { connectionIds: readonly string[]; fromMonth: string }) {
      const found = await model
        .find({ connectionId: { $in: [...connectionIds] }, month: { $gte: fromMonth } })
        .lean<DayCountDocument[]>();
      return found.map(({ connectionId, month, seq, days, touched }): CountedMonth => {
        return { connectionId, month, seq, days: days ?? {}, touched: touched ?? {} };
      });
    },

    /** Before clicks of days that are over begin to count, or no longer do. */
    async touch({ days, now }: { days: readonly TouchedDay[]; now: number }): Promise<void> {
      if (days.length === 0) return;
      const at = new Date(now);
      await model.bulkWrite(
        days.map(({ connectionId, day }) => {
          const facts = factsOf({ connectionId, month: day.slice(0, 7) });
          return {
            updateOne: {
              filter: { _id: idOf(facts) },
              update: {
                $set: { [`touched.${day.slice(8)}`]: at },
                $inc: { seq: 1 },
                $setOnInsert: { ...facts, days: {} },
              },
              upsert: true,
            },
          };
        }),
      );
    },

    /** Keeps counts of days that nobody touched since `month` was read; false when somebody did. */
    async save({ month, counts }: { month: CountedMonth; counts: ReadonlyMap<string, number> }): Promise<boolean> {
      const numbers = [...counts.keys()].map((day) => day.slice(8));
      const $set = Object.fromEntries([...counts].map(([day, clicks]) => [`days.${day.slice(8)}`, clicks]));
      const $unset = Object.fromEntries(numbers.map((number) => [`touched.${number}`, 1 as const]));
      const isNew = month.seq === 0;
      try {
        const { matchedCount, upsertedCount } = await model.updateOne(
          { _id: idOf(month), seq: month.seq },
          isNew ? { $set, $setOnInsert: factsOf(month) } : { $set, $unset },
          { upsert: isNew },
        );
        return matchedCount + upsertedCount === 1;
      } catch (error) {
        // It is there by now, under a number of its own.
        if (error instanceof mongoose.mongo.MongoServerError && error.code === 11_000) return false;
        throw error;
      }
    },
  };
}

interface TouchedDay {
  connectionId: string;
  /** `2026-11-05` */
  day: string;
}
