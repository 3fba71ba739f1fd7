// When a counter of recent clicks must be counted again although nobody clicked: after its oldest click has grown too old.
// Once a day at most, so that a portal's budget is not spent on minutes. Pure.

const dayMs = 24 * 3600_000;

/** The midnight (UTC) after the click has left the window. */
export function recountAt(clickedAt: number, windowDays: number): number {
  return (Math.floor((clickedAt + windowDays * dayMs) / dayMs) + 1) * dayMs;
}

/** Clicks from here on are recent. */
export function recentSince(now: number, windowDays: number): number {
  return now - windowDays * dayMs;
}
