// What is done by the clock: spooled clicks go to the store, a hint that got lost between two writes is given again,
// replays and imports go on portion by portion, calls are added up, and what is old is forgotten.
import { flushCalls } from '../flows/console/call-tally.ts';
import { workImport } from '../flows/console/link-import.ts';
import type { Context } from '../flows/context.ts';
import { forgetOld } from '../flows/log/forget-old.ts';
import { workReplay } from '../flows/log/replay.ts';
import { blockQueues } from '../flows/tokens/block-queue.ts';
import { revivePrivateApp } from '../flows/tokens/revive-private-app.ts';
import { wakeOverdue } from '../flows/wake-overdue.ts';

export interface Sweeps {
  stop(): Promise<void>;
}

const spoolEveryMs = 1_000;
const overdueEveryMs = 15_000;
const replayEveryMs = 500;
const importEveryMs = 250;
const callsEveryMs = 5_000;
/** Then the process looks at other things, and whether it is to end. */
const portionsPerTurn = 10;
const blockEveryMs = 1_000;
/** Until HubSpot has answered once. */
const privateAppEveryMs = 5_000;
const forgetEveryMs = 3600_000;

export function startSweeps(context: Context): Sweeps {
  const ending = new AbortController();
  let privateAppKnown = false;
  const sweeps = [
    every(spoolEveryMs, async () => {
      const replayed = await context.intake.replay();
      if (replayed > 0) context.log.info({ clicks: replayed }, 'spooled clicks were brought into the store');
    }),
    every(overdueEveryMs, () => wakeOverdue(context)),
    every(replayEveryMs, async () => {
      for (let portion = 0; portion < portionsPerTurn && !ending.signal.aborted; portion++)
        if (!(await workReplay(context))) return;
    }),
    every(blockEveryMs, () => blockQueues(context)),
    every(privateAppEveryMs, async () => {
      privateAppKnown ||= await revivePrivateApp(context);
    }),
    every(importEveryMs, async () => {
      for (let portion = 0; portion < portionsPerTurn && !ending.signal.aborted; portion++)
        if (!(await workImport(context))) return;
    }),
    every(callsEveryMs, () => flushCalls(context)),
    every(forgetEveryMs, async () => {
      await forgetOld(context, ending.signal);
    }),
  ];
  return {
    stop: async () => {
      ending.abort();
      await Promise.all(sweeps.map((sweep) => sweep.stop()));
    },
  };

  /** Never twice at once; a failure is logged and the next turn tries again. */
  function every(ms: number, work: () => Promise<void>): Sweeps {
    let running: Promise<void> | null = null;
    const timer = setInterval(() => {
      running ??= work()
        .catch((error: unknown) => context.log.warn({ err: error }, 'a sweep failed and will be repeated'))
        .finally(() => {
          running = null;
        });
    }, ms);
    return {
      stop: async () => {
        clearInterval(timer);
        await running;
      },
    };
  }
}
