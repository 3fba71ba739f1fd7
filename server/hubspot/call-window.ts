// A rolling window of calls with waiting rooms by priority. Exact: in no window of the given length do more calls take place than the limit.
import { CodedError } from '../errors.ts';

export interface Slot {
  waitedMs: number;
  /** Call it when the answer is in: the call counts from then on for one window, so a slow network cannot bunch calls at HubSpot. */
  done(): void;
}

export interface CallWindow {
  take(priority: number, signal: AbortSignal | undefined): Promise<Slot>;
  setLimit(limit: number): void;
  /** Others spent this many calls of the same budget; counts only above what is already put down to them. */
  noteOthers(count: number): void;
  pauseFor(ms: number): void;
  /** Adds calls made elsewhere, by their age. */
  restore(agesMs: readonly number[]): void;
  ages(): number[];
  close(reason: CodedError): void;
  readonly limit: number;
  readonly spent: number;
  /** What we spent, those on their way included. */
  readonly ours: number;
  readonly waiting: number;
  readonly pausedForMs: number;
}

interface Waiter {
  priority: number;
  since: number;
  admit(slot: Slot): void;
  refuse(error: CodedError): void;
}

interface Spent {
  at: number;
  others: boolean;
}

export interface WindowOptions {
  limit: number;
  windowMs: number;
  maxPauseMs: number;
  now: () => number;
}

export function makeWindow(options: WindowOptions): CallWindow {
  const { windowMs, maxPauseMs, now } = options;
  let limit = options.limit;
  let inFlight = 0;
  let othersSpent = 0;
  let pausedUntil = 0;
  let closed: CodedError | undefined;
  let spentCalls: Spent[] = [];
  let waiters: Waiter[] = [];
  let timer: NodeJS.Timeout | undefined;

  const forgetOld = (): void => {
    const firstLive = spentCalls.findIndex(({ at }) => at + windowMs > now());
    const gone = spentCalls.splice(0, firstLive === -1 ? spentCalls.length : firstLive);
    othersSpent -= gone.filter(({ others }) => others).length;
  };
  const spent = (): number => {
    forgetOld();
    return spentCalls.length + inFlight;
  };
  const startSlot = (since: number): Slot => {
    inFlight += 1;
    let open = true;
    return {
      waitedMs: now() - since,
      done: () => {
        if (!open) return;
        open = false;
        inFlight -= 1;
        spentCalls.push({ at: now(), others: false });
        admitNext();
      },
    };
  };
  const admitNext = (): void => {
    while (waiters.length > 0 && now() >= pausedUntil && spent() < limit) {
      const waiter = waiters.shift();
      waiter?.admit(startSlot(waiter.since));
    }
    schedule();
  };
  /** One timer for the moment the next call can leave; an answer coming in looks again by itself. */
  const schedule = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (waiters.length === 0) return;
    const oldest = spentCalls[0];
    const freeAt = spent() < limit ? 0 : oldest === undefined ? undefined : oldest.at + windowMs;
    if (freeAt === undefined) return;
    timer = setTimeout(admitNext, Math.max(1, Math.ceil(Math.max(freeAt, pausedUntil) - now())));
    timer.unref();
  };
  const tooLongPause = (): CodedError | undefined => {
    const restMs = pausedUntil - now();
    if (restMs <= maxPauseMs) return undefined;
    return new CodedError(
      'hubspot_rate_limited',
      'HubSpot asked the app to stay away for a while. The work waits and goes out by itself.',
      {
        retryAfterMs: Math.ceil(restMs),
        details: { policy: 'PAUSED' },
      },
    );
  };

  return {
    take: (priority, signal) =>
      new Promise<Slot>((resolve, reject) => {
        const refusal = closed ?? (signal?.aborted === true ? stoppedBy(signal) : tooLongPause());
        if (refusal) {
          reject(refusal);
          return;
        }
        const onAbort = (): void => {
          waiters = waiters.filter((other) => other !== waiter);
          waiter.refuse(stoppedBy(signal));
          schedule();
        };
        const waiter: Waiter = {
          priority,
          since: now(),
          admit: (slot) => {
            signal?.removeEventListener('abort', onAbort);
            resolve(slot);
          },
          refuse: (error) => {
            signal?.removeEventListener('abort', onAbort);
            reject(error);
          },
        };
        signal?.addEventListener('abort', onAbort, { once: true });
        const behind = waiters.findIndex((other) => other.priority > priority);
        waiters.splice(behind === -1 ? waiters.length : behind, 0, waiter);
        admitNext();
      }),
    setLimit: (next) => {
      if (next === limit) return;
      limit = next;
      admitNext();
    },
    noteOthers: (count) => {
      forgetOld();
      for (; othersSpent < count; othersSpent += 1) spentCalls.push({ at: now(), others: true });
    },
    pauseFor: (ms) => {
      pausedUntil = Math.max(pausedUntil, now() + ms);
      const refusal = tooLongPause();
      if (refusal) for (const waiter of waiters.splice(0)) waiter.refuse(refusal);
      schedule();
    },
    restore: (agesMs) => {
      const earlier = agesMs.filter((age) => age < windowMs).map((age) => ({ at: now() - age, others: false }));
      spentCalls = [...earlier, ...spentCalls].sort((a, b) => a.at - b.at);
      schedule();
    },
    ages: () => {
      const count = spent();
      return [...spentCalls.map(({ at }) => now() - at), ...Array.from({ length: count - spentCalls.length }, () => 0)];
    },
    close: (reason) => {
      closed = reason;
      for (const waiter of waiters.splice(0)) waiter.refuse(reason);
      clearTimeout(timer);
    },
    get limit() {
      return limit;
    },
    get spent() {
      return spent();
    },
    get ours() {
      return spent() - othersSpent;
    },
    get waiting() {
      return waiters.length;
    },
    get pausedForMs() {
      return Math.max(0, pausedUntil - now());
    },
  };
}

/** Where a signal ends the waiting before a call, nothing was done. */
export function stoppedBy(signal: AbortSignal | undefined): CodedError {
  return new CodedError('hubspot_unreachable', 'Stopped before the call was sent.', { cause: signal?.reason });
}
