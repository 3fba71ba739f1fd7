// `npm run rules`: checks a rule file offline, and rehearses it over the clicks that a running server has stored.
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { parseRule } from '../server/domain/rules/parse-rule.ts';
import type { RuleProblem } from '../server/domain/rules/rule.ts';

interface BackTestOptions {
  server: string;
  key?: string;
  connection: string;
  thresholds: string;
  days: string;
}

interface Rehearsal {
  clicks: number;
  contacts: number;
  deals: number;
  results: {
    threshold: number;
    moves: { deal_id: string; contact_id: string; at: string; reached_at: string | null }[];
  }[];
}

const program = new Command('rules')
  .description('Threshold rules as files: check them, and rehearse them before they move anything.')
  .option('--json', 'print one JSON object instead of text')
  .showHelpAfterError();

program
  .command('check')
  .description('check a rule file without asking anybody; exit code 1 when it has mistakes')
  .argument('<file>', 'YAML or JSON')
  .action((file: string) => check(file));

program
  .command('back-test')
  .description('which deals a draft would have moved, and when, for several thresholds at once; changes nothing')
  .argument('<file>', 'YAML or JSON')
  .requiredOption('--connection <id>', 'the connection whose portal and clicks are meant')
  .option('--thresholds <list>', 'comma-separated; left out: the threshold of the rule', '')
  .option('--days <number>', 'how far back to look', '90')
  .option('--server <url>', 'address of the server (or ELIDO_URL)', process.env.ELIDO_URL ?? 'http://localhost:3000')
  .option('--key <key>', 'an API key with rules:read (better: ELIDO_API_KEY in the environment)')
  .action((file: string, options: BackTestOptions) => backTest(file, options));

await program.parseAsync();

function check(file: string): void {
  const parsed = parseRule(readFileSync(file, 'utf8'));
  const problems = 'problems' in parsed ? parsed.problems : [];
  if (asJson()) console.log(JSON.stringify({ ok: problems.length === 0, problems }));
  else if (problems.length === 0)
    console.log('The rule is well formed. Pipelines and stages are checked when it is saved.');
  else for (const problem of problems) console.log(`${file}:${placeOf(problem)} ${problem.message}`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

async function backTest(file: string, { server, key, connection, thresholds, days }: BackTestOptions): Promise<void> {
  const apiKey = key ?? process.env.ELIDO_API_KEY;
  if (!apiKey) {
    console.error('Set ELIDO_API_KEY to an API key with the scope rules:read.');
    process.exitCode = 1;
    return;
  }
  const reply = await fetch(new URL('/v1/rules/back-test', server), {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      connection_id: connection,
      text: readFileSync(file, 'utf8'),
      thresholds: thresholds.split(',').filter(Boolean).map(Number),
      days: Number(days),
    }),
  });
  const body = (await reply.json()) as Rehearsal & { error?: { message: string } };
  if (body.error) {
    console.error(body.error.message);
    process.exitCode = 1;
  } else if (asJson()) console.log(JSON.stringify(body));
  else print(body);
}

function print({ clicks, contacts, deals, results }: Rehearsal): void {
  console.log(`${clicks} clicks by ${contacts} contacts on ${deals} deals\n`);
  for (const { threshold, moves } of results) {
    console.log(`at ${threshold} clicks: ${moves.length} deals would have moved`);
    for (const { deal_id, contact_id, at, reached_at } of moves.slice(0, 20)) {
      const later = reached_at ? `got there on ${reached_at.slice(0, 10)}` : 'has not got there since';
      console.log(`  ${at.slice(0, 16).replace('T', ' ')}  deal ${deal_id} by contact ${contact_id}; it ${later}`);
    }
    if (moves.length > 20) console.log(`  and ${moves.length - 20} more (--json shows all)`);
  }
}

function placeOf({ line, column }: RuleProblem): string {
  return `${line ?? 1}:${column ?? 1}`;
}

function asJson(): boolean {
  return program.opts<{ json?: boolean }>().json === true;
}
