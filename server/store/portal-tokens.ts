// Tokens of a portal: the lock of a refresh, what a refresh brings, what HubSpot denies, and the end of a chain.
import { isFree, untilIn } from './database-clock.ts';
import type { Portal, PortalModel, PortalState } from './portal-model.ts';

export function makePortalTokens(model: PortalModel) {
  return {
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
          { _id: portalId, $expr: isFree('refreshLock') },
          [
            {
              $set: {
                refreshLock: {
                  owner,
                  since: '$$NOW',
                  until: untilIn(ttlMs),
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
    async stop({ portalId, tokenVersion, state, reason, now }: End): Promise<boolean> {
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

    /** The configured private app token belongs to this portal and works. */
    async trustPrivateToken({
      portalId,
      digest,
      now,
    }: {
      portalId: number;
      digest: string;
      now: number;
    }): Promise<void> {
      const at = new Date(now);
      await model.updateOne({ _id: portalId, auth: 'private_app' }, { $set: { privateTokenDigest: digest } });
      await model.updateOne(
        { _id: portalId, auth: 'private_app', state: 'needs_sign_in' },
        { $set: { state: 'connected', stateReason: null, stateSince: at } },
      );
    },

    async unlimit(portalId: number): Promise<void> {
      await model.updateOne({ _id: portalId }, { $unset: { limited: 1 } });
    },
  };
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

interface End {
  portalId: number;
  /** As it was read. */
  tokenVersion: number;
  state: PortalState;
  reason: string;
  now: number;
}
