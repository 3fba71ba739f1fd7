/** Opens a store: in memory, or from a data folder with its snapshot and logs. */
import { rmSync, truncateSync } from 'node:fs';
import type { Doc } from '../values/document.ts';
import { openDiskJournal } from './disk-journal.ts';
import { openFolder, type Folder } from './folder.ts';
import { readFrames } from './frames.ts';
import { noJournal, type Change, type Journal } from './journal.ts';
import { takeLock } from './lock.ts';
import { readSnapshot } from './snapshot.ts';
import { makeReplay, makeStore, type Store } from './store.ts';

export type OpenOptions = {
  dataDir?: string | undefined;
  sync?: boolean | undefined;
  compactAtBytes?: number | undefined;
};

const defaultCompactAtBytes = 32 * 2 ** 20;

/** Only the newest log can have a torn end: a process died while writing it. */
function readLog(path: string, { newest, apply }: { newest: boolean; apply: (change: Change) => void }): void {
  const { goodBytes, totalBytes, framesAfter } = readFrames(path, (doc: Doc) => apply(doc as Change));
  if (goodBytes === totalBytes) return;
  if (!newest || framesAfter) {
    throw new Error(
      `The data file ${path} is damaged at byte ${goodBytes} of ${totalBytes}. Restore the folder from a copy.`,
    );
  }
  truncateSync(path, goodBytes);
}

/** Reads everything back; answers where the journal goes on. */
function replay(folder: Folder, store: Store): { generation: number; snapshotBytes: number } {
  rmSync(folder.unfinishedFile, { force: true });
  const { apply, finish } = makeReplay(store);
  const first = folder.snapshots().at(-1) ?? 1;
  const snapshotBytes = folder.snapshots().length ? readSnapshot(folder.snapshotFile(first), apply) : 0;
  const logs = folder.logs().filter((generation) => generation >= first);
  for (const [i, generation] of logs.entries()) {
    if (generation !== first + i)
      throw new Error(`The data file ${folder.logFile(first + i)} is missing. Restore the folder from a copy.`);
    readLog(folder.logFile(generation), { newest: i === logs.length - 1, apply });
  }
  finish();
  return { generation: logs.at(-1) ?? first, snapshotBytes };
}

export function openStore({ dataDir, sync = false, compactAtBytes = defaultCompactAtBytes }: OpenOptions): {
  store: Store;
  journal: Journal;
} {
  if (dataDir === undefined) return { store: makeStore(noJournal.append), journal: noJournal };
  const folder = openFolder(dataDir);
  const unlock = takeLock(folder.lockFile, folder.path);
  try {
    // While reading back, changes come from the disk and must not be written to it again.
    let note = noJournal.append;
    const store = makeStore((change, bytes) => note(change, bytes));
    const state = replay(folder, store);
    const journal = openDiskJournal({ folder, store, sync, compactAtBytes, unlock, ...state });
    note = journal.append;
    return { store, journal };
  } catch (error) {
    unlock();
    throw error;
  }
}
