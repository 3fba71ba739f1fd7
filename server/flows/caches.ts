// What a process remembers for a moment so that a click costs no question to the store. Made once at start and part of the context.
import { makeLru, type Lru } from '../lib/lru.ts';
import { makeShareRunning, type ShareRunning } from '../lib/share-running.ts';
import type { Now } from '../lib/clock.ts';
import type { ApiKey } from '../store/api-keys.ts';
import type { Connection } from '../store/connections.ts';
import type { Link } from '../store/links.ts';
import type { ClickSum } from './card/sum-up.ts';
import type { KnownSettings } from './delivery/portal-settings.ts';
import type { Workspace } from '../store/workspaces.ts';

/** How long a revoked key or a changed link of another process may still be served here. */
export const apiKeyTtlMs = 10_000;
export const linkTtlMs = 60_000;
/** How long an unknown slug stays unknown: a link made in another process works after at most this. */
export const unknownSlugTtlMs = 5_000;
/** How long a paused or new connection of another process may go unnoticed here. */
const connectionsTtlMs = 2_000;
/** How soon HubSpot is asked again for what cards show, after a failure. */
const refreshingTtlMs = 60_000;
const clickSumsTtlMs = 60_000;
const clicksOfDaysTtlMs = 3_600_000;
/** Pipelines may be so old; settings too when a process died in the middle of changing them. */
const portalSettingsTtlMs = 600_000;

export interface Caches {
  apiKeys: Lru<ApiKey>;
  /** By slug; null remembers that there is none. */
  links: Lru<Link | null>;
  /** The active connections of a workspace, by its id. */
  connections: Lru<Connection[]>;
  /** The workspace of a public key. */
  sites: Lru<Workspace>;
  /** What is being asked of HubSpot in the background, or was a moment ago: `{portal}:{kind}`. */
  refreshing: Lru<boolean>;
  /** What is being worked out right now, for all who wait for it: questions to HubSpot, counts. */
  asking: ShareRunning;
  /** What the clicks of busy deals, contacts and accounts add up to: too many to be read while a card waits. */
  clickSums: Lru<ClickSum>;
  /** Of single days that are over, which are most of such a sum. */
  clicksOfDays: Lru<number>;
  /** What the worker knows of portals, by id. */
  portalSettings: Lru<KnownSettings>;
}

export function makeCaches(now: Now): Caches {
  return {
    apiKeys: makeLru({ max: 10_000, ttlMs: apiKeyTtlMs, now }),
    links: makeLru({ max: 50_000, ttlMs: linkTtlMs, now }),
    connections: makeLru({ max: 10_000, ttlMs: connectionsTtlMs, now }),
    sites: makeLru({ max: 10_000, ttlMs: apiKeyTtlMs, now }),
    refreshing: makeLru({ max: 10_000, ttlMs: refreshingTtlMs, now }),
    asking: makeShareRunning(),
    clicksOfDays: makeLru({ max: 50_000, ttlMs: clicksOfDaysTtlMs, now }),
    portalSettings: makeLru({ max: 5_000, ttlMs: portalSettingsTtlMs, now }),
    clickSums: makeLru({ max: 1_000, ttlMs: clickSumsTtlMs, now }),
  };
}
