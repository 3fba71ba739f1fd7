// `latency`: a steady 50 clicks a second for a minute; from the moment a click is sent until it stands on the contact's timeline.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Benchmark, Measured, Tell } from '../benchmark.ts';
import { percentile } from '../load/statistics.ts';
import { clickIdOf, isOnContact } from '../verify/timelines.ts';
import { accountSeed, makePeople } from '../world/seed.ts';
import { startWorld } from '../world/start-world.ts';
import { waitFor } from '../world/wait-for.ts';

const perSecond = 50;
const seconds = 60;
const portalId = 7_101;
const people = makePeople(200, (n) => ({ open: n % 4 === 0 ? 1 : 0, closed: 0 }));
const productionHoldMs = 10_000;

export const latency: Benchmark = {
  name: 'latency',
  about: `click to timeline at ${perSecond} clicks/s for ${seconds} s, with the hold for human clicks off and on`,
  run: async (tell) => {
    const off = await waits(0, tell);
    const on = await waits(productionHoldMs, tell);
    return judge(off, on);
  },
};

/** Milliseconds of each click, in ascending order. */
async function waits(holdMs: number, tell: Tell): Promise<number[]> {
  const world = await startWorld({ CLICK_HOLD_MS: String(holdMs) });
  try {
    const { api } = await world.addTenant(accountSeed({ portalId, people, callsPerTenSeconds: 110 }));
    tell(`the hold is ${holdMs / 1_000} s: sending for ${seconds} s`);
    const sentAt = new Map<string, number>();
    const seenAt = new Map<string, number>();
    let looked = 0;
    /** The sandbox lists events in the order they came. */
    const look = () => {
      const { events } = world.sandbox.control.dump(portalId);
      for (const event of events.slice(looked).filter(isOnContact)) seenAt.set(clickIdOf(event), performance.now());
      looked = events.length;
    };
    const looking = setInterval(look, 50);
    try {
      const startedAt = performance.now();
      const requests: Promise<unknown>[] = [];
      for (let n = 0; n < perSecond * seconds; n += 1) {
        await sleep(Math.max(0, startedAt + (n * 1_000) / perSecond - performance.now()));
        const id = `latency-${n}`;
        sentAt.set(id, performance.now());
        const eid = people[n % people.length]?.contactId;
        requests.push(api.post('/v1/clicks', { click_id: id, slug: `q2-pricing-${portalId}`, eid }));
      }
      await Promise.all(requests);
      await waitFor('every click to stand on its timeline', () => Promise.resolve(seenAt.size === sentAt.size), {
        withinMs: 120_000,
      });
    } finally {
      clearInterval(looking);
    }
    return [...sentAt].map(([id, at]) => (seenAt.get(id) ?? Number.POSITIVE_INFINITY) - at).sort((a, b) => a - b);
  } finally {
    await world.close();
  }
}

function judge(off: number[], on: number[]): Measured {
  const [p50, p99] = [percentile(off, 0.5), percentile(off, 0.99)];
  const worst = percentile(on, 1);
  const problems: string[] = [];
  if (p50 >= 2_000) problems.push(`p50 is ${Math.round(p50)} ms, under 2,000 is wanted`);
  if (p99 >= 5_000) problems.push(`p99 is ${Math.round(p99)} ms, under 5,000 is wanted`);
  if (worst >= 30_000) problems.push(`with the hold one click took ${Math.round(worst)} ms, under 30,000 is wanted`);
  const row = (name: string, all: number[]) => [
    name,
    ...[0.5, 0.99, 1].map((share) => Math.round(percentile(all, share))),
  ];
  return {
    tables: [
      {
        title: `Milliseconds from sending to the timeline, ${off.length} clicks each`,
        columns: ['hold', 'p50', 'p99', 'longest'],
        rows: [row('off', off), row(`${productionHoldMs / 1_000} s`, on)],
      },
    ],
    facts: { p50Ms: Math.round(p50), p99Ms: Math.round(p99), heldP99Ms: Math.round(percentile(on, 0.99)) },
    problems,
  };
}
