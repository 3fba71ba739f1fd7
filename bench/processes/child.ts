// One process that is kept alive: started, watched until it is ready, killed on order, and started again when it ends by itself.
import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { waitFor } from '../world/wait-for.ts';

export interface ChildOptions {
  name: string;
  args: readonly string[];
  env: Record<string, string>;
  cwd: string;
  /** Stands in its output once it does its work. */
  readyWhen: string;
  logFolder: string;
}

export interface Child {
  readonly name: string;
  readonly isReady: boolean;
  /** Of the one that runs; undefined in between. */
  readonly pid: number | undefined;
  /** How often it ended without being told to. */
  readonly ownEnds: number;
  /** Resolves when it is ready. */
  start(): Promise<void>;
  /** Kill -9, and a new one at once. Resolves when the new one is on its way, not when it is ready. */
  killAndRestart(): Promise<void>;
  /** For good. */
  end(signal?: NodeJS.Signals): Promise<void>;
  /** For the last moment of this process: kills without waiting. */
  endNow(): void;
}

const readyWithinMs = 60_000;
const restartAfterMs = 200;
const endsWithinMs = 10_000;

export function makeChild(options: ChildOptions): Child {
  const { name, args, env, cwd, readyWhen, logFolder } = options;
  const logFile = path.join(logFolder, `${name}.log`);
  const log = createWriteStream(logFile, { flags: 'a' });
  let running: ChildProcess | null = null;
  let gone: Promise<void> = Promise.resolve();
  let isReady = false;
  let wanted = false;
  let ownEnds = 0;

  function launch(): void {
    const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    running = child;
    let unread = '';
    child.stdout.on('data', (data: Buffer) => {
      log.write(data);
      if (isReady || child !== running) return;
      unread += data.toString();
      isReady = unread.includes(readyWhen);
    });
    child.stderr.on('data', (data: Buffer) => log.write(data));
    gone = new Promise((resolve) => {
      child.once('close', (code, signal) => {
        resolve();
        if (child !== running) return;
        running = null;
        isReady = false;
        if (wanted) endedByItself(`code ${code}, signal ${signal}`);
      });
    });
  }

  function endedByItself(how: string): void {
    ownEnds += 1;
    log.write(`--- ended by itself: ${how}; it is started again\n`);
    setTimeout(() => {
      if (wanted && running === null) launch();
    }, restartAfterMs).unref();
  }

  function kill(signal: NodeJS.Signals): Promise<void> {
    const child = running;
    running = null;
    isReady = false;
    child?.kill(signal);
    return gone;
  }

  return {
    name,
    get isReady() {
      return isReady;
    },
    get pid() {
      return running?.pid;
    },
    get ownEnds() {
      return ownEnds;
    },
    async start() {
      wanted = true;
      launch();
      await waitFor(`${name} to start; its log is ${logFile}`, () => Promise.resolve(isReady), {
        withinMs: readyWithinMs,
      });
    },
    async killAndRestart() {
      await kill('SIGKILL');
      log.write('--- killed\n');
      if (wanted) launch();
    },
    async end(signal = 'SIGTERM') {
      wanted = false;
      const child = running;
      const late = setTimeout(() => child?.kill('SIGKILL'), endsWithinMs);
      await kill(signal);
      clearTimeout(late);
      log.end();
    },
    endNow() {
      wanted = false;
      running?.kill('SIGKILL');
    },
  };
}
