// `npm run app-events -- on|off`: puts the event types into the project, or keeps them out of it. HubSpot refuses an upload with event types
// until it has approved the app for them; a file that ends in `.pending` is not read.
import { readdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Argument, Command } from 'commander';

const program = new Command('app-events')
  .description('Switch the event types of the project on (after HubSpot has approved the app for them) or off.')
  .addArgument(new Argument('<state>', 'on or off').choices(['on', 'off']))
  .option(
    '--folder <folder>',
    'where the event types are',
    fileURLToPath(new URL('../src/app/app-events', import.meta.url)),
  )
  .option('--json', 'print one JSON object instead of text')
  .parse();
const { folder, json } = program.opts<{ folder: string; json?: true }>();
const on = program.args[0] === 'on';

const from = on ? '-hsmeta.json.pending' : '-hsmeta.json';
const changed = readdirSync(folder).filter((name) => name.endsWith(from));
for (const name of changed) {
  renameSync(path.join(folder, name), path.join(folder, on ? name.slice(0, -'.pending'.length) : `${name}.pending`));
}

if (json) console.log(JSON.stringify({ ok: true, on, changed: changed.length }));
else if (changed.length === 0) console.log(`Nothing to do: the event types are ${on ? 'on' : 'off'} already.`);
else if (on)
  console.log(
    `${changed.length} event types are part of the next upload. HubSpot must have approved the app for app events.`,
  );
else
  console.log(
    `${changed.length} event types are kept out of the next upload. Event types that were deployed before disappear with it.`,
  );
