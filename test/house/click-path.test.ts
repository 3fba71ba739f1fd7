// A reader can follow one click: the files of the README's table "One click" exist and are reached from one another.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The rows of the table: the files named at each stop, in order. */
async function stops(): Promise<string[][]> {
  const readme = await readFile(path.join(root, 'README.md'), 'utf8');
  const rows = readme.split('\n').filter((line) => /^\| *\d+ *\|/.test(line) && line.includes('`server/'));
  return rows.map((row) => [...row.matchAll(/`(server\/[\w./-]+\.ts)`/g)].map((match) => match[1] ?? ''));
}

/** Every file under server/ that can be reached by imports from these. */
async function reachedFrom(files: string[]): Promise<Set<string>> {
  const reached = new Set<string>();
  const queue = [...files];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    const source = await readFile(path.join(root, file), 'utf8');
    for (const [, specifier = ''] of source.matchAll(/from '(\.[^']+\.ts)'/g)) {
      queue.push(path.posix.join(path.posix.dirname(file), specifier));
    }
  }
  return reached;
}

it('every file of the table exists, from the route to the mark that it was delivered', async () => {
  const table = await stops();
  expect(table.length).toBeGreaterThanOrEqual(10);
  expect(table.flat().filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
  expect(table.at(0)?.[0]).toMatch(/^server\/http\/ingest\//);
  expect(table.at(-1)).toContain('server/store/deliveries.ts');
});

it('every file of the table is part of the running program', async () => {
  const reached = await reachedFrom(['server/start.ts']);
  const lost = (await stops()).flat().filter((file) => !reached.has(file));
  expect(lost).toEqual([]);
});
