// `npm run doctor -- --portal N`: what of a portal works and what does not, each with the remedy. Exit code 1 when something is wrong.
import { Command } from 'commander';
import { examine } from '../server/flows/doctor/examine.ts';
import { checkupFacts, checkupText } from './doctor/print-checkup.ts';
import { orFail, withContext } from './open-context.ts';

interface Options {
  portal: string;
  json?: boolean;
}

await new Command('doctor')
  .description('Examines a connected HubSpot account. Fewer than ten calls; nothing in HubSpot is changed.')
  .requiredOption('--portal <id>', 'the HubSpot account')
  .option('--json', 'print one JSON object instead of text')
  .showHelpAfterError()
  .action(({ portal, json }: Options) => orFail(json, () => main(portal, json)))
  .parseAsync();

async function main(portal: string, json: boolean | undefined): Promise<void> {
  if (!/^[1-9]\d{0,14}$/.test(portal)) throw new Error('--portal: the id of a HubSpot account, digits only.');
  await withContext(async (context) => {
    const checkup = await examine(context, Number(portal));
    console.log(json ? JSON.stringify(checkupFacts(checkup)) : checkupText(checkup));
    if (!checkup.healthy) process.exitCode = 1;
  });
}
