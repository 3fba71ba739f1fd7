// `cards`: how long the Card API lets people wait, with a million deliveries in the embedded store (`--deliveries` for less). One account,
// 50,000 contacts with a deal each, one deal with a fiftieth of all clicks; requests are signed and go through the front door, two at a time.
// Server and store are processes of their own, as they are where there is that much. Each card is also asked first thing after a start.
import { createHmac } from 'node:crypto';
import { keptCount } from '../../server/domain/card/counted-days.ts';
import { dayOf } from '../../server/domain/card/period.ts';
import type { Delivery } from '../../server/domain/delivery.ts';
import type { Benchmark, Measured, Tell } from '../benchmark.ts';
import { percentile } from '../load/statistics.ts';
import { accountSeed, appSeed } from '../world/seed.ts';
import { startApart, type Apart } from '../world/start-apart.ts';
import { deliveredClick } from '../world/stored-click.ts';
import { waitFor } from '../world/wait-for.ts';

const usualDeliveries = 1_000_000;
const contacts = 50_000;
/** One click in so many is of the busy deal too. */
const busyEvery = 50;
const asked = 200;
const portalId = 7_201;
/** The server is started so often for the first looks, after it has counted the days that are over once. */
const starts = 8;
const historyMs = 60 * 24 * 3_600_000;
const mostMs = 300;
const mostBytes = 50_000;

export const cards: Benchmark = {
  name: 'cards',
  about: `milliseconds of a Card API answer (p99) with ${usualDeliveries} deliveries in the store, or with --deliveries`,
  run: async (tell, { deliveries = usualDeliveries }) => {
    const apart = await startApart({
      account: accountSeed({ portalId, people: [], callsPerTenSeconds: 110 }),
      env: { CARD_RATE_LIMIT: '1000000' },
    });
    try {
      return await measure(apart, { deliveries, tell });
    } finally {
      await apart.close();
    }
  },
};

interface Run {
  deliveries: number;
  tell: Tell;
}

async function measure(apart: Apart, { deliveries, tell }: Run): Promise<Measured> {
  await fill(apart, { deliveries, tell });
  const kinds: Kind[] = [
    ['deal', (n) => `/deals/${dealOf(pick(n))}`],
    ['deal, 90 days', (n) => `/deals/${dealOf(pick(n))}?days=90`],
    ['contact', (n) => `/contacts/${contactOf(pick(n))}`],
    ['busy deal', () => `/deals/${busyDeal}`],
    ['home', () => '/home'],
    ['settings', () => '/settings'],
  ];
  const first = await firstLooks(apart, { kinds, tell });
  let slowest = 0;
  const rows: (string | number)[][] = [];
  const problems: string[] = [];
  for (const [name, times] of first)
    if (Math.max(...times) > mostMs)
      problems.push(`${name}: the first look after a start took ${Math.round(Math.max(...times))} ms.`);
  for (const [name, pathOf] of kinds) {
    tell(name);
    const times: number[] = [];
    let largest = 0;
    const ask = async (n: number) => {
      const { ms, bytes, status } = await askCard(apart, pathOf(n));
      if (status !== 200) problems.push(`${name} was answered with ${status}.`);
      times.push(ms);
      largest = Math.max(largest, bytes);
    };
    for (let n = 0; n < asked; n += 2) await Promise.all([ask(n), ask(n + 1)]);
    const sorted = times.toSorted((a, b) => a - b);
    const p99 = percentile(sorted, 0.99);
    rows.push([name, percentile(sorted, 0.5), p99, sorted.at(-1) ?? 0, largest]);
    if (largest > mostBytes) problems.push(`${name} is ${largest} bytes long.`);
    if (p99 > mostMs) problems.push(`${name}: the p99 is ${Math.round(p99)} ms, and should be ${mostMs} at most.`);
    slowest = Math.max(slowest, p99);
  }
  return {
    tables: [
      {
        title: `${asked} requests of each kind, two at a time, ${deliveries.toLocaleString('en')} deliveries in the store`,
        columns: ['card', 'p50 ms', 'p99 ms', 'longest ms', 'largest bytes'],
        rows,
      },
      {
        title: `First look after each of ${starts} starts of the server`,
        columns: ['card', 'p50 ms', 'longest ms'],
        rows: [...first].map(([name, times]) => {
          const sorted = times.toSorted((a, b) => a - b);
          return [name, percentile(sorted, 0.5), sorted.at(-1) ?? 0];
        }),
      },
    ],
    facts: {
      slowestP99Ms: Number(slowest.toFixed(1)),
      slowestFirstMs: Number(Math.max(...[...first.values()].flat()).toFixed(1)),
    },
    problems,
  };
}

type Kind = [name: string, pathOf: (n: number) => string];

/** The first start counts the days; each of the others is asked for another card first, so that each card is the very first once or more. */
async function firstLooks(
  apart: Apart,
  { kinds, tell }: { kinds: readonly Kind[]; tell: Tell },
): Promise<Map<string, number[]>> {
  const times = new Map(kinds.map(([name]): [string, number[]] => [name, []]));
  tell('the days are counted');
  await restart(apart);
  await waitFor('the days to be counted', () => areDaysKept(apart), { withinMs: 120_000 });
  for (let n = 0; n < starts; n += 1) {
    tell(`start ${n + 1}`);
    await restart(apart);
    const order = kinds.map((_kind, at) => kinds[(at + n) % kinds.length] as Kind);
    for (const [name, pathOf] of order) {
      const { ms } = await askCard(apart, pathOf(n));
      times.get(name)?.push(ms);
    }
  }
  return times;
}

async function restart({ server }: Apart): Promise<void> {
  await server.killAndRestart();
  await waitFor('the server to start', () => Promise.resolve(server.isReady));
}

/** The oldest day is the last to be counted. */
async function areDaysKept({ store, connection }: Apart): Promise<boolean> {
  const fromMonth = dayOf(Date.now() - historyMs).slice(0, 7);
  const months = await store.dayCounts.list({ connectionIds: [connection._id], fromMonth });
  return keptCount(months, [connection._id], dayOf(Date.now() - historyMs)).clicks !== null;
}

const busyDeal = '900000001';
const contactOf = (n: number) => String(100_000 + (n % contacts));
const dealOf = (n: number) => String(500_000 + (n % contacts));
/** Spread over all of them, the same in every run. */
const pick = (n: number) => (n * 7_919) % contacts;

async function fill(apart: Apart, { deliveries, tell }: Run): Promise<void> {
  const portion = 5_000;
  for (let at = 0; at < deliveries; at += portion) {
    if (at % 100_000 === 0) tell(`${at} deliveries`);
    const length = Math.min(portion, deliveries - at);
    await apart.store.deliveries.insertNew(Array.from({ length }, (_, i) => pastClick(apart, at + i, deliveries)));
  }
}

function pastClick({ workspaceId, connection }: Apart, n: number, of: number): Delivery {
  const at = Date.now() - 60_000 - Math.floor((n / of) * historyMs);
  const click = { id: `past-${n}`, contactId: contactOf(n), at, workspaceId, connection, slug: `link-${n % 40}` };
  return { ...deliveredClick(click), dealIds: n % busyEvery === 0 ? [dealOf(n), busyDeal] : [dealOf(n)] };
}

async function askCard({ url }: Apart, path: string): Promise<{ ms: number; bytes: number; status: number }> {
  const { appId, clientSecret } = appSeed('http://localhost/oauth/callback');
  const identity = `userId=1&userEmail=a%40example.com&portalId=${portalId}&appId=${appId}`;
  const address = `${url}/card/v1${path}${path.includes('?') ? '&' : '?'}${identity}`;
  const at = String(Date.now());
  const signature = createHmac('sha256', clientSecret).update(`GET${address}${at}`).digest('base64');
  const headers = { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': at };
  const startedAt = performance.now();
  const reply = await fetch(address, { headers });
  const bytes = (await reply.arrayBuffer()).byteLength;
  return { ms: performance.now() - startedAt, bytes, status: reply.status };
}
