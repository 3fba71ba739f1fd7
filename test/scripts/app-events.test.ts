// `npm run app-events`, as its user runs it, on a copy of the project's event types.
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const ours = 'src/app/app-events';

describe('npm run app-events', () => {
  let folder: string;
  const script = (...args: string[]) =>
    run(process.execPath, ['--import', 'tsx', 'scripts/app-events.ts', ...args, '--folder', folder]);
  const names = async () => (await readdir(folder)).filter((name) => name.includes('-hsmeta.json')).toSorted();
  const contents = async () => Promise.all((await names()).map((name) => readFile(path.join(folder, name), 'utf8')));

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'elido-app-events-'));
    await cp(ours, folder, { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('keeps the event types out of an upload as the project comes', async () => {
    const found = await names();
    expect(found.length).toBeGreaterThanOrEqual(4);
    expect(found.every((name) => name.endsWith('-hsmeta.json.pending'))).toBe(true);
  });

  it('puts all of them in, says how many, and takes them out again as they were', async () => {
    const [before, texts] = [await names(), await contents()];
    const { stdout } = await script('on', '--json');
    expect(JSON.parse(stdout)).toEqual({ ok: true, on: true, changed: before.length });
    expect(await names()).toEqual(before.map((name) => name.replace(/\.pending$/, '')));
    expect(await contents()).toEqual(texts);
    expect((await script('off')).stdout).toContain(`${before.length} event types are kept out`);
    expect(await names()).toEqual(before);
    expect(await contents()).toEqual(texts);
  });

  it('says so when there is nothing to do, and refuses another word', async () => {
    expect((await script('off')).stdout).toContain('off already');
    await expect(script('perhaps')).rejects.toMatchObject({ code: 1 });
  });
});
