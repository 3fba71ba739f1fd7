// How long clicks gather before the next batch of a busy portal. A small batch costs as many calls as a large one: without a pause
// the first seconds of a window would spend all of its calls, and whoever clicks then would wait for its end. Pure.

export interface BatchDone {
  /** Calls of the last window, and how many it may have. */
  spent: number;
  limit: number;
  /** What the batch took. */
  calls: number;
  elapsedMs: number;
}

const windowMs = 10_000;
/** Below this share of the window nobody waits. */
const freeShare = 0.2;
/** Above it batches follow each other as if the window had so much. Together they leave a little for everybody else. */
const pacedShare = 0.7;

/** 0 while little of the window was used. */
export function gatherMs({ spent, limit, calls, elapsedMs }: BatchDone): number {
  if (spent < limit * freeShare) return 0;
  return Math.max(0, (calls * windowMs) / (limit * pacedShare) - elapsedMs);
}
