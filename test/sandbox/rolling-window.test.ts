import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRateLimiter } from '../../sandbox/middleware/rate-limiter.ts';
import { ApiError } from '../../sandbox/http/api-error.ts';
import { newPortal } from '../../sandbox/state/new-portal.ts';

const WINDOW = 10_000;

describe('the burst limit', () => {
  it('never admits more than its number in any ten seconds, and never refuses below it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 4000 }), { maxLength: 300 }),
        fc.integer({ min: 1, max: 20 }),
        (gaps, max) => {
          const limiter = createRateLimiter();
          const portal = newPortal({ portalId: 1, name: 'P', now: 0 });
          portal.limits.perTenSeconds = max;
          const admitted: number[] = [];
          let now = 0;
          for (const gap of gaps) {
            now += gap;
            const recent = admitted.filter((time) => time > now - WINDOW).length;
            let refused = false;
            try {
              limiter.admit({ portal, appId: 1, bucket: 'burst', now, day: null });
              admitted.push(now);
            } catch (error) {
              refused = error instanceof ApiError && error.status === 429;
            }
            expect(refused).toBe(recent >= max);
          }
        },
      ),
    );
  });
});
