/**
 * One process at a time in a data folder. The lock names its holder by process id and start time, so an id that was
 * given to another process since does not keep a dead holder's lock alive. It does not see across machines.
 */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

type Holder = { pid: number; startedAt: string };

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

/** When a process started, where the system tells; '' elsewhere; undefined when there is no such process. */
function startOf(pid: number): string | undefined {
  try {
    // The 2nd field is a name in brackets that may hold spaces; the 3rd is the state and the 22nd the start.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    const ended = fields[0] === 'Z' || fields[0] === 'X';
    return ended ? undefined : (fields[19] ?? '');
  } catch {
    return isRunning(pid) ? '' : undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function parseHolder(text: string): Holder | undefined {
  try {
    const { pid, startedAt } = JSON.parse(text) as Partial<Holder>;
    return typeof pid === 'number' && typeof startedAt === 'string' ? { pid, startedAt } : undefined;
  } catch {
    return undefined;
  }
}

function isAlive({ pid, startedAt }: Holder): boolean {
  const start = startOf(pid);
  return start !== undefined && (start === '' || startedAt === '' || start === startedAt);
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Puts a whole file in place only if none is there. */
function tryCreate(path: string, own: string, text: string): boolean {
  writeFileSync(own, text, { mode: 0o600 });
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Answers how to let go of the folder again; throws while another holder is alive. */
export function takeLock(path: string, folder: string): () => void {
  const text = JSON.stringify({ pid: process.pid, startedAt: startOf(process.pid) ?? '' });
  const own = `${path}.${process.pid}`;
  while (!tryCreate(path, own, text)) {
    const found = read(path);
    const holder = found === undefined ? undefined : parseHolder(found);
    if (holder && isAlive(holder)) {
      throw new Error(
        `The data folder ${folder} is in use by process ${holder.pid}. Stop that process, or use another folder.`,
      );
    }
    setAside(path, `${own}.stale`, found);
  }
  return () => {
    if (read(path) === text) rmSync(path, { force: true });
  };
}

/** Moves a dead holder's lock away; if someone took the folder in between, theirs is put back. */
function setAside(path: string, aside: string, expected: string | undefined): void {
  try {
    renameSync(path, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  if (read(aside) !== expected) linkSync(aside, path);
  rmSync(aside, { force: true });
}
