// Who may import whom: every breach of the house's rules is planted in a tree of its own, and the linter must report each.
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const root = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);

const reportSchema = z.object({
  diagnostics: z.array(z.object({ filename: z.string(), code: z.string().optional() })),
});

/** What each layer may import; whatever else is in the list of everything is a breach. */
const mayImport: Record<string, readonly string[]> = {
  'server/lib': [],
  'server/domain': ['server/lib'],
  'server/contract': ['server/lib', 'server/domain'],
  'server/store': ['server/lib', 'server/domain', 'mongoose'],
  'server/hubspot': ['server/lib', 'server/domain'],
  'server/partners': ['server/lib', 'server/domain'],
  'server/flows': [
    'server/lib',
    'server/domain',
    'server/contract',
    'server/store',
    'server/hubspot',
    'server/partners',
  ],
  'server/http': ['server/lib', 'server/domain', 'server/contract', 'server/flows', 'express'],
  'server/jobs': [
    'server/lib',
    'server/domain',
    'server/contract',
    'server/store',
    'server/hubspot',
    'server/partners',
    'server/flows',
  ],
  sandbox: ['express'],
  'embedded-mongo': [],
};

interface Planted {
  from: string;
  to: string;
  file: string;
  specifier: string;
}

/** One file for each pair of layers, deep inside its layer, importing the other. */
function pairs(): Planted[] {
  const layers = Object.keys(mayImport);
  return layers.flatMap((from) =>
    [...layers, 'express', 'mongoose']
      .filter((to) => to !== from)
      .map((to): Planted => {
        const file = `${from}/room/to-${to.replaceAll('/', '-')}.ts`;
        const isPackage = !to.includes('/') && !layers.includes(to);
        const relative = path.posix.relative(path.posix.dirname(file), `${to}/thing.ts`);
        return { from, to, file, specifier: isPackage ? to : relative };
      }),
  );
}

const isAllowed = ({ from, to }: Planted) => mayImport[from]?.includes(to) === true;

let folder: string;

beforeAll(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'elido-imports-'));
});
afterAll(() => fs.rm(folder, { recursive: true, force: true }));

async function plant(tree: string, files: Record<string, string>): Promise<void> {
  for (const [file, text] of Object.entries(files)) {
    const place = path.join(folder, tree, file);
    await fs.mkdir(path.dirname(place), { recursive: true });
    await fs.writeFile(place, text);
  }
  await fs.copyFile(path.join(root, '.oxlintrc.json'), path.join(folder, tree, '.oxlintrc.json'));
}

/** What the linter says about a tree, as `file rule`. */
async function lint(tree: string): Promise<Set<string>> {
  const oxlint = path.join(root, 'node_modules/.bin/oxlint');
  const { stdout } = await run(oxlint, ['--format', 'json'], { cwd: path.join(folder, tree) }).catch(
    (error: { stdout: string }) => error,
  );
  const { diagnostics } = reportSchema.parse(JSON.parse(stdout));
  return new Set(diagnostics.map(({ filename, code }) => `${filename} ${code ?? ''}`));
}

const restricted = 'eslint(no-restricted-imports)';
const importing = (specifier: string) => `import { thing } from '${specifier}';\nexport const used = thing;\n`;

describe('the linter', () => {
  it('reports every import against the layers, and no other', async () => {
    const planted = pairs();
    await plant('layers', Object.fromEntries(planted.map(({ file, specifier }) => [file, importing(specifier)])));
    const reported = await lint('layers');
    const wrong = planted.filter((pair) => reported.has(`${pair.file} ${restricted}`) === isAllowed(pair));
    expect(wrong.map(({ from, to }) => `${from} to ${to}`)).toEqual([]);
    expect(planted.length).toBeGreaterThan(100);
  });

  it('reports every single pattern of its own configuration', async () => {
    const breaches = await patternBreaches();
    await plant('patterns', Object.fromEntries(breaches.map(({ file, specifier }) => [file, importing(specifier)])));
    const reported = await lint('patterns');
    const missed = breaches.filter(({ file }) => !reported.has(`${file} ${restricted}`));
    expect(missed).toEqual([]);
    expect(breaches.length).toBeGreaterThan(50);
  });

  it('reports breaches in files that stand outside the folders of the layers, and of single packages', async () => {
    const breaches = [
      ['server/run.ts', 'express'],
      ['server/make-context.ts', '../sandbox/thing.ts'],
      ['server/start.ts', '../test/helpers/thing.ts'],
      ['server/app.ts', './store/thing.ts'],
      ['server/domain/files.ts', 'node:fs'],
      ['server/domain/promises.ts', 'node:fs/promises'],
      ['server/domain/network.ts', 'undici'],
      ['server/domain/client.ts', '@hubspot/api-client'],
      ['server/domain/environment.ts', '../config.ts'],
      ['sandbox/start.ts', '../server/start.ts'],
      ['embedded-mongo/index.ts', 'mongoose'],
    ] as const;
    await plant('places', Object.fromEntries(breaches.map(([file, specifier]) => [file, importing(specifier)])));
    const reported = await lint('places');
    expect(breaches.filter(([file]) => !reported.has(`${file} ${restricted}`))).toEqual([]);
  });

  it('reports a circle of imports', async () => {
    await plant('circle', {
      'server/lib/a.ts': "import { b } from './b.ts';\nexport const a = () => b;\n",
      'server/lib/b.ts': "import { c } from './c.ts';\nexport const b = () => c;\n",
      'server/lib/c.ts': "import { a } from './a.ts';\nexport const c = () => a;\n",
    });
    const reported = await lint('circle');
    expect([...reported].filter((line) => line.endsWith('import(no-cycle)'))).not.toEqual([]);
  });

  it('has nothing to say about a tree that keeps the rules', async () => {
    await plant('clean', {
      'server/lib/thing.ts': 'export const thing = 1;\n',
      'server/domain/thing.ts': importing('../lib/thing.ts').replace('used', 'thing2'),
      'server/store/thing.ts': importing('../lib/thing.ts'),
      'server/flows/story.ts': importing('../lib/thing.ts'),
      'server/http/route.ts': importing('../lib/thing.ts'),
      'sandbox/thing.ts': 'export const thing = 1;\n',
    });
    expect([...(await lint('clean'))]).toEqual([]);
  });
});

const configSchema = z.object({
  overrides: z.array(
    z.object({
      files: z.array(z.string()),
      rules: z.looseObject({
        'no-restricted-imports': z
          .tuple([z.literal('error'), z.object({ patterns: z.array(z.object({ group: z.array(z.string()) })) })])
          .optional(),
      }),
    }),
  ),
});

/** For each place and each pattern of a rule, a file there that imports what the pattern forbids. */
async function patternBreaches(): Promise<Pick<Planted, 'file' | 'specifier'>[]> {
  const text = await fs.readFile(path.join(root, '.oxlintrc.json'), 'utf8');
  const { overrides } = configSchema.parse(JSON.parse(text));
  return overrides.flatMap(({ files, rules }, rule) => {
    const patterns = rules['no-restricted-imports']?.[1].patterns.flatMap(({ group }) => group) ?? [];
    const forbidden = patterns.filter((pattern) => !pattern.startsWith('!'));
    return files
      .filter((glob) => glob.endsWith('/**'))
      .flatMap((glob) =>
        forbidden.map((pattern, at) => {
          const specifier = pattern.replace(/^\*\*\//, '../').replace(/\*\*$/, 'thing.ts');
          return { file: glob.replace('**', `room/rule-${rule}-${at}.ts`), specifier };
        }),
      );
  });
}
