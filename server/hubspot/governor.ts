// The call budget of one portal, in memory: never more calls than the limit in any window, busier lanes first.
// It counts and waits; it makes no calls and knows no tokens.
import { CodedError } from '../errors.ts';
import { makeWindow, type CallWindow, type Slot } from './call-window.ts';

/** Who asks, most urgent first: events people wait for, cards they look at, rules, work nobody watches. */
export const lanes = ['live', 'card', 'rules', 'backfill'] as const;
export type Lane = (typeof lanes)[number];

/** Calls of the day: allowed, and left for all private apps of the account. */
export interface DayBudget {
  max: number;
  left: number;
}

interface GovernorSnapshot {
  /** How long ago each call of the window ended. */
  agesMs: number[];
  pausedForMs: number;
  /** To be shown. The next holder asks anew: the day may have ended. */
  day?: DayBudget | null;
}

export interface Governor {
  take(request: { lane: Lane; search?: boolean; signal?: AbortSignal | undefined }): Promise<Slot>;
  /** Follows `X-HubSpot-RateLimit-Max` and counts what others spent from the same budget. */
  observe(headers: { get(name: string): string | null }): void;
  /** Nothing leaves for so long; after a 429. */
  pauseFor(ms: number, options?: { search?: boolean }): void;
  snapshot(): GovernorSnapshot;
  /** Takes over the window of the process that worked the portal before; `elapsedMs` since its snapshot. */
  restore(snapshot: GovernorSnapshot, elapsedMs: number): void;
  readonly limit: number;
  readonly spent: number;
  readonly left: number;
  /** Calls left of the day, where HubSpot counts days (private apps); null elsewhere. */
  readonly dayLeft: number | null;
  readonly waiting: number;
  readonly pausedForMs: number;
  /** Refuses whoever waits and stops the timer. */
  close(): void;
}

/** What a caller needs of a budget, whoever keeps it. */
export type CallBudget = Pick<Governor, 'take' | 'observe' | 'pauseFor'>;

export interface GovernorOptions {
  /** Calls per window that HubSpot allows the app in this portal. */
  limit?: number;
  /** Calls per window left untouched for other uses of the same budget. */
  reserve?: number;
  /** The share of a day's calls left untouched, where HubSpot counts days. */
  dayReserve?: number;
  windowMs?: number;
  searchesPerSecond?: number;
  /** A longer pause is an error to the asker instead of a wait. */
  maxPauseMs?: number;
  /** A clock that never goes back. */
  monotonicNow?: () => number;
}

export function makeGovernor(options: GovernorOptions = {}): Governor {
  const { reserve = 10, dayReserve = 0, windowMs = 10_000, searchesPerSecond = 5, maxPauseMs = 30_000 } = options;
  const now = options.monotonicNow ?? (() => performance.now());
  const calls = makeWindow({ limit: usable(options.limit ?? 110, reserve), windowMs, maxPauseMs, now });
  const searches = makeWindow({ limit: searchesPerSecond, windowMs: 1_000, maxPauseMs, now });
  let day: DayBudget | null = null;
  let dayBefore: DayBudget | null = null;
  const windowOf = (search: boolean | undefined): CallWindow => (search === true ? searches : calls);

  return {
    take: async ({ lane, search, signal }) => {
      if (day && (lane === 'rules' || lane === 'backfill') && day.left <= day.max * dailyShareForPeople)
        throw dayUsedUp();
      return windowOf(search).take(lanes.indexOf(lane), signal);
    },
    observe: (headers) => {
      const told = readDay(headers);
      if (told && told.left <= told.max * dayReserve) calls.pauseFor(dayPauseMs);
      day = told ?? day;
      const max = readNumber(headers.get('x-hubspot-ratelimit-max'));
      const remaining = readNumber(headers.get('x-hubspot-ratelimit-remaining'));
      const interval = readNumber(headers.get('x-hubspot-ratelimit-interval-milliseconds'));
      if (max === undefined || (interval !== undefined && interval !== windowMs)) return;
      calls.setLimit(usable(max, reserve));
      // Calls on their way count as ours already, so only what we cannot explain is put down to others.
      if (remaining !== undefined) calls.noteOthers(max - remaining - calls.ours);
    },
    pauseFor: (ms, { search } = {}) => windowOf(search).pauseFor(ms),
    snapshot: () => ({ agesMs: calls.ages(), pausedForMs: calls.pausedForMs, day: day ?? dayBefore }),
    restore: (snapshot, elapsedMs) => {
      dayBefore = snapshot.day ?? null;
      calls.restore(snapshot.agesMs.map((age) => age + Math.max(0, elapsedMs)));
      if (snapshot.pausedForMs > elapsedMs) calls.pauseFor(snapshot.pausedForMs - Math.max(0, elapsedMs));
    },
    get limit() {
      return calls.limit;
    },
    get spent() {
      return calls.spent;
    },
    get left() {
      return Math.max(0, calls.limit - calls.spent);
    },
    get dayLeft() {
      return day?.left ?? null;
    },
    get pausedForMs() {
      return calls.pausedForMs;
    },
    get waiting() {
      return calls.waiting + searches.waiting;
    },
    close: () => {
      const stopped = new CodedError('hubspot_unreachable', 'Stopped before the call was sent.');
      calls.close(stopped);
      searches.close(stopped);
    },
  };
}

/** Of the last of the day, people's events come before rules and work nobody watches. */
const dailyShareForPeople = 0.02;
/** The day ends at midnight of the account, which the headers do not tell: asked again after so long. */
const dayPauseMs = 15 * 60_000;

function readDay(headers: { get(name: string): string | null }): DayBudget | null {
  const max = readNumber(headers.get('x-hubspot-ratelimit-daily'));
  const left = readNumber(headers.get('x-hubspot-ratelimit-daily-remaining'));
  return max === undefined || left === undefined ? null : { max, left };
}

function dayUsedUp(): CodedError {
  return new CodedError(
    'hubspot_rate_limited',
    'Little is left of the calls of this day: it is kept for what people wait for.',
    {
      retryAfterMs: dayPauseMs,
      details: { policy: 'DAILY' },
    },
  );
}

/** At least one call per window remains, whatever the reserve. */
function usable(limit: number, reserve: number): number {
  return Math.max(1, limit - reserve);
}

function readNumber(header: string | null): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const value = Number(header);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}
