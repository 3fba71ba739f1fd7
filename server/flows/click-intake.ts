// How a redirect hands over its click: into a file of this host before the visitor is sent on, and from memory into the store
// right after. A click that `accept` resolved for is never lost; the same click may reach the store twice and is stored once.
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Click } from '../domain/click.ts';
import type { TrackedEvent } from '../domain/event.ts';
import type { SpoolFile } from '../lib/spool-file.ts';
import type { Spool } from '../lib/spool.ts';
import type { Context } from './context.ts';
import { storeEvents } from './store-events.ts';

export interface ClickIntake {
  accept(click: Click): Promise<void>;
  /** Brings spooled clicks into the store; returns how many, and throws while the store does not answer. */
  replay(): Promise<number>;
  close(): Promise<void>;
}

/** What goes into the store in one go; more would hold up the visitors of that moment. */
const groupSize = 100;
/** Under load clicks are gathered this long, so that few large writes take the place of many small ones. */
const gatherMs = 20;
const writersAtOnce = 2;
/** Clicks kept in memory for a store that is slow. The rest waits on disk. */
const mostInHand = 20_000;

interface InHand {
  click: Click;
  file: SpoolFile;
}

export function makeClickIntake(context: Context, spool: Spool): ClickIntake {
  let storeAnswers = true;
  let inHand: InHand[] = [];
  const running = new Set<Promise<void>>();
  let closing = false;

  async function bringIn(): Promise<void> {
    while (inHand.length > 0) {
      const startedAt = performance.now();
      const group = inHand.slice(0, groupSize);
      inHand = inHand.slice(groupSize);
      await storeGroup(group);
      const pause = startedAt + gatherMs - performance.now();
      if (inHand.length < groupSize && pause > 0 && !closing) await sleep(pause);
    }
    context.metrics.spoolDepth.set(spool.depth);
  }

  /** When the store refuses, everything in hand is left to the replay: it is on disk. */
  async function storeGroup(group: InHand[]): Promise<void> {
    try {
      await storeEvents(
        context,
        group.map(({ click }) => asEvent(click)),
      );
      release(group, 'stored');
    } catch (error) {
      context.log.warn({ err: error }, 'clicks wait on disk until the store answers');
      storeAnswers = false;
      release([...group, ...inHand.splice(0)], 'left');
    }
  }

  function release(clicks: readonly InHand[], outcome: 'stored' | 'left'): void {
    for (const { file } of clicks) spool.release(file, 1, outcome);
  }

  function takeInHand(one: InHand): void {
    if (!storeAnswers || inHand.length >= mostInHand) {
      release([one], 'left');
      context.metrics.spoolDepth.set(spool.depth);
      return;
    }
    inHand.push(one);
    run();
  }

  /** Whose clicks they were stands in the lines, not in the log. */
  function onRejected({ file, lines }: { file: string; lines: number }): void {
    context.metrics.spoolRejected.inc(lines);
    context.log.error({ file, lines }, 'lines of the spool are no clicks: they were set aside, the rest goes on');
  }

  /** One writer at first; another one once there is enough for it. */
  function run(): void {
    if (inHand.length === 0 || running.size >= writersAtOnce) return;
    if (running.size > 0 && inHand.length < groupSize) return;
    const writer = bringIn().finally(() => {
      running.delete(writer);
      // What came in after the last look and before this line.
      run();
    });
    running.add(writer);
  }

  return {
    async accept(click) {
      const file = await spool.hold(JSON.stringify(click)).catch(() => null);
      if (file) takeInHand({ click, file });
      else await storeEvents(context, [asEvent(click)]);
    },
    async replay() {
      const replayed = await spool.replay(
        async (lines) => {
          await storeEvents(
            context,
            lines.map((line) => asEvent(JSON.parse(line) as Click)),
          );
        },
        { isWhole: isClick, onRejected },
      );
      if (!storeAnswers) await context.store.ping();
      storeAnswers = true;
      context.metrics.spoolDepth.set(spool.depth);
      return replayed;
    },
    async close() {
      closing = true;
      while (running.size > 0) await Promise.all(running);
      await spool.close();
    },
  };
}

/** What must be there for a click to be stored; the disk may have damaged anything. */
const clickShape = z.looseObject({
  clickId: z.string().min(1),
  workspaceId: z.string().min(1),
  digest: z.string(),
  link: z.looseObject({ id: z.string(), slug: z.string() }),
  at: z.number(),
  receivedAt: z.number(),
  eid: z.string().nullable(),
});

function isClick(line: string): boolean {
  try {
    return clickShape.safeParse(JSON.parse(line)).success;
  } catch {
    return false;
  }
}

function asEvent(click: Click): TrackedEvent {
  return { kind: 'click', click };
}
