// Processes are killed while clicks come in: the short form of `npm run chaos`, with real processes, kill -9 and lost replies.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const repository = path.resolve(import.meta.dirname, '../..');
const patienceMs = 240_000;

it(
  'kill -9 of servers, workers and the store, with lost replies of HubSpot, loses no accepted click and doubles none',
  async () => {
    const args = ['--kills', '5', '--clicks', '250', '--portals', '4', '--store-share', '0.2', '--faults', '0.05'];
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', 'bench/chaos.ts', ...args, '--seed', '3', '--json'],
      { cwd: repository, timeout: patienceMs },
    );
    expect(JSON.parse(stdout)).toMatchObject({
      kills: 5,
      clicks: 250,
      lost: 0,
      doubled: 0,
      budgetExceeded: 0,
      wrongProperties: 0,
    });
  },
  patienceMs,
);
