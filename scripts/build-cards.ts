// `npm run build:cards`: every card, the settings page and the home page, built as HubSpot builds them, into dist/extensions.
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { buildExtensions } from './project/build-extensions.ts';

const at = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

const program = new Command('build:cards')
  .description('Build what HubSpot renders of this app. Needs no account and no network.')
  .option('--out <folder>', 'where the scripts and manifest.json go', at('../dist/extensions'))
  .option('--minify', 'as small as what HubSpot serves')
  .option('--json', 'print one JSON object instead of text')
  .parse();
const options = program.opts<{ out: string; minify?: true; json?: true }>();

const built = await buildExtensions({
  source: at('../src'),
  target: options.out,
  minify: options.minify ?? false,
});

if (options.json) console.log(JSON.stringify({ ok: true, out: options.out, extensions: built }));
else {
  for (const { uid, location, objectTypes, file } of built) {
    const kB = (statSync(`${options.out}/${file}`).size / 1000).toFixed(0);
    console.log(`${uid.padEnd(24)} ${[location, ...objectTypes].join(' ').padEnd(28)} ${file}  ${kB} kB`);
  }
  console.log(`${built.length} extensions built into ${options.out}`);
}
