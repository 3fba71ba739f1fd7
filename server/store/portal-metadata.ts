// What HubSpot said about an account when it was last asked: its deal pipelines and the definitions of its properties.
// Kept so that cards and console need not ask HubSpot while somebody waits. No values of records.
import mongoose from 'mongoose';
import type { Board } from '../domain/deals.ts';
import type { PropertyFacts } from '../domain/field-mapping.ts';

/** A property as a person chooses it. */
export interface KnownProperty extends PropertyFacts {
  label: string;
  fieldType: string;
  group: string;
  /** HubSpot does not show it to people. */
  hidden: boolean;
}

interface Kinds {
  pipelines: readonly Board[];
  contacts: readonly KnownProperty[];
  deals: readonly KnownProperty[];
}
export type MetadataKind = keyof Kinds;

export interface Metadata<Kind extends MetadataKind> {
  value: Kinds[Kind];
  readAt: Date;
}

interface MetadataDocument {
  /** `{portal}:{kind}` */
  _id: string;
  portalId: number;
  value: unknown;
  readAt: Date;
}

const schema = new mongoose.Schema<MetadataDocument>(
  { _id: { type: String, required: true }, portalId: Number, value: mongoose.Schema.Types.Mixed, readAt: Date },
  { versionKey: false, minimize: false },
);

export type PortalMetadata = ReturnType<typeof makePortalMetadata>;

export function makePortalMetadata(connection: mongoose.Connection) {
  const model = connection.model('PortalMetadata', schema, 'portal_metadata');
  const idOf = (portalId: number, kind: MetadataKind) => `${portalId}:${kind}`;

  return {
    async find<Kind extends MetadataKind>(portalId: number, kind: Kind): Promise<Metadata<Kind> | null> {
      const found = await model.findById(idOf(portalId, kind)).lean<MetadataDocument>();
      return found && { value: found.value as Kinds[Kind], readAt: found.readAt };
    },

    async save<Kind extends MetadataKind>({ portalId, kind, value, now }: SaveMetadata<Kind>): Promise<void> {
      await model.updateOne(
        { _id: idOf(portalId, kind) },
        { $set: { portalId, value, readAt: new Date(now) } },
        { upsert: true },
      );
    },
  };
}

interface SaveMetadata<Kind extends MetadataKind> {
  portalId: number;
  kind: Kind;
  value: Kinds[Kind];
  now: number;
}
