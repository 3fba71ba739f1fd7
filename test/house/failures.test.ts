// docs/failures.md: every promise names a test that exists, every code stands there as the program has it, and every heading is a code that
// some test looks for.
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { errorCodes } from '../../server/errors.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (file: string) => readFile(`${root}${file}`, 'utf8');

/** The cells of the rows under a heading. */
async function rowsUnder(heading: string): Promise<string[][]> {
  const source = await read('docs/failures.md');
  const section = source.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

it('every line of what is promised is shown by a test that is there under that name', async () => {
  const rows = await rowsUnder('What is promised when something fails');
  expect(rows.length).toBeGreaterThan(20);
  const missing: string[] = [];
  for (const [what = '', , shown = ''] of rows) {
    const [, file = '', title = ''] = /^`(test\/[\w./-]+)`(?:: (.+))?$/.exec(shown) ?? [];
    if (!existsSync(`${root}${file}`) || file === '') missing.push(`${what}: ${file}`);
    else if (!(await read(file)).includes(title)) missing.push(`${what}: ${title}`);
  }
  expect(missing).toEqual([]);
});

it('every heading of a code is met by a test that looks for the code', async () => {
  const headings = [...(await read('docs/failures.md')).matchAll(/^### (\w+)$/gm)].map(([, code = '']) => code);
  expect(headings.length).toBeGreaterThan(50);
  const words = new Set<string>();
  for (const file of await testFiles())
    for (const [word] of (await read(file)).matchAll(/\b[a-z]\w+\b/g)) words.add(word);
  expect(headings.filter((code) => !words.has(code))).toEqual([]);
});

/** Those that try the program; house tests only read its texts. */
async function testFiles(): Promise<string[]> {
  const files = await readdir(`${root}test`, { recursive: true });
  return files.flatMap((file) => (/\.test\.tsx?$/.test(file) && !file.startsWith('house/') ? `test/${file}` : []));
}

it('every code stands in the table with its status, who fixes it and what a delivery does', async () => {
  const rows = await rowsUnder('All codes');
  const facts = Object.entries(errorCodes).map(([code, { status, fixer, onDelivery }]) => [
    `[${code}](#${code})`,
    String(status),
    fixer,
    onDelivery.replace('_', ', '),
  ]);
  expect(rows).toEqual(facts);
});
