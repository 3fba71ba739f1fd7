// A folder of lines that wait for the store: appended before the answer, read back when the store is there again.
// One folder per host. Each process appends to files of its own; a file is taken over only when its process is gone.
import { randomCharacters } from './ids.ts';
import fs from 'node:fs/promises';
import path from 'node:path';
import { makeGroupCommit } from './group-commit.ts';

export interface Spool {
  /** Resolves when the line is on disk (fdatasync). */
  append(line: string): Promise<void>;
  /** Hands over all complete lines in order; a file is removed once `take` has accepted every line of it. */
  replay(take: (lines: string[]) => Promise<void>): Promise<number>;
  /** Lines appended by this process that were not replayed yet. */
  readonly depth: number;
  close(): Promise<void>;
}

const batchLines = 500;

export async function openSpool(folder: string): Promise<Spool> {
  await fs.mkdir(folder, { recursive: true, mode: 0o700 });
  let current: { file: string; handle: fs.FileHandle } | null = null;
  let depth = 0;

  const writer = makeGroupCommit<string>(async (lines) => {
    if (!current) {
      const file = path.join(folder, `${Date.now()}-${process.pid}-${randomCharacters(6)}.ndjson`);
      current = { file, handle: await fs.open(file, 'a', 0o600) };
    }
    await current.handle.appendFile(lines.map((line) => `${line}\n`).join(''));
    await current.handle.datasync();
    depth += lines.length;
  });

  /** Ends the current file, so that it can be replayed while new lines go to another. */
  async function rotate(): Promise<void> {
    await writer.drain();
    const ended = current;
    current = null;
    await ended?.handle.close();
  }

  return {
    append: (line) => writer.add(line),
    async replay(take) {
      if (current) await rotate();
      let replayed = 0;
      for (const file of await readyFiles(folder)) {
        const lines = await completeLines(file);
        for (let start = 0; start < lines.length; start += batchLines)
          await take(lines.slice(start, start + batchLines));
        await fs.rm(file, { force: true });
        replayed += lines.length;
        depth = Math.max(0, depth - lines.length);
      }
      return replayed;
    },
    get depth() {
      return depth;
    },
    close: rotate,
  };
}

/** Files of this process that are ended (all of them after a rotation) and of processes that are gone, oldest first. */
async function readyFiles(folder: string): Promise<string[]> {
  const names = (await fs.readdir(folder)).filter((name) => name.endsWith('.ndjson')).sort();
  return names
    .filter((name) => {
      const owner = Number(name.split('-')[1]);
      return owner === process.pid || !isAlive(owner);
    })
    .map((name) => path.join(folder, name));
}

/** A last line without its line end was cut off by a crash before anybody was answered. */
async function completeLines(file: string): Promise<string[]> {
  const text = await fs.readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text.split('\n').slice(0, -1);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
