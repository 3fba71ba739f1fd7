/** The files of a data folder: `snapshot-N` is the state in which `log-N` begins. */
import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export type Folder = ReturnType<typeof openFolder>;

export function openFolder(path: string) {
  mkdirSync(path, { recursive: true, mode: 0o700 });

  const numbered = (kind: 'log' | 'snapshot'): number[] =>
    readdirSync(path)
      .map((name) => new RegExp(`^${kind}-(\\d+)$`).exec(name)?.[1])
      .filter((digits) => digits !== undefined)
      .map(Number)
      .sort((a, b) => a - b);

  return {
    path,
    logs: () => numbered('log'),
    snapshots: () => numbered('snapshot'),
    logFile: (generation: number) => join(path, `log-${generation}`),
    snapshotFile: (generation: number) => join(path, `snapshot-${generation}`),
    unfinishedFile: join(path, 'snapshot.unfinished'),
    lockFile: join(path, 'lock'),
    /** Makes creations and renames in the folder survive a power loss. */
    sync: () => {
      const folder = openSync(path, 'r');
      fsyncSync(folder);
      closeSync(folder);
    },
    /** Removes what the snapshot of this generation has made needless. */
    dropBefore: (generation: number) => {
      for (const kind of ['log', 'snapshot'] as const) {
        for (const old of numbered(kind).filter((number) => number < generation)) rmSync(join(path, `${kind}-${old}`));
      }
    },
  };
}
