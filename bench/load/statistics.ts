// The few figures that benchmarks report. Pure.

export function median(values: readonly number[]): number {
  return percentile(
    values.toSorted((a, b) => a - b),
    0.5,
  );
}

/** Of values in ascending order: the smallest that at least this share of them does not exceed. */
export function percentile(ascending: readonly number[], share: number): number {
  const index = Math.max(0, Math.ceil(ascending.length * share) - 1);
  const value = ascending[index];
  if (value === undefined) throw new Error('There is nothing to take a percentile of.');
  return value;
}
