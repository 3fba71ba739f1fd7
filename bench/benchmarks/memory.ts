// `memory`: what a worker process takes while it works an account with a million queued deliveries (`--deliveries` for less), beside the
// same worker with a short queue. Store, sandbox and server are processes of their own, so that the memory is the worker's alone.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Benchmark, Measured, Tell } from '../benchmark.ts';
import { median, percentile } from '../load/statistics.ts';
import { residentMb } from '../processes/usage.ts';
import { accountSeed, makePeople } from '../world/seed.ts';
import { startApart, type Apart } from '../world/start-apart.ts';
import { queuedClick } from '../world/stored-click.ts';

const usualDeliveries = 1_000_000;
const shortQueue = 20_000;
const seconds = 60;
const lookEveryMs = 100;
const mostMb = 250;
const portion = 5_000;
const portalId = 7_401;
const people = makePeople(400, (n) => ({ open: n % 4 === 0 ? 1 : 0, closed: 0 }));

export const memory: Benchmark = {
  name: 'memory',
  about: `resident memory of a worker with ${usualDeliveries} queued deliveries of one account, or --deliveries, over ${seconds} s`,
  run: async (tell, { deliveries = usualDeliveries }) => {
    const apart = await startApart({ account: accountSeed({ portalId, people, callsPerTenSeconds: 110 }) });
    try {
      return await measure(apart, { deliveries, tell });
    } finally {
      await apart.close();
    }
  },
};

async function measure(apart: Apart, { deliveries, tell }: { deliveries: number; tell: Tell }): Promise<Measured> {
  const rows: Taken[] = [];
  for (const queue of [Math.min(shortQueue, deliveries), deliveries]) {
    await fillUp(apart, queue, tell);
    tell(`a worker works on a queue of ${queue} for ${seconds} s`);
    rows.push(await work(apart, queue));
  }
  const [few, many] = [rows[0] as Taken, rows[1] as Taken];
  const problems = rows.filter(({ delivered }) => delivered === 0).map(({ queue }) => `of ${queue} none was delivered`);
  if (many.peakMb >= mostMb) problems.push(`the worker took ${Math.round(many.peakMb)} MB, under ${mostMb} are wanted`);
  return {
    tables: [
      {
        title: `Resident memory of a worker over ${seconds} s, MB`,
        columns: ['queued', 'idle', 'steady', 'peak', 'delivered meanwhile'],
        rows: rows.map(({ queue, idleMb, steadyMb, peakMb, delivered }) => [
          queue.toLocaleString('en'),
          ...[idleMb, steadyMb, peakMb].map(Math.round),
          delivered,
        ]),
      },
    ],
    facts: {
      queued: deliveries,
      steadyMb: Math.round(many.steadyMb),
      peakMb: Math.round(many.peakMb),
      peakMbShortQueue: Math.round(few.peakMb),
    },
    problems,
  };
}

interface Taken {
  queue: number;
  idleMb: number;
  /** The median of the second half. */
  steadyMb: number;
  peakMb: number;
  delivered: number;
}

async function work({ store, employWorker }: Apart, queue: number): Promise<Taken> {
  const before = await waiting(store);
  const worker = await employWorker();
  const idleMb = await residentMb(worker);
  await store.portals.wake({ portalIds: [portalId], at: Date.now() });
  const seen: number[] = [];
  for (const endAt = performance.now() + seconds * 1_000; performance.now() < endAt; await sleep(lookEveryMs))
    seen.push(await residentMb(worker));
  await worker.end();
  const delivered = before - (await waiting(store));
  const ascending = seen.toSorted((a, b) => a - b);
  return { queue, idleMb, steadyMb: median(seen.slice(seen.length / 2)), peakMb: percentile(ascending, 1), delivered };
}

let made = 0;

/** Until so many wait; they all came a moment ago. */
async function fillUp({ store, workspaceId, connection, slug }: Apart, queue: number, tell: Tell): Promise<void> {
  const at = Date.now() - 60_000;
  for (let there = await waiting(store); there < queue; there += portion) {
    if (there % 200_000 < portion) tell(`${there} deliveries are queued`);
    const some = Array.from({ length: Math.min(portion, queue - there) }, () => {
      made += 1;
      const contactId = people[made % people.length]?.contactId ?? '';
      return queuedClick({ id: `queued-${made}`, contactId, at: at + (made % 60_000), workspaceId, connection, slug });
    });
    await store.deliveries.insertNew(some);
  }
}

async function waiting(store: Apart['store']): Promise<number> {
  const queue = await store.deliveries.queueOf({ portalId, limit: 10_000_000 });
  return queue.reduce((sum, { deliveries }) => sum + deliveries, 0);
}
