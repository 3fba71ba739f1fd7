/** Writes the whole store into one file, in the background, and reads it back. A snapshot is complete or not there. */
import { renameSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Doc } from '../values/document.ts';
import type { Folder } from './folder.ts';
import { readFrames, toFrame } from './frames.ts';
import type { Change } from './journal.ts';
import type { Store } from './store.ts';

const chunkBytes = 2 ** 20;
/** The last frame of every snapshot. */
const endMark = 'end';

/** Taken in one go. Stored documents never change, so writing may take its time afterwards. */
export function capture(store: Store): () => Generator<Change> {
  const parts = [...store.collections.values()].map(({ namespace, indexes, records }) => ({
    namespace,
    specs: [...indexes.values()].map(({ spec }) => spec),
    docs: Array.from(records.values(), ({ doc }) => doc),
  }));
  return function* changes() {
    for (const { namespace, specs, docs } of parts) {
      yield { kind: 'collection', namespace };
      for (const spec of specs) yield { kind: 'index', namespace, spec };
      for (const doc of docs) yield { kind: 'put', namespace, doc };
    }
  };
}

/** Answers the size of the file, or undefined when it was told to stop. */
export async function writeSnapshot(request: {
  folder: Folder;
  generation: number;
  changes: Iterable<Change>;
  stopped: () => boolean;
}): Promise<number | undefined> {
  const { folder, generation, changes, stopped } = request;
  const file = await open(folder.unfinishedFile, 'w', 0o600);
  let bytes = 0;
  try {
    let frames: Buffer[] = [];
    let held = 0;
    const write = async (): Promise<void> => {
      await file.writev(frames);
      bytes += held;
      [frames, held] = [[], 0];
    };
    for (const change of changes) {
      const frame = toFrame(change);
      frames.push(frame);
      held += frame.length;
      if (held >= chunkBytes) await write();
      if (stopped()) return undefined;
    }
    const end = toFrame({ kind: endMark });
    frames.push(end);
    held += end.length;
    await write();
    await file.sync();
  } finally {
    await file.close();
  }
  renameSync(folder.unfinishedFile, folder.snapshotFile(generation));
  folder.sync();
  return bytes;
}

export function readSnapshot(path: string, apply: (change: Change) => void): number {
  let ended = false;
  const { goodBytes, totalBytes } = readFrames(path, (doc: Doc) => {
    ended = doc.kind === endMark;
    if (!ended) apply(doc as Change);
  });
  if (!ended || goodBytes < totalBytes) {
    throw new Error(`The data file ${path} is damaged at byte ${goodBytes}. Restore the folder from a copy.`);
  }
  return totalBytes;
}
