// Looks for something again and again: often while there is something, ever more rarely while there is nothing, and at once when told to.

export interface Poll {
  /** Looks now instead of at the next turn. */
  nudge(): void;
  /** Finishes the look under way. */
  stop(): Promise<void>;
}

export interface PollOptions {
  everyMs: number;
  /** The longest pause while nothing is found; left out: it stays as it is. */
  restMs?: number;
  /** True when there was something. A failure counts as nothing. */
  look: () => Promise<boolean>;
  onError: (error: unknown) => void;
}

export function startPoll({ everyMs, restMs = everyMs, look, onError }: PollOptions): Poll {
  let pauseMs = everyMs;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let again = false;
  let isEnding = false;

  async function run(): Promise<void> {
    do {
      again = false;
      const found = await look().catch((error: unknown) => {
        onError(error);
        return false;
      });
      pauseMs = found ? everyMs : Math.min(pauseMs * 2, restMs);
    } while (again);
  }

  function begin(): void {
    clearTimeout(timer);
    running = run().finally(() => {
      running = null;
      if (!isEnding) wait();
    });
  }

  function wait(): void {
    timer = setTimeout(begin, pauseMs);
    timer.unref();
  }

  wait();
  return {
    nudge() {
      if (isEnding) return;
      pauseMs = everyMs;
      if (running) again = true;
      else begin();
    },
    async stop() {
      isEnding = true;
      again = false;
      clearTimeout(timer);
      await running;
    },
  };
}
