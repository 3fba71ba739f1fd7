// Waits for something that cannot be stopped, but no longer than until a signal says so.

/** Rejects with what `stoppedBy` makes of the signal; what was waited for goes on by itself, and its end is ignored. */
export function untilAborted<T>(
  work: Promise<T>,
  signal: AbortSignal | undefined,
  stoppedBy: (signal: AbortSignal) => Error,
): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(stoppedBy(signal));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
