/** The journal of a data folder: a log that is folded into a snapshot when it has grown far beyond the data. */
import { rmSync } from 'node:fs';
import type { Folder } from './folder.ts';
import { toFrame, toPutFrame } from './frames.ts';
import type { Journal } from './journal.ts';
import { openLog } from './log.ts';
import { capture, writeSnapshot } from './snapshot.ts';
import type { Store } from './store.ts';

export type DiskOptions = {
  folder: Folder;
  store: Store;
  sync: boolean;
  /** A log below this size is never folded. */
  compactAtBytes: number;
  generation: number;
  snapshotBytes: number;
  unlock: () => void;
};

/** A log may be this many times the size of the snapshot before it. */
const maxGrowth = 2;

export function openDiskJournal(options: DiskOptions): Journal {
  const { folder, store, sync, compactAtBytes, unlock } = options;
  let { generation, snapshotBytes } = options;
  let log = openLog(folder.logFile(generation), { sync });
  let foldAt = Math.max(compactAtBytes, maxGrowth * snapshotBytes);
  let compaction: Promise<void> | undefined;
  let closing = false;

  /** Starts a new log at a moment when the old one is whole, and writes what came before as a snapshot. */
  async function compact(): Promise<void> {
    const changes = capture(store);
    log.close();
    if (log.failure()) return;
    generation += 1;
    log = openLog(folder.logFile(generation), { sync });
    folder.sync();
    try {
      const written = await writeSnapshot({ folder, generation, changes: changes(), stopped: () => closing });
      if (written === undefined) return;
      snapshotBytes = written;
      folder.dropBefore(generation);
    } catch (error) {
      // Nothing is lost: the logs are all still there and the next one tries again.
      process.emitWarning(`The embedded store could not write a snapshot: ${String(error)}`);
    }
    foldAt = Math.max(compactAtBytes, maxGrowth * snapshotBytes);
  }

  function maybeCompact(): void {
    if (compaction || closing || log.failure() || log.busy() || log.bytes() < foldAt) return;
    compaction = compact().finally(() => {
      compaction = undefined;
    });
  }

  async function close(): Promise<void> {
    closing = true;
    await compaction;
    while (log.busy()) await log.settled(false);
    log.close();
    rmSync(folder.unfinishedFile, { force: true });
    unlock();
  }

  return {
    append: (change, bytes) => {
      log.append(bytes && change.kind === 'put' ? toPutFrame(change.namespace, bytes) : toFrame(change));
      maybeCompact();
    },
    settled: (durable) => log.settled(durable),
    failure: () => log.failure(),
    close,
  };
}
