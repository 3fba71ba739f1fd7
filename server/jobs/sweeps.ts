// What is done by the clock: spooled clicks go to the store, a hint that got lost between two writes is given again,
// replays and imports go on portion by portion, calls and clicks are added up, and what is old is forgotten.
import { keepDayCounts } from '../flows/card/keep-day-counts.ts';
import { flushCalls } from '../flows/console/call-tally.ts';
import { workImport } from '../flows/console/link-import.ts';
import type { Context } from '../flows/context.ts';
import { forgetOld } from '../flows/log/forget-old.ts';
import { workReplay } from '../flows/log/replay.ts';
import { revivePrivateApp } from '../flows/tokens/revive-private-app.ts';
import { wakeOverdue } from '../flows/wake-overdue.ts';
import { startPoll, type Poll } from './poll.ts';

export interface Sweeps {
  stop(): Promise<void>;
}

const spoolEveryMs = 1_000;
const overdueEveryMs = 15_000;
const replayEveryMs = 500;
const importEveryMs = 250;
/** Who begins a replay or an import says so in its process. Others look as rarely as this whether it died. */
const begunElsewhereMs = 4_000;
const callsEveryMs = 5_000;
/** Then the process looks at other things, and whether it is to end. */
const portionsPerTurn = 10;
/** Until HubSpot has answered once. */
const privateAppEveryMs = 5_000;
const forgetEveryMs = 3600_000;
const dayCountsEveryMs = 600_000;

export function startSweeps(context: Context): Sweeps {
  const ending = new AbortController();
  let privateAppKnown = false;
  const begun = [
    start({ everyMs: replayEveryMs, restMs: begunElsewhereMs, look: () => portions(workReplay) }),
    start({ everyMs: importEveryMs, restMs: begunElsewhereMs, look: () => portions(workImport) }),
  ];
  const sweeps = [
    ...begun,
    every(spoolEveryMs, async () => {
      const replayed = await context.intake.replay();
      if (replayed > 0) context.log.info({ clicks: replayed }, 'spooled clicks were brought into the store');
    }),
    every(overdueEveryMs, () => wakeOverdue(context)),
    atOnce(privateAppEveryMs, async () => {
      privateAppKnown ||= await revivePrivateApp(context);
    }),
    every(callsEveryMs, () => flushCalls(context)),
    atOnce(dayCountsEveryMs, async () => {
      const days = await keepDayCounts(context, ending.signal);
      if (days > 0) context.log.info({ days }, 'clicks of days that are over were counted');
    }),
    every(forgetEveryMs, async () => {
      await forgetOld(context, ending.signal);
    }),
  ];
  context.nudgeSweeps = () => begun.forEach((poll) => poll.nudge());
  return {
    stop: async () => {
      ending.abort();
      context.nudgeSweeps = () => undefined;
      await Promise.all(sweeps.map((sweep) => sweep.stop()));
    },
  };

  /** True when there was one at all. */
  async function portions(work: (context: Context) => Promise<boolean>): Promise<boolean> {
    for (let portion = 0; portion < portionsPerTurn && !ending.signal.aborted; portion++)
      if (!(await work(context))) return portion > 0;
    return true;
  }

  function every(everyMs: number, work: () => Promise<void>): Poll {
    return start({ everyMs, look: () => work().then(() => true) });
  }

  function atOnce(everyMs: number, work: () => Promise<void>): Poll {
    const poll = every(everyMs, work);
    poll.nudge();
    return poll;
  }

  /** Never twice at once; a failure is logged and the next turn tries again. */
  function start(options: { everyMs: number; restMs?: number; look: () => Promise<boolean> }): Poll {
    const onError = (error: unknown) => context.log.warn({ err: error }, 'a sweep failed and will be repeated');
    return startPoll({ ...options, onError });
  }
}
