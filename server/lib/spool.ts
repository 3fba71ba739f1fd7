// A folder of lines that wait for the store: written before the answer, read back when the store is there again.
// One folder per host. Each process appends to files of its own; a file is taken over only when its process is gone.
import fs from 'node:fs/promises';
import path from 'node:path';
import { openSpoolFile, type SpoolFile } from './spool-file.ts';

export interface Spool {
  /** Resolves when the line is written: from then on it survives the death of this process. */
  append(line: string): Promise<void>;
  /** The same for a line that the caller brings into the store itself. `release` must follow. */
  hold(line: string): Promise<SpoolFile>;
  /** So many held lines of a file are in the store, or are left for a replay. */
  release(file: SpoolFile, lines: number, outcome: 'stored' | 'left'): void;
  /** Hands over what is left, in order; a file is removed once `take` has accepted every line of it. */
  replay(take: (lines: string[]) => Promise<void>, sorting?: Sorting): Promise<number>;
  /** Lines of this process that are not in the store yet. */
  readonly depth: number;
  close(): Promise<void>;
}

export interface Sorting {
  isWhole: (line: string) => boolean;
  /** So many lines were put into this file beside, and will not come again. */
  onRejected: (rejected: { file: string; lines: number }) => void;
}

const batchLines = 500;

interface Turn {
  lines: string[];
  held: number;
  written: Promise<SpoolFile>;
}

export async function openSpool(folder: string): Promise<Spool> {
  await fs.mkdir(folder, { recursive: true, mode: 0o700 });
  let current: SpoolFile | null = null;
  let turn: Turn | null = null;
  const own = new Map<string, SpoolFile>();
  const told = new Set<string>();

  /** What arrives in one turn of the event loop is one write. */
  function add(line: string, held: number): Promise<SpoolFile> {
    if (!turn) {
      const lines: string[] = [];
      const opened: Turn = { lines, held: 0, written: new Promise(setImmediate).then(() => write(opened)) };
      turn = opened;
    }
    turn.lines.push(line);
    turn.held += held;
    return turn.written;
  }

  async function write(written: Turn): Promise<SpoolFile> {
    turn = null;
    const file = (current ??= openSpoolFile(folder));
    own.set(file.path, file);
    try {
      file.write(written.lines, written.held);
      return file;
    } catch (error) {
      // A full disk may have cut a line in two: nothing may follow it in this file.
      if (current === file) current = null;
      await file.end();
      throw error;
    }
  }

  async function endCurrent(): Promise<void> {
    const file = current;
    current = null;
    await file?.end();
  }

  async function remove(file: string): Promise<void> {
    await fs.rm(file, { force: true });
    own.delete(file);
  }

  return {
    append: async (line) => {
      await add(line, 0);
    },
    hold: (line) => add(line, 1),
    release: (file, lines, outcome) => file.release(lines, outcome),
    async replay(take, sorting) {
      if (current && current.lines > 0) await endCurrent();
      const files = await readyFiles(folder);
      let replayed = 0;
      for (const name of files.filter((ready) => ready !== current?.path)) {
        const file = own.get(name);
        if (file && file.held > 0) continue;
        const all = file && file.unstored === 0 ? [] : await completeLines(name);
        const lines = sorting ? await setAside({ file: name, lines: all, told }, sorting) : all;
        for (let start = 0; start < lines.length; start += batchLines)
          await take(lines.slice(start, start + batchLines));
        await remove(name);
        replayed += lines.length;
      }
      return replayed;
    },
    get depth() {
      let depth = 0;
      for (const { unstored } of own.values()) depth += unstored;
      return depth;
    },
    async close() {
      await turn?.written.catch(() => undefined);
      await endCurrent();
      for (const file of own.values()) if (file.held === 0 && file.unstored === 0) await remove(file.path);
    },
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

interface Read {
  file: string;
  lines: string[];
  /** Of which it was told before. */
  told: Set<string>;
}

/** The lines that are whole. The others are kept in a file beside, which nobody reads but people: one of them must not hold up the rest. */
async function setAside({ file, lines, told }: Read, { isWhole, onRejected }: Sorting): Promise<string[]> {
  const rejected = lines.filter((line) => !isWhole(line));
  if (rejected.length === 0) return lines;
  const beside = `${file}.rejected`;
  // Written as a whole: a replay that is repeated writes the same again.
  await fs.writeFile(beside, `${rejected.join('\n')}\n`, { mode: 0o600 });
  if (!told.has(beside)) onRejected({ file: beside, lines: rejected.length });
  told.add(beside);
  return lines.filter(isWhole);
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
