// `npm run build:preview`: the page and the worker that show HubSpot extensions in the sandbox, into dist/preview.
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { buildHost } from '../sandbox/extensions/build-host.ts';

const { out } = new Command('build:preview')
  .description('Build the host of the card preview. Needs no network.')
  .option(
    '--out <folder>',
    'where host.js and worker.js go',
    fileURLToPath(new URL('../dist/preview', import.meta.url)),
  )
  .parse()
  .opts<{ out: string }>();

await buildHost(out);
for (const file of ['host.js', 'worker.js']) {
  console.log(`${file.padEnd(10)} ${(statSync(`${out}/${file}`).size / 1000).toFixed(0).padStart(4)} kB`);
}
