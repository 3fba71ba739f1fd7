// `npm run chaos`: real processes, real clicks, kill -9 at random moments; then every accepted click must be on its timelines once.
import { parseOptions, type ChaosOptions } from './chaos/options.ts';
import { checkTown } from './chaos/check.ts';
import { plantFaults } from './chaos/faults.ts';
import { killAtRandom } from './chaos/kill.ts';
import { planClicks } from './chaos/plan-clicks.ts';
import { makeRandom } from './chaos/random.ts';
import { evidenceOf, tableOf } from './chaos/report.ts';
import { sendClicks } from './chaos/send-clicks.ts';
import { settle } from './chaos/settle.ts';
import { startTown, type Town } from './chaos/town.ts';
import { tableText } from './print-table.ts';

const settleWithinMs = 300_000;

const options = parseOptions(process.argv.slice(2));
const startedAt = performance.now();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));

tell(
  `building, starting ${options.servers} servers and ${options.workers} workers, connecting ${options.portals} accounts`,
);
const town = await startTown(options);
let allWell = false;
try {
  allWell = await runChaos(town, options);
} finally {
  const keepFolder = options.keep || !allWell;
  if (keepFolder) tell(`logs and data are kept in ${town.folder}`);
  await town.close({ keepFolder });
}
process.exit(allWell ? 0 : 1);

async function runChaos(town: Town, options: ChaosOptions): Promise<boolean> {
  const { seed } = options;
  const kills = new Map<string, number>();
  let acceptedSoFar = 0;
  const progress = setInterval(() => {
    tell(`${count(kills)} of ${options.kills} kills, ${acceptedSoFar} of ${options.clicks} clicks accepted`);
  }, 5_000);
  const sendings = planClicks(town.households, { clicks: options.clicks, random: makeRandom(seed) });
  await town.sandbox.clearLog();
  await plantFaults(town.sandbox, options.faults, seed);
  const [sent] = await Promise.all([
    sendClicks({
      sendings,
      serverUrls: town.serverUrls,
      overMs: options.kills * options.killEveryMs,
      random: makeRandom(seed + 1),
      onAccepted: (accepted) => (acceptedSoFar = accepted),
    }),
    killAtRandom({
      kills: options.kills,
      everyMs: options.killEveryMs,
      staff: town.staff,
      store: town.storeProcess,
      storeShare: options.storeShare,
      random: makeRandom(seed + 2),
      onKill: (name) => kills.set(name, (kills.get(name) ?? 0) + 1),
    }),
  ]);
  tell('all kills done and all clicks sent; waiting for the last deliveries');
  const settled = await settle(town, settleWithinMs);
  clearInterval(progress);
  if (!settled) tell(`not everything was delivered within ${settleWithinMs / 1_000} s`);

  const checked = await checkTown(town, sent.clicks);
  const ownEnds = [...town.staff, town.storeProcess].reduce((sum, child) => sum + child.ownEnds, 0);
  const seconds = (performance.now() - startedAt) / 1_000;
  const story = { kills, seconds, resends: sent.resends, gaveUp: sent.gaveUp, ownEnds, seed, settled };
  if (!options.json) console.log(`\n${tableText(tableOf(story, checked))}\n`);
  for (const problem of sent.problems.slice(0, 20)) console.error(`CLIENT ${problem}`);
  for (const line of await evidenceOf(town, checked)) console.error(line);
  const result = {
    kills: count(kills),
    clicks: checked.accepted,
    lost: checked.lost.length,
    doubled: checked.doubled.length,
    budgetExceeded: checked.overBudget.length,
    wrongProperties: checked.wrong.length,
    seconds: Math.round(seconds),
  };
  console.log(JSON.stringify(result));
  const { lost, doubled, budgetExceeded, wrongProperties } = result;
  return settled && sent.problems.length + lost + doubled + budgetExceeded + wrongProperties === 0;
}

function count(kills: ReadonlyMap<string, number>): number {
  return [...kills.values()].reduce((sum, times) => sum + times, 0);
}

function tell(text: string): void {
  console.error(
    `${Math.round((performance.now() - startedAt) / 1_000)
      .toString()
      .padStart(5)} s  ${text}`,
  );
}
