// What a fuzz run is told on the command line.
import { Command } from 'commander';
import { share, wholeNumber } from '../option-numbers.ts';

export interface FuzzOptions {
  inputs: number;
  /** Share of the inputs that goes over HTTP; the rest goes to the same functions directly. */
  httpShare: number;
  seed: number;
  json: boolean;
}

export function parseOptions(args: readonly string[]): FuzzOptions {
  return new Command('fuzz')
    .description('Feeds made-up and damaged rules, conversions and webhooks to the server; none may break it.')
    .option('--inputs <n>', 'how many inputs, a third of each kind', wholeNumber, 20_000)
    .option('--http-share <share>', 'share of them that goes over HTTP', share, 0.1)
    .option('--seed <n>', 'makes the same inputs again', wholeNumber, Date.now() % 1_000_000)
    .option('--json', 'only the last line on stdout', false)
    .parse([...args], { from: 'user' })
    .opts<FuzzOptions>();
}
