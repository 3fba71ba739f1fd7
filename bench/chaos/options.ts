// What a chaos run is told on the command line.
import { Command } from 'commander';
import { share, wholeNumber } from '../option-numbers.ts';

export interface ChaosOptions {
  kills: number;
  clicks: number;
  portals: number;
  servers: number;
  workers: number;
  /** On average. */
  killEveryMs: number;
  /** Share of the kills that hit the store. */
  storeShare: number;
  /** Share of HubSpot's answers that go wrong. */
  faults: number;
  /** How long access tokens live. */
  tokenSeconds: number;
  /** Events in one call: with few of them the call budget is what holds the run up. */
  groupSize: number;
  seed: number;
  json: boolean;
  keep: boolean;
}

/** What `--kill-store` means. */
const killStoreShare = 0.1;

export function parseOptions(args: readonly string[]): ChaosOptions {
  const { killStore, storeShare, ...options } = new Command('chaos')
    .description(
      'Kills processes (kill -9) at random moments while clicks come in, then looks for every accepted click on its timelines.',
    )
    .option('--kills <n>', 'how many kills', wholeNumber, 200)
    .option('--clicks <n>', 'how many clicks', wholeNumber, 20_000)
    .option('--portals <n>', 'HubSpot accounts, each with its own workspace', wholeNumber, 20)
    .option('--servers <n>', 'server processes', wholeNumber, 2)
    .option('--workers <n>', 'worker processes', wholeNumber, 2)
    .option('--kill-every-ms <ms>', 'pause between kills, on average', wholeNumber, 1_500)
    .option('--store-share <share>', 'share of the kills that hit the store', share, 0)
    .option('--kill-store', `the same as --store-share ${killStoreShare}`, false)
    .option('--faults <share>', "share of HubSpot's answers that go wrong: errors, lost replies, limits", share, 0)
    .option('--token-seconds <s>', 'how long access tokens live', wholeNumber, 1_800)
    .option('--group-size <n>', 'events in one call; 1 makes the call budget tight', wholeNumber, 100)
    .option('--seed <n>', 'plays the same clicks and victims again', wholeNumber, Date.now() % 1_000_000)
    .option('--json', 'only the last line on stdout', false)
    .option('--keep', 'keep logs and data also when all went well', false)
    .parse([...args], { from: 'user' })
    .opts<ChaosOptions & { killStore: boolean }>();
  return { ...options, storeShare: storeShare === 0 && killStore ? killStoreShare : storeShare };
}
