// How long this process has calculated: unlike the clock on the wall, that is the same on a machine that others load.

/** Starts now; each call says how many milliseconds of processor time went by since. */
export function startProcessorClock(): () => number {
  const start = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1_000;
  };
}
