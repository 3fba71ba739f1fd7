// `npm run bench [-- names] [--json]`: runs benchmarks one after another, prints a table for each and writes bench/results.json.
import { writeFile } from 'node:fs/promises';
import { Argument, Command } from 'commander';
import type { Benchmark } from './benchmark.ts';
import { parseCount } from './parse-count.ts';
import { calls } from './benchmarks/calls.ts';
import { cards } from './benchmarks/cards.ts';
import { consolePages } from './benchmarks/console.ts';
import { flush } from './benchmarks/flush.ts';
import { history } from './benchmarks/history.ts';
import { ingest } from './benchmarks/ingest.ts';
import { latency } from './benchmarks/latency.ts';
import { lone } from './benchmarks/lone.ts';
import { memory } from './benchmarks/memory.ts';
import { redirect } from './benchmarks/redirect.ts';
import { rules } from './benchmarks/rules.ts';
import { sustained } from './benchmarks/sustained.ts';
import { tableText } from './print-table.ts';

const benchmarks: readonly Benchmark[] = [
  calls,
  ingest,
  redirect,
  latency,
  flush,
  sustained,
  rules,
  cards,
  memory,
  history,
  lone,
  consolePages,
];
const resultsFile = new URL('results.json', import.meta.url);

const program = new Command('bench')
  .description(
    `Measures, checks what was measured, and writes bench/results.json.\n\n${benchmarks
      .map(({ name, about }) => `  ${name.padEnd(10)} ${about}`)
      .join('\n')}`,
  )
  .addArgument(new Argument('[names...]', 'which ones; all when left out').choices(benchmarks.map(({ name }) => name)))
  .option('--deliveries <count>', 'cards, memory, history: how many deliveries lie in the store', parseCount)
  .option('--json', 'the last line of output is one JSON object', false)
  .parse();

const names = new Set(program.processedArgs[0] as string[]);
const { deliveries } = program.opts<{ deliveries?: number }>();
const results: Record<string, Record<string, number>> = {};
for (const benchmark of benchmarks.filter(({ name }) => names.size === 0 || names.has(name))) {
  console.log(`${benchmark.name}: ${benchmark.about}\n`);
  const { tables, facts, problems } = await benchmark.run((text) => console.error(`  ${text}`), { deliveries });
  for (const table of tables) console.log(`${tableText(table)}\n`);
  for (const problem of problems) console.log(`  PROBLEM: ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
  results[benchmark.name] = facts;
}
await writeFile(resultsFile, `${JSON.stringify(results, null, 2)}\n`);
if (program.opts<{ json: boolean }>().json) console.log(JSON.stringify(results));
