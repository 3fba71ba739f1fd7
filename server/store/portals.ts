// Portals: a HubSpot account with its tokens, its health, its lease and the hint that it has work.
// Leases and locks live on the database's clock ($$NOW), so that processes with wrong clocks cannot both hold one.
import mongoose from 'mongoose';

export const portalStates = ['connected', 'needs_sign_in', 'uninstalled'] as const;
export type PortalState = (typeof portalStates)[number];

export const stepStates = ['pending', 'done', 'failed'] as const;

export interface ProvisioningStep {
  name: string;
  state: (typeof stepStates)[number];
  detail: string;
  at: Date;
}

export interface Provisioning {
  state: 'pending' | 'running' | 'ready' | 'failed';
  steps: ProvisioningStep[];
  at: Date;
}

export interface Portal {
  _id: number;
  hubDomain: string;
  state: PortalState;
  stateReason: string | null;
  stateSince: Date;
  /** Sealed by the vault. */
  accessToken: string;
  refreshToken: string;
  expiresAt: Date;
  tokenVersion: number;
  lastRefreshAt: Date;
  scopes: string[];
  userId: number | null;
  provisioning: Provisioning;
  /** `private_app`: the token is the configured one and is never refreshed. Left out: OAuth. */
  auth?: 'oauth' | 'private_app';
  /** When the chain of tokens began. */
  installedAt?: Date;
  /** HubSpot has been seen to give a new refresh token with a refresh. */
  rotates?: boolean;
  /** The public address of the process that stored the tokens: tells a copied environment. */
  storedBy?: string;
  /** After a refresh that failed for the moment: nobody tries before `until`. */
  refreshRest?: { failures: number; until: Date; code: string };
  /** Rights that HubSpot denies although the token lives. Until `recheckAt` nothing is tried that was denied before. */
  limited?: { reason: string; since: Date; recheckAt: Date; scopes: string[] };
  /** When the portal next has work; absent when it has none. `workSeq` counts the hints. */
  workAt?: Date;
  workSeq: number;
  lease?: { owner: string; fence: number; until: Date };
  refreshLock?: {
    owner: string;
    since: Date;
    until: Date;
    /** Who held it and never gave it back. */ after: string | null;
  };
  /** The calls of the last seconds as the last holder of the lease left them, so that the budget survives a change of process. */
  budget?: { agesMs: number[]; pausedForMs: number; at: Date };
}

export interface Install {
  portalId: number;
  hubDomain: string;
  accessToken: string;
  refreshToken: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
  scopes: string[];
  userId: number | null;
  /** Left out: OAuth. */
  auth?: 'private_app';
  storedBy?: string;
  now: number;
}

const portalSchema = new mongoose.Schema<Portal>(
  {
    _id: { type: Number, required: true },
    hubDomain: String,
    state: String,
    stateReason: String,
    stateSince: Date,
    accessToken: String,
    refreshToken: String,
    expiresAt: Date,
    tokenVersion: Number,
    lastRefreshAt: Date,
    scopes: [String],
    userId: Number,
    auth: String,
    installedAt: Date,
    rotates: Boolean,
    storedBy: String,
    refreshRest: mongoose.Schema.Types.Mixed,
    limited: mongoose.Schema.Types.Mixed,
    provisioning: mongoose.Schema.Types.Mixed,
    workAt: Date,
    workSeq: Number,
    lease: mongoose.Schema.Types.Mixed,
    refreshLock: mongoose.Schema.Types.Mixed,
    budget: mongoose.Schema.Types.Mixed,
  },
  { versionKey: false, minimize: false },
);
portalSchema.index({ state: 1, workAt: 1 }, { name: 'work' });

export type Portals = ReturnType<typeof makePortals>;

export function makePortals(connection: mongoose.Connection) {
  const model = connection.model('Portal', portalSchema, 'portals');
  const free = (field: 'lease' | 'refreshLock') => ({
    $lt: [{ $ifNull: [`$${field}.until`, new Date(0)] }, '$$NOW'],
  });
  const until = (ttlMs: number) => ({ $add: ['$$NOW', ttlMs] });
  const leaseTo = (owner: string, ttlMs: number) => [
    { $set: { lease: { owner, fence: { $add: [{ $ifNull: ['$lease.fence', 0] }, 1] }, until: until(ttlMs) } } },
  ];
  const leased = { returnDocument: 'after', updatePipeline: true } as const;

  return {
    find: (portalId: number): Promise<Portal | null> => model.findById(portalId).lean<Portal>(),

    findMany: (portalIds: readonly number[]): Promise<Portal[]> =>
      model.find({ _id: { $in: [...portalIds] } }).lean<Portal[]>(),

    /** Installs or reinstalls: new tokens, provisioning anew, and work at once. Queue, links and mapping stay. */
    async saveInstall({ portalId, expiresAt, auth = undefined, now, ...install }: Install): Promise<void> {
      const at = new Date(now);
      const provisioning: Provisioning = { state: 'pending', steps: [], at };
      await model.updateOne(
        { _id: portalId },
        {
          $set: {
            ...install,
            auth: auth ?? 'oauth',
            installedAt: at,
            rotates: false,
            expiresAt: new Date(expiresAt),
            state: 'connected',
            stateReason: null,
            stateSince: at,
            lastRefreshAt: at,
            provisioning,
            workAt: at,
          },
          $inc: { tokenVersion: 1, workSeq: 1 },
          $unset: { refreshLock: 1, refreshRest: 1, limited: 1 },
        },
        { upsert: true },
      );
    },

    async setState({ portalId, state, reason, now }: StateChange): Promise<void> {
      await model.updateOne({ _id: portalId }, { $set: { state, stateReason: reason, stateSince: new Date(now) } });
    },

    async saveProvisioning({
      portalId,
      provisioning,
    }: {
      portalId: number;
      provisioning: Provisioning;
    }): Promise<void> {
      await model.updateOne({ _id: portalId }, { $set: { provisioning } });
    },

    /** Says that portals have work at `at` or before. */
    async wake({ portalIds, at }: { portalIds: readonly number[]; at: number }): Promise<void> {
      if (portalIds.length === 0) return;
      await model.updateMany(
        { _id: { $in: [...portalIds] } },
        { $min: { workAt: new Date(at) }, $inc: { workSeq: 1 } },
      );
    },

    /** Takes the portal that waits longest and is leased by nobody; null when there is none. */
    async claim({ owner, ttlMs, now }: { owner: string; ttlMs: number; now: number }): Promise<Portal | null> {
      return model
        .findOneAndUpdate(
          { state: 'connected', workAt: { $lte: new Date(now) }, $expr: free('lease') },
          leaseTo(owner, ttlMs),
          { ...leased, sort: { workAt: 1 } },
        )
        .lean<Portal>();
    },

    /** Takes this portal, whatever its state; null when it is leased by somebody or not known. */
    async claimOne({ portalId, owner, ttlMs }: { portalId: number; owner: string; ttlMs: number }) {
      return model
        .findOneAndUpdate({ _id: portalId, $expr: free('lease') }, leaseTo(owner, ttlMs), leased)
        .lean<Portal>();
    },

    /** Extends a lease that is still ours; false when it was lost. */
    async renew({ portalId, fence, ttlMs }: Lease & { ttlMs: number }): Promise<boolean> {
      const { matchedCount } = await model.updateOne(
        { _id: portalId, 'lease.fence': fence },
        [{ $set: { 'lease.until': until(ttlMs) } }],
        { updatePipeline: true },
      );
      return matchedCount === 1;
    },

    /** Gives a lease back and leaves the calls of the last seconds for the next holder; left out when none were made. */
    async release({ portalId, fence, budget }: Lease & { budget?: NonNullable<Portal['budget']> }): Promise<void> {
      const $set = { 'lease.until': new Date(0), ...(budget ? { budget } : {}) };
      await model.updateOne({ _id: portalId, 'lease.fence': fence }, { $set });
    },

    /** Sets when there is work next (null: none), unless a new hint came since `workSeq` was read. */
    async setNextWork({ portalId, workSeq, workAt }: NextWork): Promise<boolean> {
      const { matchedCount } = await model.updateOne(
        { _id: portalId, workSeq },
        workAt === null ? { $unset: { workAt: 1 } } : { $set: { workAt: new Date(workAt) } },
      );
      return matchedCount === 1;
    },

    /** Connected portals after `afterId`, for sweeps. */
    listConnected: ({ afterId, limit }: { afterId: number; limit: number }): Promise<Portal[]> =>
      model
        .find({ _id: { $gt: afterId }, state: 'connected' })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<Portal[]>(),

    /** The portal as it is now with the refresh lock held, or null while somebody else holds it. */
    async lockRefresh({
      portalId,
      owner,
      ttlMs,
    }: {
      portalId: number;
      owner: string;
      ttlMs: number;
    }): Promise<Portal | null> {
      return model
        .findOneAndUpdate(
          { _id: portalId, $expr: free('refreshLock') },
          [
            {
              $set: {
                refreshLock: {
                  owner,
                  since: '$$NOW',
                  until: until(ttlMs),
                  after: { $ifNull: ['$refreshLock.owner', null] },
                },
              },
            },
          ],
          { returnDocument: 'after', updatePipeline: true },
        )
        .lean<Portal>();
    },

    async unlockRefresh({ portalId, owner }: { portalId: number; owner: string }): Promise<void> {
      await model.updateOne({ _id: portalId, 'refreshLock.owner': owner }, { $unset: { refreshLock: 1 } });
    },

    /** Stores a refreshed pair unless the tokens changed since `tokenVersion`; frees the refresh lock. */
    async saveTokens({ portalId, tokenVersion, newVersion, expiresAt, now, ...tokens }: NewTokens): Promise<boolean> {
      const { matchedCount } = await model.updateOne(
        { _id: portalId, tokenVersion },
        {
          $set: {
            ...tokens,
            tokenVersion: newVersion ?? tokenVersion + 1,
            expiresAt: new Date(expiresAt),
            lastRefreshAt: new Date(now),
          },
          $unset: { refreshLock: 1, refreshRest: 1 },
        },
      );
      return matchedCount === 1;
    },

    async restRefresh({
      portalId,
      rest,
    }: {
      portalId: number;
      rest: NonNullable<Portal['refreshRest']>;
    }): Promise<void> {
      await model.updateOne({ _id: portalId }, { $set: { refreshRest: rest } });
    },

    /** Ends the work on a portal, unless its tokens changed since `tokenVersion` or it was stopped before. */
    async stop({
      portalId,
      tokenVersion,
      state,
      reason,
      now,
    }: StateChange & { tokenVersion: number }): Promise<boolean> {
      const { matchedCount } = await model.updateOne(
        { _id: portalId, tokenVersion, state: 'connected' },
        { $set: { state, stateReason: reason, stateSince: new Date(now) } },
      );
      return matchedCount === 1;
    },

    async saveScopes({ portalId, scopes }: { portalId: number; scopes: readonly string[] }): Promise<void> {
      await model.updateOne({ _id: portalId }, { $set: { scopes: [...scopes] } });
    },

    /** HubSpot denies rights: nothing that was denied is tried before `recheckAt`. `since` stays when it was known before. */
    async limit({ portalId, reason, scopes, now, recheckAt }: NewLimit): Promise<void> {
      const limited = { reason, scopes: [...scopes], recheckAt: new Date(recheckAt) };
      await model.updateOne(
        { _id: portalId },
        [{ $set: { limited: { ...limited, since: { $ifNull: ['$limited.since', new Date(now)] } } } }],
        { updatePipeline: true },
      );
    },

    async unlimit(portalId: number): Promise<void> {
      await model.updateOne({ _id: portalId }, { $unset: { limited: 1 } });
    },
  };
}

interface StateChange {
  portalId: number;
  state: PortalState;
  reason: string | null;
  now: number;
}

interface Lease {
  portalId: number;
  fence: number;
}

interface NextWork {
  portalId: number;
  workSeq: number;
  workAt: number | null;
}

interface NewTokens {
  portalId: number;
  /** As it was read; somebody else's refresh has changed it. */
  tokenVersion: number;
  /** Left out: one more. Tokens taken over from a disk bring a higher one. */
  newVersion?: number;
  accessToken: string;
  refreshToken: string;
  expiresAt: number;
  rotates?: boolean;
  storedBy?: string;
  now: number;
}

interface NewLimit {
  portalId: number;
  reason: string;
  scopes: readonly string[];
  now: number;
  recheckAt: number;
}
