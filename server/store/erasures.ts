// Receipts of privacy deletions: when, and how much was erased. They name nobody: the id is a hash, known only to who has the contact id.
// They also keep an erased contact from coming back with a late click or webhook. Other keys of the person (linked ids, click ids of
// advertisements) are marked as well, but only for what happened before: the person may begin anew.
import mongoose from 'mongoose';
import { digestOf } from '../lib/ids.ts';

export interface ErasedCounts {
  deliveries: number;
  touches: number;
  aliases: number;
  submissions: number;
}

/** A way to know a person in one workspace, as `matchKeysOf` writes it: `gclid:Cj0`, `eid:member-17`. */
export interface ErasedKey {
  workspaceId: string;
  key: string;
}

export interface Erasure extends ErasedCounts {
  _id: string;
  portalId: number;
  firstAt: Date;
  lastAt: Date;
}

const erasureSchema = new mongoose.Schema<Erasure>(
  {
    _id: { type: String, required: true },
    portalId: Number,
    firstAt: Date,
    lastAt: Date,
    deliveries: Number,
    touches: Number,
    aliases: Number,
    submissions: Number,
  },
  { versionKey: false },
);

export type Erasures = ReturnType<typeof makeErasures>;

export function makeErasures(connection: mongoose.Connection) {
  const model = connection.model('Erasure', erasureSchema, 'erasures');
  const idOf = (portalId: number, contactId: string) => digestOf('erased contact', String(portalId), contactId);
  const keyIdOf = (portalId: number, { workspaceId, key }: ErasedKey) =>
    digestOf('erased key', String(portalId), workspaceId, key);

  return {
    /** From now on the contact counts as erased. */
    async begin({ portalId, contactIds, now }: { portalId: number; contactIds: readonly string[]; now: number }) {
      const at = new Date(now);
      await model.bulkWrite(
        contactIds.map((contactId) => ({
          updateOne: {
            filter: { _id: idOf(portalId, contactId) },
            update: {
              $set: { lastAt: at },
              $setOnInsert: { portalId, firstAt: at, deliveries: 0, touches: 0, aliases: 0, submissions: 0 },
            },
            upsert: true,
          },
        })),
        { ordered: false },
      );
    },

    /** From now on what happened before and carries one of these counts as erased. */
    async beginKeys({ portalId, keys, now }: { portalId: number; keys: readonly ErasedKey[]; now: number }) {
      if (keys.length === 0) return;
      const $set = { portalId, lastAt: new Date(now) };
      await model.bulkWrite(
        keys.map((key) => ({ updateOne: { filter: { _id: keyIdOf(portalId, key) }, update: { $set }, upsert: true } })),
        { ordered: false },
      );
    },

    /** When each of these keys was erased; absent where it never was. */
    async keysAmong({
      portalId,
      keys,
    }: {
      portalId: number;
      keys: readonly ErasedKey[];
    }): Promise<Map<ErasedKey, number>> {
      if (keys.length === 0) return new Map();
      const ids = keys.map((key) => keyIdOf(portalId, key));
      const found = await model.find({ _id: { $in: ids } }, { lastAt: 1 }).lean();
      const erasedAt = new Map(found.map(({ _id, lastAt }) => [_id, lastAt.getTime()]));
      return new Map(
        keys.flatMap((key, at) => {
          const time = erasedAt.get(ids[at] ?? '');
          return time === undefined ? [] : [[key, time] as const];
        }),
      );
    },

    /** Adds to what was erased for the contact, also by later sweeps. */
    async count({ portalId, contactId, counts }: { portalId: number; contactId: string; counts: ErasedCounts }) {
      await model.updateOne({ _id: idOf(portalId, contactId) }, { $inc: { ...counts } });
    },

    /** Those of the contacts that were erased. */
    async among({ portalId, contactIds }: { portalId: number; contactIds: readonly string[] }): Promise<string[]> {
      if (contactIds.length === 0) return [];
      const byHash = new Map(contactIds.map((contactId) => [idOf(portalId, contactId), contactId]));
      const found = await model.find({ _id: { $in: [...byHash.keys()] } }, { _id: 1 }).lean();
      return found.flatMap(({ _id }) => byHash.get(_id) ?? []);
    },

    find: ({ portalId, contactId }: { portalId: number; contactId: string }): Promise<Erasure | null> =>
      model.findById(idOf(portalId, contactId)).lean<Erasure>(),
  };
}
