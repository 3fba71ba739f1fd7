// The clock as a value, so that tests and the demo can live on another day.

/** Milliseconds since 1970, like Date.now. */
export type Now = () => number;

export const systemClock: Now = () => Date.now();

/** A clock that can be moved forward; it runs on with the system clock. */
export function makeMovableClock(startAt = Date.now()): { now: Now; advance(ms: number): void } {
  let offsetMs = startAt - Date.now();
  return {
    now: () => Date.now() + offsetMs,
    advance: (ms) => {
      offsetMs += ms;
    },
  };
}
