// Landing pages that said "a person touched me after this click". They may speak before their click is stored, so they are kept
// apart, for a day: the verdict on a click is made within seconds, and a spooled click within hours.
import mongoose from 'mongoose';

interface Landing {
  _id: string;
  at: Date;
}

export type Landings = ReturnType<typeof makeLandings>;

const schema = new mongoose.Schema<Landing>(
  { _id: String, at: { type: Date, required: true } },
  { collection: 'landings', versionKey: false, bufferCommands: false, strict: 'throw' },
);
schema.index({ at: 1 }, { expireAfterSeconds: 24 * 3600 });

export function makeLandings(connection: mongoose.Connection) {
  const model = connection.model<Landing>('Landing', schema);
  const idOf = (workspaceId: string, clickId: string) => `${workspaceId}:${clickId}`;

  return {
    /** The first one of a click stands. */
    async record({ workspaceId, clickId, now }: { workspaceId: string; clickId: string; now: number }): Promise<void> {
      const filter = { _id: idOf(workspaceId, clickId) };
      await model.updateOne(filter, { $setOnInsert: { at: new Date(now) } }, { upsert: true });
    },

    /** When the pages behind these clicks were touched, by click id. */
    async among({ workspaceId, clickIds }: { workspaceId: string; clickIds: Iterable<string> }): Promise<LandedAt> {
      const byId = new Map(Array.from(clickIds, (clickId) => [idOf(workspaceId, clickId), clickId]));
      if (byId.size === 0) return new Map();
      const found = await model.find({ _id: { $in: [...byId.keys()] } }).lean<Landing[]>();
      return new Map(found.map(({ _id, at }) => [byId.get(_id) ?? '', at.getTime()]));
    },
  };
}

export type LandedAt = ReadonlyMap<string, number>;
