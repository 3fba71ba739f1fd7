// How a redirect hands over its click: group commit into the store, or the spool on disk while the store does not answer.
// A click that `accept` resolved for is never lost; the same click may reach the store twice and is stored once.
import type { Click } from '../domain/click.ts';
import type { TrackedEvent } from '../domain/event.ts';
import { makeGroupCommit } from '../lib/group-commit.ts';
import type { Spool } from '../lib/spool.ts';
import type { Context } from './context.ts';
import { storeEvents } from './store-events.ts';

export interface ClickIntake {
  accept(click: Click): Promise<void>;
  /** Brings spooled clicks into the store; returns how many, and throws while the store does not answer. */
  replay(): Promise<number>;
  close(): Promise<void>;
}

/** How long a redirect waits for the store before it takes the disk. */
const storePatienceMs = 250;

export function makeClickIntake(context: Context, spool: Spool): ClickIntake {
  let storeAnswers = true;
  const commits = makeGroupCommit<Click>(async (clicks) => {
    await storeEvents(context, clicks.map(asEvent));
  });

  async function commitInTime(click: Click): Promise<boolean> {
    const committed = commits.add(click).then(
      () => true,
      () => false,
    );
    return within(storePatienceMs, committed);
  }

  return {
    async accept(click) {
      if (storeAnswers && (await commitInTime(click))) return;
      storeAnswers = false;
      await spool.append(JSON.stringify(click));
      context.metrics.spoolDepth.set(spool.depth);
    },
    async replay() {
      const replayed = await spool.replay(async (lines) => {
        await storeEvents(
          context,
          lines.map((line) => asEvent(JSON.parse(line) as Click)),
        );
      });
      if (!storeAnswers) await context.store.ping();
      storeAnswers = true;
      context.metrics.spoolDepth.set(spool.depth);
      return replayed;
    },
    async close() {
      await commits.drain();
      await spool.close();
    },
  };
}

function asEvent(click: Click): TrackedEvent {
  return { kind: 'click', click };
}

/** False when the promise takes longer than `ms`. */
async function within(ms: number, promise: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
