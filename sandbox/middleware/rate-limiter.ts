/**
 * The rate limits: 110 calls in a rolling 10 s per (app, portal), 5 searches per second per portal in a bucket of their own, and for private
 * apps the calls of a day per portal.
 */
import { ApiError } from '../http/api-error.ts';
import type { Portal } from '../state/portal.ts';
import { RollingWindow } from './rolling-window.ts';

const TEN_SECONDS = 10_000;

export type PortalLoad = { portalId: number; maxCallsInTenSeconds: number; maxSearchesInOneSecond: number };

type Bucket = 'burst' | 'search';

/** `day`: the date in the account, for a private app; null for an app by OAuth, whose calls no day limits. */
type Admission = { portal: Portal; appId: number; bucket: Bucket; now: number; day: string | null };

export type RateLimiter = {
  /** Meters a call of a portal, whatever becomes of it. */
  arrive: (portalId: number, bucket: Bucket, now: number) => void;
  /** Throws the 429, or returns the rate-limit headers of the answer (none for search). */
  admit: (request: Admission) => Record<string, string>;
  /** The token endpoint's own limit: true when the call may pass. */
  admitTokenCall: (perSecond: number, now: number) => boolean;
  loads: () => PortalLoad[];
  clear: () => void;
};

type PolicyName = 'TEN_SECONDLY_ROLLING' | 'SECONDLY' | 'DAILY';

const policyWords: Record<PolicyName, string> = {
  TEN_SECONDLY_ROLLING: 'ten_secondly_rolling',
  SECONDLY: 'secondly',
  DAILY: 'daily',
};

/** 429 bodies carry `errorType`, not `category`. */
export function rateLimited(policyName: PolicyName, headers: Record<string, string> = {}): ApiError {
  const body = {
    status: 'error',
    message: `You have reached your ${policyWords[policyName]} limit.`,
    errorType: 'RATE_LIMIT',
    policyName,
  };
  // The id is filled in where the answer is sent.
  const extra = policyName === 'TEN_SECONDLY_ROLLING' ? { groupName: 'publicapi:sandbox:oauth' } : { requestId: '' };
  return new ApiError(429, { ...body, ...extra }, headers);
}

/** Arrivals are metered per portal (refused ones included); admissions are limited per (app, portal). */
export function createRateLimiter(): RateLimiter {
  const admitted = new Map<string, RollingWindow>();
  const arrivals = new Map<number, { burst: RollingWindow; search: RollingWindow }>();
  const days = new Map<number, { day: string; calls: number }>();
  let tokenCalls = new RollingWindow(1000);

  /** Counts the call; returns the headers that private apps get. */
  const admitOfDay = ({ portalId, limits: { perDay } }: Portal, day: string | null): Record<string, string> => {
    if (day === null) return {};
    const known = days.get(portalId);
    const spent = known?.day === day ? known.calls : 0;
    const headers = (left: number) => ({
      'X-HubSpot-RateLimit-Daily': String(perDay),
      'X-HubSpot-RateLimit-Daily-Remaining': String(left),
    });
    if (spent >= perDay) throw rateLimited('DAILY', headers(0));
    days.set(portalId, { day, calls: spent + 1 });
    return headers(perDay - spent - 1);
  };
  const windowOf = (key: string, lengthMs: number): RollingWindow => {
    const window = admitted.get(key) ?? new RollingWindow(lengthMs);
    admitted.set(key, window);
    return window;
  };
  const arrivalsOf = (portalId: number) => {
    const meter = arrivals.get(portalId) ?? {
      burst: new RollingWindow(TEN_SECONDS),
      search: new RollingWindow(1000),
    };
    arrivals.set(portalId, meter);
    return meter;
  };

  return {
    arrive(portalId, bucket, now) {
      arrivalsOf(portalId)[bucket].add(now);
    },
    admit({ portal, appId, bucket, now, day }) {
      const daily = admitOfDay(portal, day);
      if (bucket === 'search') {
        const window = windowOf(`search/${portal.portalId}`, 1000);
        if (window.count(now) >= portal.limits.searchPerSecond) throw rateLimited('SECONDLY');
        window.add(now);
        return {};
      }
      const window = windowOf(`${appId}/${portal.portalId}`, TEN_SECONDS);
      const max = portal.limits.perTenSeconds;
      const headers = (remaining: number) => ({
        ...daily,
        'X-HubSpot-RateLimit-Interval-Milliseconds': String(TEN_SECONDS),
        'X-HubSpot-RateLimit-Max': String(max),
        'X-HubSpot-RateLimit-Remaining': String(remaining),
      });
      if (window.count(now) >= max) throw rateLimited('TEN_SECONDLY_ROLLING', headers(0));
      return headers(max - window.add(now));
    },
    admitTokenCall(perSecond, now) {
      if (tokenCalls.count(now) >= perSecond) return false;
      tokenCalls.add(now);
      return true;
    },
    loads: () =>
      [...arrivals].map(([portalId, meter]) => ({
        portalId,
        maxCallsInTenSeconds: meter.burst.max,
        maxSearchesInOneSecond: meter.search.max,
      })),
    clear() {
      admitted.clear();
      arrivals.clear();
      days.clear();
      tokenCalls = new RollingWindow(1000);
    },
  };
}
