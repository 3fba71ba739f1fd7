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

/** A file that is written to. It has its name before it exists, so that a replay can tell it from the files that are ended. */
interface OpenFile {
  path: string;
  handle: fs.FileHandle | null;
  writing: Promise<void>;
}

export async function openSpool(folder: string): Promise<Spool> {
  await fs.mkdir(folder, { recursive: true, mode: 0o700 });
  let current: OpenFile | null = null;
  const waitingLines = new Map<string, number>();

  const writer = makeGroupCommit<string>(async (lines) => {
    const file: OpenFile = (current ??= {
      path: path.join(folder, `${Date.now()}-${process.pid}-${randomCharacters(6)}.ndjson`),
      handle: null,
      writing: Promise.resolve(),
    });
    file.writing = write(file, lines);
    try {
      await file.writing;
    } catch (error) {
      // A full disk may have cut a line in two: nothing may follow it in this file.
      await endFile(file);
      throw error;
    }
    waitingLines.set(file.path, (waitingLines.get(file.path) ?? 0) + lines.length);
  });

  /** After this the file can be replayed, while new lines go to another. */
  async function endFile(file: OpenFile): Promise<void> {
    if (current === file) current = null;
    await file.writing.catch(() => undefined);
    await file.handle?.close();
  }

  return {
    append: (line) => writer.add(line),
    async replay(take) {
      if (current) await endFile(current);
      const files = await readyFiles(folder);
      let replayed = 0;
      for (const file of files.filter((ready) => ready !== current?.path)) {
        const lines = await completeLines(file);
        for (let start = 0; start < lines.length; start += batchLines)
          await take(lines.slice(start, start + batchLines));
        await fs.rm(file, { force: true });
        waitingLines.delete(file);
        replayed += lines.length;
      }
      return replayed;
    },
    get depth() {
      return [...waitingLines.values()].reduce((sum, lines) => sum + lines, 0);
    },
    async close() {
      await writer.drain();
      if (current) await endFile(current);
    },
  };
}

async function write(file: OpenFile, lines: readonly string[]): Promise<void> {
  file.handle ??= await fs.open(file.path, 'a', 0o600);
  await file.handle.appendFile(lines.map((line) => `${line}\n`).join(''));
  await file.handle.datasync();
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
