// What the live streams of one workspace share: one look at the store at a time, and the last few hundred events, so that a stream
// that broke goes on where it was.
import type { Context } from '../../context.ts';
import { look, type Marks, type Sight } from './look.ts';

const lookEveryMs = 2_000;
const keptEvents = 500;

export interface Reader {
  ready(resumed: boolean): void;
  /** The stream cannot go on where it was. */
  reset(): void;
  send(id: string, sight: Sight): void;
  goodbye(reason: 'signed_out' | 'shutting_down'): void;
}

export interface Channel {
  /** Resolves when nothing that happens from now on can be missed. */
  join(reader: Reader, lastEventId: string | undefined): Promise<void>;
  leave(reader: Reader): void;
  isEmpty(): boolean;
}

/** `epoch` names this process: the numbers of another one mean nothing here. */
export function makeChannel(context: Context, workspaceId: string, epoch: string): Channel {
  const readers = new Set<Reader>();
  const kept: { number: number; sight: Sight }[] = [];
  let marks: Marks | null = null;
  let next = 1;
  let timer: NodeJS.Timeout | null = null;
  let looking: Promise<void> | null = null;
  const idOf = (number: number) => `${epoch}-${number}`;

  async function lookOnce(): Promise<void> {
    const seen = await look(context, workspaceId, marks);
    marks = seen.marks;
    for (const sight of seen.news) {
      const number = next++;
      kept.push({ number, sight });
      if (kept.length > keptEvents) kept.shift();
      for (const reader of readers) reader.send(idOf(number), sight);
    }
  }

  function lookNow(): Promise<void> {
    looking ??= lookOnce().finally(() => {
      looking = null;
    });
    return looking;
  }

  function schedule(): void {
    if (timer || readers.size === 0) return;
    timer = setTimeout(() => {
      timer = null;
      lookNow()
        .catch((error: unknown) => context.log.debug({ workspaceId, err: error }, 'a live look failed'))
        .finally(schedule);
    }, lookEveryMs);
  }

  /** The number after which the stream goes on; null when it was not given here, or too long ago. */
  function placeOf(lastEventId: string | undefined): number | null {
    const number = lastEventId?.startsWith(`${epoch}-`) ? Number(lastEventId.slice(epoch.length + 1)) : Number.NaN;
    if (!Number.isSafeInteger(number) || number >= next) return null;
    const oldest = kept[0]?.number ?? next;
    return number >= oldest - 1 ? number : null;
  }

  return {
    async join(reader, lastEventId) {
      if (marks === null) await lookNow();
      const place = placeOf(lastEventId);
      reader.ready(place !== null);
      if (lastEventId !== undefined && place === null) reader.reset();
      if (place !== null) {
        for (const { number, sight } of kept) if (number > place) reader.send(idOf(number), sight);
      }
      readers.add(reader);
      schedule();
    },
    leave(reader) {
      readers.delete(reader);
      if (readers.size > 0 || !timer) return;
      clearTimeout(timer);
      timer = null;
    },
    isEmpty: () => readers.size === 0,
  };
}
