// The spool keeps what it promised: through kill -9, half-written lines, full disks, other processes and a store that refuses.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSpool, type Spool } from '../../server/lib/spool.ts';

const writer = fileURLToPath(new URL('./spool-writer.ts', import.meta.url));

let folder: string;
let spool: Spool;
const children: ChildProcess[] = [];

beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'elido-spool-'));
  spool = await openSpool(folder);
});
afterEach(async () => {
  for (const child of children.splice(0)) await kill(child);
  await spool.close();
  await fs.rm(folder, { recursive: true, force: true });
});

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** Starts another process that appends, and notes what it was promised. */
function startWriter(
  name: string,
  { size = 0, shell = '' } = {},
): { child: ChildProcess; promised: string[]; lost: string[] } {
  const command = `${shell} exec "$0" --import tsx "$@"`;
  const child = spawn('bash', ['-c', command, process.execPath, writer, folder, name, String(size)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const promised: string[] = [];
  const lost: string[] = [];
  let rest = '';
  child.stdout?.on('data', (data: Buffer) => {
    const lines = `${rest}${data.toString()}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) (line.startsWith('kept') ? promised : lost).push(line.slice('kept '.length));
  });
  return { child, promised, lost };
}

async function until(look: () => boolean): Promise<void> {
  const endAt = performance.now() + 20_000;
  while (!look()) {
    if (performance.now() > endAt) throw new Error('Waited in vain for the other process.');
    await sleep(5);
  }
}

async function replayAll(from = spool): Promise<string[]> {
  const taken: string[] = [];
  await from.replay((lines) => Promise.resolve(void taken.push(...lines)));
  return taken;
}

const nameOf = (line: string) => {
  const { name, at } = JSON.parse(line) as { name: string; at: number };
  return `${name} ${at}`;
};

describe('a spool', () => {
  it('hands lines back in order, once, and removes what was taken', async () => {
    const lines = Array.from({ length: 1_234 }, (_, at) => `line ${at} ä 🚀`);
    await Promise.all(lines.map((line) => spool.append(line)));
    expect(spool.depth).toBe(1_234);
    expect(await replayAll()).toEqual(lines);
    expect([spool.depth, await replayAll(), await fs.readdir(folder)]).toEqual([0, [], []]);
  });

  it('keeps a file until every line of it was taken', async () => {
    await Promise.all(Array.from({ length: 600 }, (_, at) => spool.append(`${at}`)));
    let batches = 0;
    const refuseSecond = () => (++batches === 2 ? Promise.reject(new Error('no store')) : Promise.resolve());
    await expect(spool.replay(refuseSecond)).rejects.toThrow('no store');
    expect(spool.depth).toBe(600);
    await spool.append('meanwhile');
    expect(await replayAll()).toHaveLength(601);
  });

  it('loses nothing that is appended while it is replayed', async () => {
    const appended: Promise<void>[] = [];
    const taken: string[] = [];
    for (let at = 0; at < 1_500; at += 3) {
      appended.push(...[at, at + 1, at + 2].map((line) => spool.append(`${line}`)));
      const replaying = spool.replay((lines) => Promise.resolve(void taken.push(...lines)));
      appended.push(spool.append(`${1_500 + at}`));
      await replaying;
    }
    await Promise.all(appended);
    taken.push(...(await replayAll()));
    expect(taken).toHaveLength(appended.length);
    expect(new Set(taken).size).toBe(appended.length);
    expect(spool.depth).toBe(0);
  });

  it('counts its own lines only, not those others left behind', async () => {
    await fs.writeFile(path.join(folder, '1-999999999-left.ndjson'), 'a\nb\nc\n');
    await spool.append('mine');
    const refuseMine = (lines: string[]) =>
      lines.includes('mine') ? Promise.reject(new Error('no store')) : Promise.resolve();
    await expect(spool.replay(refuseMine)).rejects.toThrow('no store');
    expect(spool.depth).toBe(1);
  });

  it('nobody but its owner can read it', async () => {
    await spool.append('personal data');
    const [file = ''] = await fs.readdir(folder);
    const { mode } = await fs.stat(path.join(folder, file));
    expect((mode & 0o777).toString(8)).toBe('600');
  });
});

describe('what a crash leaves', () => {
  it('a half-written last line is dropped: nobody was promised it', async () => {
    await fs.writeFile(path.join(folder, '1-999999999-torn.ndjson'), 'whole\nalso whole\n{"half":');
    expect(await replayAll()).toEqual(['whole', 'also whole']);
    expect(await fs.readdir(folder)).toEqual([]);
  });

  it('a damaged line is set aside once, as it is, and the rest of its file goes on', async () => {
    const file = '1-999999999-damaged.ndjson';
    await fs.writeFile(path.join(folder, file), 'good 1\n\u0000\u0000bad\ngood 2\n');
    const rejected: { file: string; lines: number }[] = [];
    const isWhole = (line: string) => line.startsWith('good');
    const onRejected = (one: { file: string; lines: number }) => void rejected.push(one);
    const refuse = () => Promise.reject(new Error('no store'));
    await expect(spool.replay(refuse, { isWhole, onRejected })).rejects.toThrow('no store');
    const taken: string[] = [];
    await spool.replay((lines) => Promise.resolve(void taken.push(...lines)), { isWhole, onRejected });
    expect(taken).toEqual(['good 1', 'good 2']);
    const beside = path.join(folder, `${file}.rejected`);
    expect(rejected).toEqual([{ file: beside, lines: 1 }]);
    expect(await fs.readFile(beside, 'utf8')).toBe('\u0000\u0000bad\n');
    expect((await fs.stat(beside)).mode & 0o777).toBe(0o600);
    expect(await fs.readdir(folder)).toEqual([`${file}.rejected`]);
  });

  it('an empty file is removed, and foreign files are left alone', async () => {
    await fs.writeFile(path.join(folder, '1-999999999-empty.ndjson'), '');
    await fs.writeFile(path.join(folder, 'README'), 'not ours\n');
    expect(await replayAll()).toEqual([]);
    expect(await fs.readdir(folder)).toEqual(['README']);
  });

  it('two processes on one folder, killed in the middle: every promised line is there, in order', async () => {
    const writers = [startWriter('a'), startWriter('b')];
    await until(() => writers.every(({ promised }) => promised.length >= 25));
    expect(await replayAll()).toEqual([]);
    for (const { child } of writers) await kill(child);
    const taken = (await replayAll()).map(nameOf);
    for (const [at, { promised }] of writers.entries()) {
      const own = taken.filter((name) => name.startsWith(at === 0 ? 'a' : 'b'));
      expect(own.slice(0, promised.length)).toEqual(promised);
      // At most the line that was on disk before its writer could say so.
      expect(own.length - promised.length).toBeLessThanOrEqual(1);
    }
  });

  it('a disk that was full for a moment spoils no line written after it', async () => {
    const { child, promised, lost } = startWriter('a', { size: 50_000, shell: "trap '' XFSZ; ulimit -f 256;" });
    await until(() => lost.length >= 1 && promised.length >= 7);
    await kill(child);
    const taken = (await replayAll()).map(nameOf);
    expect(taken).toEqual(expect.arrayContaining(promised));
  });
});
