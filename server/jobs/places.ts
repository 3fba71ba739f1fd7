// The places of a worker: whom it may take next, and who gives a place up. Accounts that lately failed or kept us waiting hold a share of
// them together; the rest is for those who answer. Pure: it takes nothing from the store and stops nothing.
import { slowAnswerMs } from '../domain/breaker.ts';
import type { AnswerWatch } from '../lib/answer-watch.ts';

export interface Place {
  /** On a clock that never goes back, like `now` below. */
  beganAt: number;
  /** Its breaker was not closed when it was taken: it stays within the share, and is waited for. */
  isSuspect: boolean;
  answers: Pick<AnswerWatch, 'openForMs'>;
  /** Aborted: it is on its way out. */
  leave: AbortController;
}

export interface PlaceLimits {
  /** Portals worked at the same time, without those that take long. */
  portalsAtOnce: number;
  /** Those that take long included. */
  mostAtOnce: number;
}

/** `answering`: an account whose breaker is closed, and no other. */
export type Room = 'any' | 'answering' | 'none';

/** A portal that is worked longer than this (a long queue) mostly waits: it no longer takes the place of another. */
const longAfterMs = 1_000;
/** The same of one that waits so long for one answer. */
const idleAfterMs = 500;
const suspectShare = 0.5;

export function roomIn(places: readonly Place[], { portalsAtOnce, mostAtOnce }: PlaceLimits, now: number): Room {
  const atWork = places.filter(
    (place) => now - place.beganAt <= longAfterMs && place.answers.openForMs() < idleAfterMs,
  );
  if (atWork.length >= portalsAtOnce || places.length >= mostAtOnce) return 'none';
  const doubtful = places.filter((place) => place.isSuspect || isHanging(place));
  return doubtful.length >= Math.max(1, Math.floor(mostAtOnce * suspectShare)) ? 'answering' : 'any';
}

/** Others wait for what this one holds. */
export function isCrowded(places: readonly Place[], place: Place, limits: PlaceLimits, now: number): boolean {
  const room = roomIn(places, limits, now);
  return room === 'none' || (room === 'answering' && place.isSuspect);
}

/** When every place is taken: those that nobody knew to hang, the longest wait first, a few at a time. */
export function leavers(places: readonly Place[], { portalsAtOnce, mostAtOnce }: PlaceLimits): Place[] {
  if (places.length < mostAtOnce) return [];
  const leaving = places.filter(({ leave }) => leave.signal.aborted).length;
  return places
    .filter((place) => !place.isSuspect && !place.leave.signal.aborted && isHanging(place))
    .toSorted((a, b) => b.answers.openForMs() - a.answers.openForMs())
    .slice(0, Math.max(0, portalsAtOnce - leaving));
}

function isHanging({ answers }: Place): boolean {
  return answers.openForMs() >= slowAnswerMs;
}
