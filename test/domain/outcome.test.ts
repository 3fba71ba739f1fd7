// What becomes of a delivery: for every error code, and over the days of an outage.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowedMoves, openStates, type DeliveryState } from '../../server/domain/delivery.ts';
import {
  askAgainForContact,
  closed,
  delivered,
  heldFor,
  outcomeOfFailure,
  waitingUntil,
} from '../../server/domain/outcome.ts';
import { CodedError, errorCodes, type ErrorCode } from '../../server/errors.ts';
import { noon } from './samples.ts';

const hour = 3600_000;
const receivedAt = new Date(noon);

interface Expected {
  state: DeliveryState;
  attemptCounted: boolean;
  /** How long until the next look, with a `random` of a half; null: nothing happens by itself. */
  waitMs: number | null;
}

const retried: Expected = { state: 'retrying', attemptCounted: true, waitMs: 3_750 };
const dead: Expected = { state: 'dead', attemptCounted: true, waitMs: null };
const skipped: Expected = { state: 'skipped', attemptCounted: true, waitMs: null };
const signIn: Expected = { state: 'blocked_auth', attemptCounted: false, waitMs: hour };
const quota: Expected = { state: 'held', attemptCounted: false, waitMs: 10_000 };

/** A code that is not in here does not compile. */
const expectedOf: Record<ErrorCode, Expected> = {
  invalid_request: dead,
  unauthorized: dead,
  forbidden: dead,
  not_found: dead,
  conflict: dead,
  payload_too_large: dead,
  rate_limited: quota,
  mapping_refused: dead,
  rule_refused: dead,
  internal: retried,
  store_unavailable: retried,
  oauth_state_invalid: dead,
  oauth_denied: dead,
  oauth_scope_missing: signIn,
  hubspot_unreachable: retried,
  hubspot_outcome_unknown: retried,
  hubspot_unavailable: retried,
  hubspot_malformed_reply: retried,
  hubspot_rate_limited: quota,
  hubspot_locked: retried,
  hubspot_migrating: quota,
  hubspot_token_rejected: retried,
  hubspot_token_revoked: signIn,
  hubspot_insufficient_permissions: signIn,
  hubspot_not_found: skipped,
  hubspot_conflict: dead,
  provisioning_incomplete: retried,
  hubspot_validation: dead,
};
const codes = Object.keys(errorCodes) as ErrorCode[];

interface Failure {
  code?: ErrorCode;
  attempts?: number;
  now?: number;
  random?: number;
  retryAfterMs?: number;
}

function fail({ code = 'hubspot_unavailable', attempts = 0, now = noon, random = 0.5, retryAfterMs }: Failure) {
  const error = new CodedError(code, 'What HubSpot said.', retryAfterMs === undefined ? {} : { retryAfterMs });
  return outcomeOfFailure({ delivery: { attempts, receivedAt }, error, now, random });
}

describe('a failed delivery', () => {
  it.each(codes.map((code) => [code, expectedOf[code]] as const))('%s', (code, { state, attemptCounted, waitMs }) => {
    expect(fail({ code, attempts: 0 })).toEqual({
      state,
      reason: code,
      detail: 'What HubSpot said.',
      attempts: attemptCounted ? 1 : 0,
      dueAt: waitMs === null ? null : new Date(noon + waitMs),
    });
  });

  it('waits as long as HubSpot asks', () => {
    expect(fail({ code: 'hubspot_rate_limited', retryAfterMs: 7_000 }).dueAt).toEqual(new Date(noon + 7_000));
    expect(fail({ code: 'hubspot_unavailable', retryAfterMs: 60_000 }).dueAt).toEqual(new Date(noon + 60_000));
    expect(fail({ attempts: 30, retryAfterMs: 1 }).dueAt?.getTime()).toBeGreaterThan(noon + hour / 2);
  });

  it('is moved where the moves allow it, whatever open state it was in', () => {
    const outcomes = [
      ...codes.map((code) => fail({ code })),
      fail({ attempts: 1_000, now: noon + 1_000 * hour }),
      delivered(0),
      closed({ attempts: 0 }, 'no_identity'),
      waitingUntil({ attempts: 0 }, noon),
      heldFor({ attempts: 0 }, { reason: 'connection_paused', now: noon, ms: 1 }),
    ];
    for (const from of openStates) {
      for (const { state } of outcomes) expect(allowedMoves[from], `${from} to ${state}`).toContain(state);
    }
  });

  it('keeps a long answer short', () => {
    const error = new CodedError('hubspot_validation', 'x'.repeat(10_000));
    const { detail } = outcomeOfFailure({ delivery: { attempts: 0, receivedAt }, error, now: noon, random: 0 });
    expect(detail).toHaveLength(500);
  });
});

describe('an outage', () => {
  /** Fails at every attempt until it is given up. */
  function sufferFrom(start: number, random: number): { attempts: number; diedAt: number } {
    let now = start;
    for (let attempts = 0; attempts < 10_000;) {
      const outcome = fail({ attempts, now, random });
      if (outcome.dueAt === null) return { attempts, diedAt: now };
      expect(outcome.state).toBe('retrying');
      expect(outcome.dueAt.getTime()).toBeGreaterThan(now);
      ({ attempts } = outcome);
      now = outcome.dueAt.getTime();
    }
    throw new Error('It was never given up.');
  }

  it('of three days costs nothing; after four somebody is told', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (random) => {
        const { diedAt } = sufferFrom(noon, random);
        expect(diedAt - noon).toBeGreaterThan(72 * hour);
        expect(diedAt - noon).toBeLessThan(98 * hour);
      }),
    );
  });

  it('is asked about often at first and at least hourly later', () => {
    const waits = [0, 1, 2, 3, 10, 20, 60].map((attempts) => {
      const { dueAt } = fail({ attempts, random: 1 });
      return ((dueAt?.getTime() ?? 0) - noon) / 1_000;
    });
    expect(waits).toEqual([5, 10, 20, 40, 3600, 3600, 3600]);
  });

  it('after a week of waiting for a sign-in, one failure is not the end', () => {
    const weekLater = noon + 7 * 24 * hour;
    const outcome = fail({ attempts: 2, now: weekLater });
    expect(outcome).toMatchObject({ state: 'retrying', attempts: 3 });
    expect(sufferFrom(weekLater, 0.5).diedAt - weekLater).toBeGreaterThan(48 * hour);
  });

  it('what was sent together comes back together', () => {
    const anyRandom = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.nat(200), anyRandom, (attempts, random) => {
        expect(fail({ attempts, random }).dueAt).toEqual(fail({ attempts, random }).dueAt);
      }),
    );
  });
});

describe('waiting for a contact', () => {
  it('by its keys counts no attempt', () => {
    const until = noon + 72 * hour;
    expect(waitingUntil({ attempts: 3 }, until)).toMatchObject({
      state: 'waiting_contact',
      attempts: 3,
      dueAt: new Date(until),
    });
  });

  it('by asking again never goes past its end, and asks less and less often', () => {
    const until = noon + 72 * hour;
    let now = noon;
    let attempts = 0;
    let lastWait = 0;
    while (now < until) {
      const { dueAt, attempts: counted } = askAgainForContact({ attempts }, { now, until });
      const wait = (dueAt?.getTime() ?? 0) - now;
      expect(now + wait).toBeLessThanOrEqual(until);
      expect(wait >= lastWait || now + wait === until).toBe(true);
      expect(wait).toBeGreaterThan(0);
      [attempts, lastWait, now] = [counted, wait, now + wait];
    }
    expect(attempts).toBeLessThan(120);
  });
});
