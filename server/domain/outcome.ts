// What becomes of a delivery after its writes: delivered, tried again later, held, skipped or dead. Pure.
import type { CodedError } from '../errors.ts';
import { backoffMs } from '../lib/backoff.ts';
import type { Delivery, DeliveryState } from './delivery.ts';
import type { ReasonCode } from './reasons.ts';

export interface Outcome {
  state: DeliveryState;
  reason: ReasonCode | null;
  detail: string | null;
  attempts: number;
  dueAt: Date | null;
}

/** Five seconds, doubling to an hour: about 80 attempts in the first 72 hours. */
const retryPolicy = { firstMs: 5_000, maxMs: 3600_000 };
/** Both must have passed: what waited for days on a sign-in or a pause is not lost to the first failure after it. */
const giveUpAfterMs = 96 * 3600_000;
const giveUpAfterAttempts = 80;
const recheckAuthMs = 3600_000;
const recheckQuotaMs = 10_000;

export interface FailedDelivery {
  delivery: Pick<Delivery, 'attempts' | 'receivedAt'>;
  error: CodedError;
  now: number;
  /** One number for all deliveries of a batch, so that what was sent together comes back together. */
  random: number;
}

export function outcomeOfFailure({ delivery, error, now, random }: FailedDelivery): Outcome {
  const { attempts } = delivery;
  const facts = { reason: error.code, detail: error.message.slice(0, 500) };
  switch (error.facts.onDelivery) {
    case 'skip':
      return { ...facts, state: 'skipped', attempts: attempts + 1, dueAt: null };
    case 'dead':
      return { ...facts, state: 'dead', attempts: attempts + 1, dueAt: null };
    case 'hold_auth':
      return { ...facts, state: 'blocked_auth', attempts, dueAt: new Date(now + recheckAuthMs) };
    case 'hold_quota':
      return { ...facts, state: 'held', attempts, dueAt: new Date(now + (error.retryAfterMs ?? recheckQuotaMs)) };
    default: {
      const isOld = now - delivery.receivedAt.getTime() > giveUpAfterMs;
      if (isOld && attempts >= giveUpAfterAttempts) return { ...facts, state: 'dead', attempts, dueAt: null };
      const waitMs = Math.max(
        error.retryAfterMs ?? 0,
        backoffMs(attempts + 1, retryPolicy, () => random),
      );
      return { ...facts, state: 'retrying', attempts: attempts + 1, dueAt: new Date(now + waitMs) };
    }
  }
}

export function delivered(attempts: number): Outcome {
  return { state: 'delivered', reason: null, detail: null, attempts: attempts + 1, dueAt: null };
}

export function closed(delivery: Pick<Delivery, 'attempts'>, reason: ReasonCode): Outcome {
  return { state: 'skipped', reason, detail: null, attempts: delivery.attempts, dueAt: null };
}

const longestContactWaitMs = 3600_000;

/** Waits for a contact: woken by its keys, and asked for again with growing pauses when `attempts` counts. */
export function waitingUntil(delivery: Pick<Delivery, 'attempts'>, until: number): Outcome {
  const dueAt = new Date(until);
  return { state: 'waiting_contact', reason: 'waiting_for_contact', detail: null, attempts: delivery.attempts, dueAt };
}

/** A submission named an email that HubSpot does not know yet: asked again after 15 s, then less and less often. */
export function askAgainForContact(
  delivery: Pick<Delivery, 'attempts'>,
  { now, until }: { now: number; until: number },
): Outcome {
  const waitMs = backoffMs(delivery.attempts + 1, { firstMs: 15_000, maxMs: longestContactWaitMs }, () => 0.5);
  return { ...waitingUntil(delivery, Math.min(until, now + waitMs)), attempts: delivery.attempts + 1 };
}

export function heldFor(
  delivery: Pick<Delivery, 'attempts'>,
  { reason, now, ms }: { reason: ReasonCode; now: number; ms: number },
): Outcome {
  return { state: 'held', reason, detail: null, attempts: delivery.attempts, dueAt: new Date(now + ms) };
}
