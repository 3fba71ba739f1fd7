// Which thresholds a rehearsal tries around the one that is written. Pure.

const most = 40;

/** Ascending, without gaps while there is room: 1 to twice the threshold; further apart when that would be too many. */
export function thresholdsAround(threshold: number): number[] {
  const top = Math.max(10, Math.min(100_000, threshold * 2));
  const step = Math.max(1, Math.ceil(top / most));
  const even = Array.from({ length: Math.floor(top / step) }, (_, index) => (index + 1) * step);
  return [...new Set([1, ...even, threshold])].filter((one) => one >= 1).sort((a, b) => a - b);
}
