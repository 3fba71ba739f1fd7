// Portals: a HubSpot account with its tokens, its health, its lease and the hint that it has work.
import type mongoose from 'mongoose';
import type { Breaker } from '../domain/breaker.ts';
import type { Agenda, Coming } from '../domain/outlook.ts';
import { isFree, untilIn } from './database-clock.ts';
import { makePortalModel, type Portal, type PortalState, type Provisioning } from './portal-model.ts';
import { makePortalTokens } from './portal-tokens.ts';
import { makeSideCalls } from './side-calls.ts';

export type { Portal, Provisioning, ProvisioningStep } from './portal-model.ts';

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
  privateTokenDigest?: string;
  storedBy?: string;
  now: number;
}

export type PortalHealth = Pick<Portal, '_id' | 'workAt' | 'limited' | 'breaker'>;

export type Portals = ReturnType<typeof makePortals>;

export function makePortals(connection: mongoose.Connection) {
  const model = makePortalModel(connection);
  const budgetAgeMs = { $ifNull: [{ $subtract: ['$$NOW', '$budget.at'] }, null] };
  const leaseTo = (owner: string, ttlMs: number) => {
    const fence = { $add: [{ $ifNull: ['$lease.fence', 0] }, 1] };
    const lease = { owner, fence, until: untilIn(ttlMs), budgetAgeMs, agenda: { $ifNull: ['$agenda', null] } };
    // The agenda is believed once: who dies with the lease leaves none.
    return [{ $set: { lease } }, { $unset: 'agenda.lookedAt' }];
  };
  const leased = { returnDocument: 'after', updatePipeline: true } as const;

  return {
    ...makePortalTokens(model),
    ...makeSideCalls(model),

    find: (portalId: number): Promise<Portal | null> => model.findById(portalId).lean<Portal>(),

    findMany: (portalIds: readonly number[]): Promise<Portal[]> =>
      model.find({ _id: { $in: [...portalIds] } }).lean<Portal[]>(),

    /** Installs or reinstalls: new tokens, provisioning anew, and work at once. Queue, links and mapping stay. */
    async saveInstall({ portalId, expiresAt, auth, now, ...install }: Install): Promise<void> {
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

    /** Says that portals have work at `at` or before: deliveries, the last of them due at `until`, or what is named. */
    async wake({ portalIds, at, until = at, kind = 'deliveries' }: Hint): Promise<void> {
      if (portalIds.length === 0) return;
      const first = new Date(at);
      // Once per write of clicks: straight to the driver.
      await model.collection.updateMany({ _id: { $in: [...portalIds] } } as object, {
        $min: { workAt: first, ...(kind === 'deliveries' ? {} : { [`agenda.${kind}`]: first }) },
        ...(kind === 'deliveries' ? { $max: { hintedUntil: new Date(until) } } : {}),
        $inc: { workSeq: 1 },
      });
    },

    /**
     * Takes the portal that waits longest and is leased by nobody, connected or not; null when there is none.
     * `answering`: its breaker is closed.
     */
    async claim({ owner, ttlMs, now, answering = false }: Claim): Promise<Portal | null> {
      return model
        .findOneAndUpdate(
          {
            workAt: { $lte: new Date(now) },
            ...(answering ? { 'breaker.failures': null } : {}),
            $expr: isFree('lease'),
          },
          leaseTo(owner, ttlMs),
          { ...leased, sort: { workAt: 1 } },
        )
        .lean<Portal>();
    },

    /** Takes this portal, whatever its state; null when it is leased by somebody or not known. */
    async claimOne({ portalId, owner, ttlMs }: { portalId: number; owner: string; ttlMs: number }) {
      return model
        .findOneAndUpdate({ _id: portalId, $expr: isFree('lease') }, leaseTo(owner, ttlMs), leased)
        .lean<Portal>();
    },

    /** Extends a lease that is still ours; false when it was lost. */
    async renew({ portalId, fence, ttlMs }: Lease & { ttlMs: number }): Promise<boolean> {
      const { matchedCount } = await model.updateOne(
        { _id: portalId, 'lease.fence': fence },
        [{ $set: { 'lease.until': untilIn(ttlMs) } }],
        { updatePipeline: true },
      );
      return matchedCount === 1;
    },

    /** Gives a lease back and leaves the calls of the last seconds for the next holder; left out when none were made. */
    async release({ portalId, fence, budget }: Lease & { budget?: LeftBudget }): Promise<void> {
      const left = budget ? { budget: { ...budget, at: '$$NOW' } } : {};
      await model.updateOne(
        { _id: portalId, 'lease.fence': fence },
        [{ $set: { 'lease.until': new Date(0), ...left } }],
        { updatePipeline: true },
      );
    },

    /** Sets what comes next and gives the lease back, in one go; false when a new hint came since `workSeq` was read, or the lease was lost. */
    async rest({ portalId, fence, workSeq, workAt, agenda, budget }: Rest): Promise<boolean> {
      const next = { agenda, ...(workAt === null ? {} : { workAt: new Date(workAt) }) };
      const { matchedCount } = await model.updateOne(
        { _id: portalId, workSeq, 'lease.fence': fence },
        [
          // What is only set would be mixed with what was there.
          { $unset: ['agenda', 'workAt', 'budget'] },
          { $set: { ...next, 'lease.until': new Date(0), budget: { ...budget, at: '$$NOW' } } },
        ],
        { updatePipeline: true },
      );
      return matchedCount === 1;
    },

    async saveBreaker({ portalId, breaker }: { portalId: number; breaker: Breaker | null }): Promise<void> {
      await model.updateOne({ _id: portalId }, breaker ? { $set: { breaker } } : { $unset: { breaker: 1 } });
    },

    /** Sets when there is work next (null: none), unless a new hint came since `workSeq` was read. */
    async setNextWork({ portalId, workSeq, workAt }: NextWork): Promise<boolean> {
      const { matchedCount } = await model.updateOne(
        { _id: portalId, workSeq },
        workAt === null ? { $unset: { workAt: 1 } } : { $set: { workAt: new Date(workAt) } },
      );
      return matchedCount === 1;
    },

    /** Connected portals after `afterId`, for sweeps: how they are, without their tokens. */
    listConnected: ({ afterId, limit }: { afterId: number; limit: number }): Promise<PortalHealth[]> =>
      model
        .find({ _id: { $gt: afterId }, state: 'connected' }, { workAt: 1, limited: 1, breaker: 1 })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<PortalHealth[]>(),

    countIn: (state: PortalState): Promise<number> => model.countDocuments({ state }),
  };
}

interface Claim {
  owner: string;
  ttlMs: number;
  now: number;
  answering?: boolean;
}

interface StateChange {
  portalId: number;
  state: PortalState;
  reason: string | null;
  now: number;
}

/** The calls of the last seconds, by their age. */
interface LeftBudget {
  agesMs: number[];
  pausedForMs: number;
  day?: { max: number; left: number } | null;
}

interface Lease {
  portalId: number;
  fence: number;
}

interface Hint {
  portalIds: readonly number[];
  at: number;
  until?: number;
  kind?: Coming;
}

interface Rest extends Lease {
  workSeq: number;
  workAt: number | null;
  agenda: Agenda;
  budget: LeftBudget;
}

interface NextWork {
  portalId: number;
  workSeq: number;
  workAt: number | null;
}
