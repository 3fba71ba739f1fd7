// Contacts and deals as they were when a delivery last met them: what cards call them, and where a deal stood.
// Erased with the contact (product F6), and forgotten when nobody has met them for a year.
import mongoose from 'mongoose';

export interface SeenContact {
  id: string;
  name: string | null;
}

export interface SeenDeal {
  id: string;
  name: string | null;
  pipeline: string;
  stage: string;
  amount: number | null;
  createdAt: number | null;
}

interface RecordDocument {
  /** `{portal}:contact:{id}`, `{portal}:deal:{id}` */
  _id: string;
  portalId: number;
  name: string | null;
  pipeline?: string;
  stage?: string;
  amount?: number | null;
  createdAt?: Date | null;
  seenAt: Date;
}

const keepSeconds = 366 * 24 * 3600;

const schema = new mongoose.Schema<RecordDocument>(
  {
    _id: { type: String, required: true },
    portalId: Number,
    name: { type: String, default: null },
    pipeline: String,
    stage: String,
    amount: Number,
    createdAt: Date,
    seenAt: Date,
  },
  { versionKey: false },
);
schema.index({ seenAt: 1 }, { name: 'expiry', expireAfterSeconds: keepSeconds });

export type SeenRecords = ReturnType<typeof makeSeenRecords>;

export function makeSeenRecords(connection: mongoose.Connection) {
  const model = connection.model('SeenRecord', schema, 'seen_records');
  const contactId = (portalId: number, id: string) => `${portalId}:contact:${id}`;
  const dealId = (portalId: number, id: string) => `${portalId}:deal:${id}`;

  return {
    async save({ portalId, contacts, deals, now }: SeenTogether): Promise<void> {
      const seenAt = new Date(now);
      const rows = [
        ...contacts.map(({ id, name }) => ({ _id: contactId(portalId, id), set: { name } })),
        ...deals.map(({ id, createdAt, ...facts }) => ({
          _id: dealId(portalId, id),
          set: { ...facts, createdAt: createdAt === null ? null : new Date(createdAt) },
        })),
      ];
      if (rows.length === 0) return;
      await model.bulkWrite(
        rows.map(({ _id, set }) => ({
          updateOne: { filter: { _id }, update: { $set: { ...set, portalId, seenAt } }, upsert: true },
        })),
        { ordered: false },
      );
    },

    /** Names by contact id; absent where the contact was never met, null where it has none. */
    async namesOf({ portalId, contactIds }: ContactsOf): Promise<Map<string, string | null>> {
      if (contactIds.length === 0) return new Map();
      const byId = new Map(contactIds.map((id) => [contactId(portalId, id), id]));
      const found = await model.find({ _id: { $in: [...byId.keys()] } }, { name: 1 }).lean<RecordDocument[]>();
      return new Map(found.map(({ _id, name }) => [byId.get(_id) ?? '', name]));
    },

    async deals({
      portalId,
      dealIds,
    }: {
      portalId: number;
      dealIds: readonly string[];
    }): Promise<Map<string, MetDeal>> {
      if (dealIds.length === 0) return new Map();
      const byId = new Map(dealIds.map((id) => [dealId(portalId, id), id]));
      const found = await model.find({ _id: { $in: [...byId.keys()] } }).lean<RecordDocument[]>();
      return new Map(
        found.map(({ _id, name, pipeline = '', stage = '', amount = null, createdAt, seenAt }) => {
          const id = byId.get(_id) ?? '';
          return [id, { id, name, pipeline, stage, amount, createdAt: createdAt?.getTime() ?? null, seenAt }];
        }),
      );
    },

    async removeContacts({ portalId, contactIds }: ContactsOf): Promise<void> {
      await model.deleteMany({ _id: { $in: contactIds.map((id) => contactId(portalId, id)) } });
    },
  };
}

export interface MetDeal extends SeenDeal {
  seenAt: Date;
}

interface ContactsOf {
  portalId: number;
  contactIds: readonly string[];
}

interface SeenTogether {
  portalId: number;
  contacts: readonly SeenContact[];
  deals: readonly SeenDeal[];
  now: number;
}
