// `npm run validate:project`: is the HubSpot project fit to be uploaded? Needs no account and no network. Exit code 1 when something is wrong.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { validateProject } from './project/validate-project.ts';

const program = new Command('validate:project')
  .description(
    'Check the HubSpot project in this folder: configuration, scopes, addresses, texts, pictures, secrets, lint, build.',
  )
  .argument('[folder]', 'where hsproject.json is', fileURLToPath(new URL('..', import.meta.url)))
  .option('--quick', 'leave out HubSpot’s lint and builder')
  .option('--json', 'print one JSON object instead of text')
  .parse();
const options = program.opts<{ quick?: true; json?: true }>();
const folder = path.resolve(program.args[0] ?? fileURLToPath(new URL('..', import.meta.url)));

const result = await validateProject(folder, { quick: options.quick ?? false });
const ok = result.problems.length === 0;
process.exitCode = ok ? 0 : 1;

if (options.json) console.log(JSON.stringify({ ok, ...result }));
else {
  for (const { check, file, message } of result.problems)
    console.log(`${file}\n  ${check}: ${message.replaceAll('\n', '\n  ')}`);
  for (const note of result.notes) console.log(`note: ${note}`);
  if (ok) {
    const slow = result.linted ? `linted, ${result.built} extensions built` : 'lint and builder left out';
    console.log(`The project is valid: ${result.components} components, ${slow}.`);
  } else console.log(`${result.problems.length} problems.`);
}
