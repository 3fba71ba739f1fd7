/** The settable clock: runs with real time plus an offset, or stands still until it is moved. */
import type { ClockState } from './sandbox-state.ts';

export function readClock(clock: ClockState, realNow: number): number {
  return clock.frozenAt ?? realNow + clock.offsetMs;
}

export type ClockChange = { now?: number | undefined; advanceMs?: number | undefined; running?: boolean | undefined };

/** Sets and/or advances the clock. It keeps running or standing as before, unless `running` says otherwise. */
export function changeClock(clock: ClockState, realNow: number, change: ClockChange): ClockState {
  const target = (change.now ?? readClock(clock, realNow)) + (change.advanceMs ?? 0);
  const running = change.running ?? clock.frozenAt === null;
  return running ? { frozenAt: null, offsetMs: target - realNow } : { frozenAt: target, offsetMs: 0 };
}
