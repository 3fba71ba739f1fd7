// Durations as rules write them: 30d, 12h, 90m.

const unitMs = { d: 86_400_000, h: 3_600_000, m: 60_000 } as const;
type Unit = keyof typeof unitMs;

export const shortestWindowMs = unitMs.m;
export const longestWindowMs = 365 * unitMs.d;

/** Null when it is not a whole number with one of the units. */
export function parseDuration(text: string): number | null {
  const match = /^(\d{1,9})([dhm])$/.exec(text.trim());
  return match ? Number(match[1]) * unitMs[match[2] as Unit] : null;
}

/** In the largest unit that needs no fraction. */
export function formatDuration(ms: number): string {
  const unit: Unit = ms % unitMs.d === 0 ? 'd' : ms % unitMs.h === 0 ? 'h' : 'm';
  return `${Math.round(ms / unitMs[unit])}${unit}`;
}
