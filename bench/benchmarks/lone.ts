// `lone`: what a click costs that comes alone, as it does where many accounts have few clicks: nothing is shared with other clicks. Processor
// time of server, worker and store, calls to HubSpot, questions to the store one by one, and what all of that is while nothing happens.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Benchmark, Measured, Table, Tell } from '../benchmark.ts';
import { processorSeconds } from '../processes/usage.ts';
import type { Child } from '../processes/child.ts';
import { countOperations, type Operations } from '../world/count-operations.ts';
import { accountSeed, makePeople } from '../world/seed.ts';
import { startApart, type Apart } from '../world/start-apart.ts';
import { waitFor } from '../world/wait-for.ts';

const clicks = 400;
const everyMs = 100;
const warmUps = 400;
const idleSeconds = 20;
const countedClicks = 80;
const portalId = 7_601;
const people = makePeople(400, (n) => ({ open: n % 4 === 0 ? 1 : 0, closed: 0 }));

export const lone: Benchmark = {
  name: 'lone',
  about: `processor time, calls and questions to the store of ${clicks} clicks that come one by one, a tenth of a second apart`,
  run: async (tell) => {
    const account = accountSeed({ portalId, people, callsPerTenSeconds: 10_000 });
    tell('counting what the store is asked');
    const contactIds = people.map(({ contactId }) => contactId);
    const operations = await countOperations({ account, contactIds, clicks: countedClicks, idleSeconds });
    const apart = await startApart({
      account,
      env: { CLICK_HOLD_MS: '0', HUBSPOT_CALLS_PER_10S: '10000' },
    });
    try {
      return withOperations(await measure(apart, await apart.employWorker(), tell), operations);
    } finally {
      await apart.close();
    }
  },
};

function withOperations({ tables, facts, problems }: Measured, { perClick, perIdleSecond }: Operations): Measured {
  const [ofClick, ofSecond] = [sum(perClick), sum(perIdleSecond)];
  const rowsOf = (counts: ReadonlyMap<string, number>) => [...counts].filter(([, count]) => count >= 0.01);
  const table = (title: string, column: string, counts: ReadonlyMap<string, number>): Table => ({
    title,
    columns: ['process and question', column],
    rows: rowsOf(counts),
  });
  return {
    tables: [
      ...tables,
      table(`Store operations per click: ${ofClick.toFixed(1)}`, 'per click', perClick),
      table(`Store operations per idle second, server and worker: ${ofSecond.toFixed(1)}`, 'per second', perIdleSecond),
    ],
    facts: {
      ...facts,
      storeOperationsPerClick: Number(ofClick.toFixed(1)),
      storeOperationsPerIdleSecond: Number(ofSecond.toFixed(1)),
    },
    problems,
  };
}

function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((total, count) => total + count, 0);
}

interface Spent {
  server: number;
  worker: number;
  store: number;
}

async function measure(apart: Apart, worker: Child, tell: Tell): Promise<Measured> {
  const spent = async (): Promise<Spent> => ({
    server: await processorSeconds(apart.server),
    worker: await processorSeconds(worker),
    store: await processorSeconds(apart.storeProcess),
  });
  tell('warming up');
  await send(apart, { name: 'warm', count: warmUps });
  tell(`nothing happens for ${idleSeconds} s`);
  const idleFrom = await spent();
  await sleep(idleSeconds * 1_000);
  const idle = difference(await spent(), idleFrom);
  tell(`${clicks} clicks, one every ${everyMs} ms`);
  await apart.sandbox.clearLog();
  const [from, startedAt] = [await spent(), performance.now()];
  await send(apart, { name: 'lone', count: clicks });
  const busy = difference(await spent(), from);
  const seconds = (performance.now() - startedAt) / 1_000;
  const { total: calls } = await apart.sandbox.counts();
  // What they would have taken anyway belongs to no click.
  const us = (of: keyof Spent) => Math.round(((busy[of] - (idle[of] / idleSeconds) * seconds) * 1e6) / clicks);
  const percent = (of: keyof Spent) => (idle[of] / idleSeconds) * 100;
  const parts = ['server', 'worker', 'store'] as const;
  return {
    tables: [
      {
        title: `A click that comes alone: ${(calls / clicks).toFixed(2)} calls to HubSpot, and processor time`,
        columns: ['process', 'µs per click', 'idle, % of a processor'],
        rows: parts.map((of) => [of, us(of), percent(of)]),
      },
    ],
    facts: {
      callsPerClick: Number((calls / clicks).toFixed(2)),
      serverUs: us('server'),
      workerUs: us('worker'),
      storeUs: us('store'),
      workerIdlePercent: Number(percent('worker').toFixed(2)),
    },
    problems: [],
  };
}

function difference(after: Spent, before: Spent): Spent {
  return {
    server: after.server - before.server,
    worker: after.worker - before.worker,
    store: after.store - before.store,
  };
}

/** Each by another person; returns when all are delivered. */
async function send({ api, slug, store }: Apart, { name, count }: { name: string; count: number }): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const eid = people[n % people.length]?.contactId;
    const next = sleep(everyMs);
    await api.post('/v1/clicks', { click_id: `${name}-${n}`, slug, eid });
    await next;
  }
  const isDone = async () => (await store.deliveries.nextDueAt(portalId)) === null;
  await waitFor('the last delivery', isDone, { everyMs: 250 });
}
