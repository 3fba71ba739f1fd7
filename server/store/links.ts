// Short links. A slug is unique over all workspaces; every other question names the workspace, so that a foreign id is simply not there.
import mongoose from 'mongoose';
import type { Utm } from '../domain/utm.ts';

export interface Link {
  _id: string;
  workspaceId: string;
  slug: string;
  title: string;
  destination: string;
  tags: string[];
  utm: Utm;
  /** The destination is told the click id, for the conversions that happen there. Absent: no. */
  track?: boolean;
  /** The beginnings of its words; see domain/link-search.ts. */
  search?: string[];
  /** The import that made it. */
  importId?: string;
  createdAt: Date;
  updatedAt: Date;
  /** An archived link answers 410 and keeps its slug for ever. */
  archivedAt: Date | null;
}

export type LinkChange = Partial<
  Pick<Link, 'title' | 'destination' | 'tags' | 'utm' | 'track' | 'search' | 'importId' | 'archivedAt'>
>;

export type Links = ReturnType<typeof makeLinks>;

const schema = new mongoose.Schema<Link>(
  {
    _id: String,
    workspaceId: { type: String, required: true },
    slug: { type: String, required: true },
    title: { type: String, required: true },
    destination: { type: String, required: true },
    tags: { type: [String], default: [] },
    utm: { type: Object, default: {} },
    track: Boolean,
    search: { type: [String], default: [] },
    importId: String,
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    archivedAt: { type: Date, default: null },
  },
  { collection: 'links', versionKey: false, bufferCommands: false, minimize: false, strict: 'throw' },
);
schema.index({ slug: 1 }, { unique: true });
schema.index({ workspaceId: 1, _id: -1 });
schema.index({ workspaceId: 1, search: 1, _id: -1 }, { name: 'search' });
schema.index({ workspaceId: 1, tags: 1, _id: -1 }, { name: 'tags' });
schema.index({ workspaceId: 1, importId: 1, _id: 1 }, { name: 'import' });

/** How long a redirect waits for the store before it falls back to what it remembers. */
const lookupTimeoutMs = 1_000;

export function makeLinks(connection: mongoose.Connection) {
  const model = connection.model<Link>('Link', schema);
  // The driver's own collection on the hot path: no query building, and a deadline that includes finding a server.
  const collection = () => connection.getClient().db(connection.name).collection<Link>('links');

  return {
    /** False when the slug is taken, by whichever workspace. */
    async insert(link: Link): Promise<boolean> {
      try {
        await model.create(link);
        return true;
      } catch (error) {
        if (error instanceof mongoose.mongo.MongoServerError && error.code === 11_000) return false;
        throw error;
      }
    },
    findBySlug: async (slug: string): Promise<Link | null> =>
      collection().findOne({ slug }, { timeoutMS: lookupTimeoutMs }),
    find: async ({ workspaceId, linkId }: { workspaceId: string; linkId: string }): Promise<Link | null> =>
      collection().findOne({ _id: linkId, workspaceId }, { timeoutMS: lookupTimeoutMs }),
    /** Whoever they belong to: the caller must not tell. */
    findBySlugs: async (slugs: readonly string[]): Promise<Link[]> =>
      collection()
        .find({ slug: { $in: [...slugs] } })
        .toArray(),
    /** Several at once, by slug or id; those of other workspaces are not among them. */
    async findMany({
      workspaceId,
      slugs,
      ids,
    }: {
      workspaceId: string;
      slugs: string[];
      ids: string[];
    }): Promise<Link[]> {
      const found = await Promise.all([
        slugs.length === 0
          ? []
          : collection()
              .find({ slug: { $in: slugs }, workspaceId })
              .toArray(),
        ids.length === 0
          ? []
          : collection()
              .find({ _id: { $in: ids }, workspaceId })
              .toArray(),
      ]);
      return found.flat();
    },
    /** Newest first; `before` is the id of the last link of the page before. */
    async page({ workspaceId, before, limit, archived, terms = [], tag }: LinkPage): Promise<Link[]> {
      const filter = {
        workspaceId,
        // The longest word leaves the least to look at.
        ...(terms[0] === undefined ? {} : { search: terms.length === 1 ? terms[0] : { $all: [...terms] } }),
        ...(tag === undefined ? {} : { tags: tag }),
        ...(before ? { _id: { $lt: before } } : {}),
        ...(archived ? {} : { archivedAt: null }),
      };
      return model.find(filter).sort({ _id: -1 }).limit(limit).lean<Link[]>();
    },
    /** What an import made and nobody archived, oldest first; `after` is the last of the portion before. */
    ofImport: async ({ workspaceId, importId, after, limit }: OfImport): Promise<Link[]> =>
      model
        .find({ workspaceId, importId, archivedAt: null, ...(after === null ? {} : { _id: { $gt: after } }) })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<Link[]>(),
    /** How many of them were archived by this call. */
    async archiveMany({ workspaceId, linkIds, now }: ArchiveMany): Promise<number> {
      if (linkIds.length === 0) return 0;
      const at = new Date(now);
      const { modifiedCount } = await model.updateMany(
        { _id: { $in: [...linkIds] }, workspaceId, archivedAt: null },
        { $set: { archivedAt: at, updatedAt: at } },
      );
      return modifiedCount;
    },
    /** The link after the change, or null when the workspace has none of that id. */
    change: async ({ workspaceId, linkId, set, now }: ChangeLink): Promise<Link | null> =>
      model
        .findOneAndUpdate(
          { _id: linkId, workspaceId },
          { $set: { ...set, updatedAt: new Date(now) } },
          { returnDocument: 'after' },
        )
        .lean<Link>(),
  };
}

interface OfImport {
  workspaceId: string;
  importId: string;
  after: string | null;
  limit: number;
}

interface ArchiveMany {
  workspaceId: string;
  linkIds: readonly string[];
  now: number;
}

interface LinkPage {
  workspaceId: string;
  before: string | null;
  limit: number;
  archived: boolean;
  /** All of these are among its terms. */
  terms?: readonly string[] | undefined;
  tag?: string | undefined;
}

interface ChangeLink {
  workspaceId: string;
  linkId: string;
  set: LinkChange;
  now: number;
}
