// `history`: processor time that a click costs, from POST /v1/clicks to the timeline, while the history grows from 10,000 to a million
// deliveries in the embedded store (`--deliveries 5000000` for more, which takes half an hour). More people and more time, not more clicks
// of a person.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery } from '../../server/domain/delivery.ts';
import type { Benchmark, Measured, Tell } from '../benchmark.ts';
import { median } from '../load/statistics.ts';
import { availableMb, processorSeconds, residentMb } from '../processes/usage.ts';
import type { Child } from '../processes/child.ts';
import { accountSeed, makePeople } from '../world/seed.ts';
import { startApart, type Apart } from '../world/start-apart.ts';
import { deliveredClick } from '../world/stored-click.ts';
import { waitFor } from '../world/wait-for.ts';

const sizes = [10_000, 100_000, 1_000_000, 5_000_000];
const usualDeliveries = 1_000_000;
const rounds = 3;
const warmUps = 2;
const clicksPerRound = 4_000;
const rowsPerRequest = 500;
const peoplePerRound = 400;
const clicksPerPerson = 8;
const historyMs = 390 * 24 * 3_600_000;
const mostGrowth = 1.2;
const portion = 5_000;
/** The machine keeps so much for itself and others; the history ends there. */
const leaveMb = 2_000;
const portalId = 7_501;
/** Each round has its own, who clicked before only as part of the history. */
const people = makePeople((sizes.length * rounds + warmUps) * peoplePerRound, (n) => ({
  open: n % 4 === 0 ? 1 : 0,
  closed: 0,
}));
/** Clicks wait until all of a round are there, so that all rounds are worked in the same batches. */
const holdMs = 3_000;

export const history: Benchmark = {
  name: 'history',
  about: `processor time per click as the history grows from ${sizes[0]} to ${usualDeliveries} deliveries, or to --deliveries`,
  run: async (tell, { deliveries = usualDeliveries }) => {
    const apart = await startApart({
      account: accountSeed({ portalId, people, callsPerTenSeconds: 10_000 }),
      env: { CLICK_HOLD_MS: String(holdMs), HUBSPOT_CALLS_PER_10S: '10000' },
    });
    try {
      const worker = await apart.employWorker();
      return await measure({ apart, worker, tell }, deliveries);
    } finally {
      await apart.close();
    }
  },
};

interface Run {
  apart: Apart;
  worker: Child;
  tell: Tell;
}

async function measure(run: Run, deliveries: number): Promise<Measured> {
  const { apart, tell } = run;
  const rows: { size: number; programUs: number; storeUs: number; storeMb: number }[] = [];
  tell('warming up');
  for (let n = 0; n < warmUps; n += 1) await roundOf(run, sizes.length * rounds + n);
  let filled = 0;
  for (const [step, wanted] of sizes.filter((size) => size <= deliveries).entries()) {
    const full = await fill(run, { from: filled, to: wanted });
    filled = full;
    if (full < wanted) {
      tell(`the machine's memory ends at ${full} deliveries`);
      // Everything from here on would be the machine's.
      if (full < wanted / 2) break;
    }
    const costs: Cost[] = [];
    for (let n = 0; n < rounds; n += 1) costs.push(await roundOf(run, step * rounds + n));
    const programUs = median(costs.map((cost) => cost.programUs));
    const storeUs = median(costs.map((cost) => cost.storeUs));
    rows.push({ size: full, programUs, storeUs, storeMb: await residentMb(apart.storeProcess) });
    tell(
      `${full} deliveries: ${Math.round(programUs)} µs of server and worker, ${Math.round(storeUs)} µs of the store`,
    );
    if (full < wanted) break;
  }
  return report(rows, deliveries);
}

interface Cost {
  programUs: number;
  storeUs: number;
}

/** The same clicks by other people each time: sent, held, judged, matched, written, settled. */
async function roundOf({ apart, worker }: Run, round: number): Promise<Cost> {
  const { api, store, server, storeProcess, slug, connection } = apart;
  const theirs = people.slice(round * peoplePerRound, (round + 1) * peoplePerRound);
  const idOf = (n: number) => `round-${round}-${n}`;
  const spent = async () => ({
    program: (await processorSeconds(server)) + (await processorSeconds(worker)),
    store: await processorSeconds(storeProcess),
  });
  const before = await spent();
  for (let sent = 0; sent < clicksPerRound; sent += rowsPerRequest) {
    const clicks = Array.from({ length: rowsPerRequest }, (_, row) => {
      const n = sent + row;
      return { click_id: idOf(n), slug, eid: theirs[n % theirs.length]?.contactId, utm: { source: `source-${n}` } };
    });
    await api.post('/v1/clicks', { clicks });
  }
  await sleep(holdMs);
  const isDone = async () => (await store.deliveries.nextDueAt(portalId)) === null;
  await waitFor('the last delivery of a round', isDone, { withinMs: 300_000, everyMs: 250 });
  const after = await spent();
  const ids = Array.from({ length: clicksPerRound }, (_, n) => `${idOf(n)}@${connection._id}`);
  const arrived = (await store.deliveries.findMany(ids)).filter(({ state }) => state === 'delivered');
  if (arrived.length !== clicksPerRound)
    throw new Error(`Of ${clicksPerRound} clicks ${arrived.length} were delivered.`);
  const perClick = (seconds: number) => (seconds * 1e6) / clicksPerRound;
  return { programUs: perClick(after.program - before.program), storeUs: perClick(after.store - before.store) };
}

/** Returns how far it came: to the wanted size, or to the end of the machine's memory. */
async function fill({ apart, tell }: Run, { from, to }: { from: number; to: number }): Promise<number> {
  for (let at = from; at < to; at += portion) {
    if (at % 250_000 === 0)
      tell(`${at} of ${to} deliveries, the store takes ${Math.round(await residentMb(apart.storeProcess))} MB`);
    if ((await availableMb()) < leaveMb) return at;
    const some = Array.from({ length: Math.min(portion, to - at) }, (_, row) => pastClick(apart, at + row));
    await apart.store.deliveries.insertNew(some);
  }
  return to;
}

/** Every person clicked a few times in the course of the history. */
function pastClick({ workspaceId, connection, slug }: Apart, n: number): Delivery {
  const person = Math.floor(n / clicksPerPerson);
  const age = ((n % clicksPerPerson) + ((person * 7_919) % 1_000) / 1_000) / clicksPerPerson;
  const at = Math.round(Date.now() - 60_000 - age * historyMs);
  return deliveredClick({ id: `past-${n}`, contactId: String(500_001 + person), at, workspaceId, connection, slug });
}

function report(
  rows: { size: number; programUs: number; storeUs: number; storeMb: number }[],
  wanted: number,
): Measured {
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) throw new Error(`At least ${sizes[0]} deliveries are needed.`);
  const growth = (of: 'programUs' | 'storeUs') => Math.max(...rows.map((row) => row[of] / first[of]));
  const problems: string[] = [];
  for (const [name, of] of [
    ['server and worker', 'programUs'],
    ['the store', 'storeUs'],
  ] as const)
    if (growth(of) > mostGrowth) problems.push(`the cost in ${name} grows to ${growth(of).toFixed(2)} times`);
  const reached = Math.max(...rows.map(({ size }) => size));
  if (reached < Math.max(...sizes.filter((size) => size <= wanted)))
    problems.push(`the machine's memory carried ${reached} deliveries`);
  return {
    tables: [
      {
        title: `Processor time per click in µs, median of ${rounds} rounds of ${clicksPerRound} clicks`,
        columns: ['deliveries', 'server + worker', 'beside the first', 'store', 'beside the first', 'store takes MB'],
        rows: rows.map(({ size, programUs, storeUs, storeMb }) => [
          size.toLocaleString('en'),
          Math.round(programUs),
          programUs / first.programUs,
          Math.round(storeUs),
          storeUs / first.storeUs,
          Math.round(storeMb),
        ]),
      },
    ],
    facts: {
      deliveries: reached,
      programUs: Math.round(last.programUs),
      storeUs: Math.round(last.storeUs),
      programGrowth: Number(growth('programUs').toFixed(3)),
      storeGrowth: Number(growth('storeUs').toFixed(3)),
    },
    problems,
  };
}
