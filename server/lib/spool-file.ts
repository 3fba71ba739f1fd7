// One file of a spool. A written line survives the death of the process at once, and the loss of power after a moment:
// what is not in the store by then is brought to the disk.
import { closeSync, fdatasync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { randomCharacters } from './ids.ts';

export interface SpoolFile {
  readonly path: string;
  readonly lines: number;
  /** Lines that somebody is bringing into the store just now. */
  readonly held: number;
  readonly unstored: number;
  /** Throws when the disk does not take them. `held` of them will be released by the caller. */
  write(lines: readonly string[], held: number): void;
  release(lines: number, outcome: 'stored' | 'left'): void;
  /** Nothing may be written afterwards. */
  end(): Promise<void>;
}

/** MongoDB's own pace for its journal. */
const syncAfterMs = 100;
const syncToDisk = promisify(fdatasync);

export function openSpoolFile(folder: string): SpoolFile {
  const file = path.join(folder, `${Date.now()}-${process.pid}-${randomCharacters(6)}.ndjson`);
  const descriptor = openSync(file, 'a', 0o600);
  let lines = 0;
  let held = 0;
  let unstored = 0;
  let isOpen = true;
  let sync: NodeJS.Timeout | null = null;
  let syncing: Promise<void> = Promise.resolve();

  function syncSoon(): void {
    sync ??= setTimeout(() => {
      sync = null;
      if (isOpen && unstored > 0) syncing = syncToDisk(descriptor).catch(() => undefined);
    }, syncAfterMs).unref();
  }

  return {
    path: file,
    get lines() {
      return lines;
    },
    get held() {
      return held;
    },
    get unstored() {
      return unstored;
    },
    write(added, heldOfThem) {
      writeAll(descriptor, Buffer.from(`${added.join('\n')}\n`));
      lines += added.length;
      held += heldOfThem;
      unstored += added.length;
      syncSoon();
    },
    release(released, outcome) {
      held -= released;
      if (outcome === 'stored') unstored -= released;
    },
    async end() {
      if (!isOpen) return;
      isOpen = false;
      if (sync) clearTimeout(sync);
      await syncing;
      if (unstored > 0) await syncToDisk(descriptor).catch(() => undefined);
      closeSync(descriptor);
    },
  };
}

function writeAll(descriptor: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done);
}
