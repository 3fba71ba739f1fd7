/**
 * An append-only file with group commit: everything noted in one turn of the event loop is one write. A write that has
 * returned survives the death of the process; with `sync` it survives the loss of power too.
 */
import { closeSync, fdatasync, fdatasyncSync, fstatSync, openSync, writeSync } from 'node:fs';

type Batch = {
  frames: Buffer[];
  durable: boolean;
  settled: Promise<void>;
  resolve: () => void;
  reject: (error: Error) => void;
};

function makeBatch(durable: boolean): Batch {
  let resolve: () => void = () => {};
  let reject: (error: Error) => void = () => {};
  const settled = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  // Whoever waits hears of a failure; a batch nobody waits for shows it through failure().
  settled.catch(() => {});
  return { frames: [], durable, settled, resolve, reject };
}

function writeAll(file: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
}

export function openLog(path: string, { sync }: { sync: boolean }) {
  const file = openSync(path, 'a', 0o600);
  let bytes = fstatSync(file).size;
  let waiting: Batch | undefined;
  let syncing: Batch | undefined;
  let failure: Error | undefined;

  function fail(batch: Batch, error: Error): void {
    failure ??= error;
    batch.reject(error);
  }

  /** Writes what is waiting; answers the batch, or undefined when there was none or it failed. */
  function write(): Batch | undefined {
    const batch = waiting;
    waiting = undefined;
    if (!batch) return undefined;
    try {
      const all = Buffer.concat(batch.frames);
      writeAll(file, all);
      bytes += all.length;
      return batch;
    } catch (error) {
      fail(batch, error instanceof Error ? error : new Error(String(error)));
      return undefined;
    }
  }

  function flush(): void {
    if (syncing) return;
    const batch = write();
    if (!batch?.durable) {
      batch?.resolve();
      return;
    }
    syncing = batch;
    fdatasync(file, (error) => {
      syncing = undefined;
      if (error) fail(batch, error);
      else batch.resolve();
      if (waiting) flush();
    });
  }

  return {
    append: (frame: Buffer): void => {
      if (!waiting) {
        waiting = makeBatch(sync);
        setImmediate(flush);
      }
      waiting.frames.push(frame);
    },
    settled: (durable: boolean): Promise<void> | undefined => {
      if (waiting && durable) waiting.durable = true;
      return waiting?.settled ?? syncing?.settled;
    },
    failure: () => failure,
    bytes: () => bytes,
    busy: () => syncing !== undefined,
    /** Writes and syncs the rest and closes the file. Not while busy(). */
    close: (): void => {
      const batch = write();
      try {
        fdatasyncSync(file);
        batch?.resolve();
      } catch (error) {
        if (batch) fail(batch, error instanceof Error ? error : new Error(String(error)));
      }
      closeSync(file);
    },
  };
}
