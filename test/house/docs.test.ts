// The documents that code links to: every code has its heading in docs/failures.md, every local link leads somewhere.
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import MarkdownIt from 'markdown-it';
import { expect, it } from 'vitest';
import { portalCauses } from '../../server/domain/portal-health.ts';
import { isReasonCode } from '../../server/domain/reasons.ts';
import { errorCodes } from '../../server/errors.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (file: string) => readFile(path.join(root, file), 'utf8');

/** Codes that only the delivery log knows. The module keeps its table to itself, so its keys are read from the source. */
async function reasonCodes(): Promise<string[]> {
  const source = await read('server/domain/reasons.ts');
  const table = /^const reasons = \{$(.*?)^\} as const/ms.exec(source)?.[1] ?? '';
  return [...table.matchAll(/^ {2}(\w+): \{/gm)].map((match) => match[1] ?? '');
}

async function headingsOf(file: string): Promise<string[]> {
  const source = await read(file);
  return [...source.matchAll(/^### (.+)$/gm)].map((match) => match[1] ?? '');
}

it('every error code and every reason has its heading in docs/failures.md', async () => {
  const reasons = await reasonCodes();
  expect(reasons).toContain('no_matching_contact');
  const headings = new Set(await headingsOf('docs/failures.md'));
  expect(
    [...Object.keys(errorCodes), ...Object.keys(portalCauses), ...reasons].filter((code) => !headings.has(code)),
  ).toEqual([]);
});

it('every heading in docs/failures.md is a code that exists, and stands there once', async () => {
  const headings = await headingsOf('docs/failures.md');
  expect(headings.filter((heading) => !isReasonCode(heading) && !Object.hasOwn(portalCauses, heading))).toEqual([]);
  expect(headings.filter((heading, at) => headings.indexOf(heading) !== at)).toEqual([]);
});

it('every heading in docs/failures.md says what it means, who fixes it, what becomes of the event and what to check', async () => {
  const source = await read('docs/failures.md');
  const sections = source.split(/^### /m).slice(1);
  const parts = ['**Meaning.**', '**Who fixes it.**', '**The event.**', '**Check.**'];
  const incomplete = sections.filter((section) => parts.some((part) => !section.includes(part)));
  expect(incomplete.map((section) => section.split('\n')[0])).toEqual([]);
});

async function markdownFiles(): Promise<string[]> {
  const inDocs = await readdir(path.join(root, 'docs'), { recursive: true });
  const others = [
    'README.md',
    'CONTRIBUTING.md',
    'CHANGELOG.md',
    'app/README.md',
    'src/README.md',
    'sandbox/README.md',
  ];
  const files = [...inDocs.filter((file) => file.endsWith('.md')).map((file) => path.join('docs', file)), ...others];
  return files.filter((file) => existsSync(path.join(root, file)));
}

/** Targets of links and pictures, without those on other hosts. */
function localTargets(source: string): string[] {
  const tokens = new MarkdownIt().parse(source, {}).flatMap((token) => token.children ?? []);
  const targets = tokens.flatMap((token) => token.attrGet('href') ?? token.attrGet('src') ?? []);
  return targets.filter((target) => !/^[a-z]+:/i.test(target));
}

/** As GitHub names the anchor of a heading. */
function anchorsOf(source: string): Set<string> {
  const headings = [...source.matchAll(/^#+ (.+)$/gm)].map((match) => match[1] ?? '');
  return new Set(
    headings.map((text) =>
      text
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

it('every local link in the documents leads to a file, and to a heading that is there', async () => {
  const broken: string[] = [];
  for (const file of await markdownFiles()) {
    const source = await read(file);
    for (const target of localTargets(source)) {
      const [place = '', anchor] = target.split('#');
      const linked = place === '' ? file : path.join(path.dirname(file), decodeURI(place));
      if (!existsSync(path.join(root, linked))) broken.push(`${file}: ${target}`);
      else if (anchor && !anchorsOf(await read(linked)).has(anchor)) broken.push(`${file}: ${target}`);
    }
  }
  expect(broken).toEqual([]);
});

it('every decision record that the code names is there', async () => {
  const named = new Set<string>();
  for (const folder of ['server', 'sandbox', 'embedded-mongo', 'scripts']) {
    for (const file of await readdir(path.join(root, folder), { recursive: true })) {
      if (!/\.(ts|md)$/.test(file)) continue;
      const source = await read(path.join(folder, file));
      for (const [record] of source.matchAll(/docs\/decisions\/[\w.-]+\.md/g)) named.add(record);
    }
  }
  expect([...named].filter((record) => !existsSync(path.join(root, record)))).toEqual([]);
});
