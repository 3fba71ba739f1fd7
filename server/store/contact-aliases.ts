// Other names of a HubSpot contact: an Elido contact id of a workspace that was linked to it.
import mongoose from 'mongoose';

export interface ContactAlias {
  /** `{workspace}:{Elido contact id}:{portal}` */
  _id: string;
  workspaceId: string;
  elidoContactId: string;
  portalId: number;
  contactId: string;
  linkedAt: Date;
}

const aliasSchema = new mongoose.Schema<ContactAlias>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    elidoContactId: { type: String, required: true },
    portalId: { type: Number, required: true },
    contactId: String,
    linkedAt: Date,
  },
  { versionKey: false },
);
aliasSchema.index({ portalId: 1, contactId: 1 }, { name: 'by_contact' });

export type ContactAliases = ReturnType<typeof makeContactAliases>;

export function makeContactAliases(connection: mongoose.Connection) {
  const model = connection.model('ContactAlias', aliasSchema, 'contact_aliases');
  const idOf = ({ workspaceId, elidoContactId, portalId }: AliasKey) => `${workspaceId}:${elidoContactId}:${portalId}`;

  return {
    async link({ contactId, now, ...key }: AliasKey & { contactId: string; now: number }): Promise<void> {
      await model.updateOne(
        { _id: idOf(key) },
        { $set: { ...key, contactId, linkedAt: new Date(now) } },
        { upsert: true },
      );
    },

    /** The contact ids behind these aliases, under `aliasKey` of each; absent where none was linked. */
    async resolve(keys: readonly AliasKey[]): Promise<Map<string, string>> {
      if (keys.length === 0) return new Map();
      const found = await model.find({ _id: { $in: keys.map(idOf) } }).lean<ContactAlias[]>();
      return new Map(found.map((alias) => [alias._id, alias.contactId]));
    },

    aliasKey: idOf,

    listOfContacts: ({ portalId, contactIds }: ContactsOfPortal): Promise<ContactAlias[]> =>
      model.find({ portalId, contactId: { $in: [...contactIds] } }).lean<ContactAlias[]>(),

    /** Returns how many there were. */
    async removeOfContacts({ portalId, contactIds }: ContactsOfPortal): Promise<number> {
      const { deletedCount } = await model.deleteMany({ portalId, contactId: { $in: [...contactIds] } });
      return deletedCount;
    },

    async repointContact({ portalId, from, to }: { portalId: number; from: string; to: string }): Promise<void> {
      await model.updateMany({ portalId, contactId: from }, { $set: { contactId: to } });
    },
  };
}

interface ContactsOfPortal {
  portalId: number;
  contactIds: readonly string[];
}

export interface AliasKey {
  workspaceId: string;
  elidoContactId: string;
  portalId: number;
}
